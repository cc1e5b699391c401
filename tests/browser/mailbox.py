"""A report that was sent to a running site, and what becomes of it on the officers' side."""

import html
import re
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.conftest import Site, manage

STORY = "They want money by tonight"


@dataclass(frozen=True)
class Known:
    """What the reporter was given."""

    reference: str
    code: str


def send_report(site: Site) -> Known:
    """By the form, as without script."""
    address = f"{site.address}/report/"
    journey = re.search(r'name="journey" value="([^"]+)"', _text(address))
    assert journey
    answers = {"journey": journey[1], "danger": "no", "who": "me", "story": STORY}
    shown = _text(address, urlencode(answers).encode())
    reference = re.search(r"NS-\w{4}-\w{4}", shown)
    code = re.search(r'data-code="([^"]+)"', shown)
    assert reference
    assert code
    return Known(reference[0], html.unescape(code[1]))


def _text(address: str, body: bytes | None = None) -> str:
    with urllib.request.urlopen(address, body, timeout=30) as answer:
        return str(answer.read().decode())


def on_the_officers_side(site: Site, report: Known, *lines: str) -> None:
    """Runs these lines beside the site; ``box`` is the report's mailbox."""
    program = [
        "from reporting import journey, lookup, mailbox",
        "from reporting.models import Mailbox",
        f"box = Mailbox.objects.get(lookup=lookup.lookup_of({report.reference!r}))",
        *lines,
    ]
    done = manage(site.environment, "shell", "-v", "0", "-c", "\n".join(program))
    assert done.returncode == 0, done.stderr


def reply(site: Site, report: Known, words: str) -> None:
    on_the_officers_side(site, report, f"mailbox.reply(box, {words!r}, journey.read(''))")
