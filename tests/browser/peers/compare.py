"""Asks every row of both sites in every engine, and writes the answers into docs/safe-exit.md.

``script/compare-exit`` runs it. Takes some ten minutes; ``SKIP_ENGINES`` leaves engines out.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import django

from tests.browser.engines.display import virtual_display
from tests.browser.engines.start import PROGRAMS, missing, skipped
from tests.browser.neutral_site import NeutralSite
from tests.browser.peers import govuk_site, subject
from tests.browser.peers.rows import ROWS, Row
from tests.browser.peers.trial import Trial

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
TITLES = {"chromium": "Chromium", "firefox": "Firefox", "webkit": "WebKitGTK"}

Trials = dict[str, list[Trial]]  # of each engine: this site's and GOV.UK's

NOTES = """\
- Both sites lie on this machine and are asked by the same code. GOV.UK's component stands in a
  small site that uses it as its guidance says, with the secondary link, and sends no header on
  caching.
- GOV.UK's key is Shift, three times; it offers no Escape. Times count from the last press, and
  hold the driver's share.
- A visit is 4 pages read by links, a form filled and sent, and the page that thanks for it.
- The rows on pressing again, and on Escape, are real key presses through the window system; for
  Escape both sites are left by their control. WebKitGTK says of Shift's own release that Shift is
  held, which the component takes for another combination: there only the driver's Shift leaves.
- GOV.UK's component sets out to leave a page. The pages before it, other tabs and the history are
  not its aim: its guidance has the service say that the history stays, and leaves cookies to the
  service.
- Not measured: Safari on macOS and iOS, Chrome on Android, screen readers, the history menu behind
  a long press on Back, crash restore; the disk in WebKit, whose driven browser keeps no profile,
  and its session history, which the driver does not tell."""


def main() -> None:
    document = Path(sys.argv[1])
    names = [name for name in PROGRAMS if name not in skipped()]
    if lacking := [why for why in map(missing, names) if why]:
        sys.exit("\n".join(lacking))
    with running_trials(names) as trials:
        text = "\n\n".join([heading(trials), *tables(trials), NOTES])
    before, _, rest = document.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    document.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")


@contextmanager
def running_trials(names: list[str]) -> Iterator[Trials]:
    # The fixtures of all tests, running_site among them, know the models.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sextortion_site.settings")
    django.setup()
    from tests.conftest import prepare, running_site

    with (
        tempfile.TemporaryDirectory() as data,
        virtual_display() as display,
        NeutralSite().running() as destination,
    ):
        prepare(Path(data))
        with (
            running_site(Path(data), SAFE_EXIT_URL=destination.url) as site,
            govuk_site.GovukSite(destination.url).running() as peer,
        ):
            subjects = [subject.ours(site.address), subject.govuk(peer.address)]
            yield {
                name: [Trial(name, one, destination, display) for one in subjects] for name in names
            }


def heading(trials: Trials) -> str:
    versions = []
    for name, (trial, _) in trials.items():
        with trial.browser() as engine:
            versions.append(f"{TITLES[name]} {engine.version.rpartition('/')[2]}")
    return (
        f"Measured on {date.today():%-d %B %Y} by `script/compare-exit` in {', '.join(versions)}, "
        f"with `govuk-frontend` {govuk_site.version()}."
    )


def tables(trials: Trials) -> Iterator[str]:
    yield table([row for row in ROWS if not row.in_chromium_only], trials)
    if "chromium" in trials:
        only = {"chromium": trials["chromium"]}
        yield table([row for row in ROWS if row.in_chromium_only], only)


def table(rows: list[Row], trials: Trials) -> str:
    asked = [(TITLES[name], trial) for name, both in trials.items() for trial in both]
    lines = [
        ["", *(f"{title}: {trial.subject.name}" for title, trial in asked)],
        ["---"] * (len(asked) + 1),
        *([row.name, *(answer(row, trial) for _, trial in asked)] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def answer(row: Row, trial: Trial) -> str:
    """One more try for what a busy machine spoils; then the table says that it is not known."""
    for _ in range(2):
        try:
            told = row.ask(trial)
        except Exception as error:  # each engine has its own
            told = "not measured"
            words = repr(error)
        else:
            words = told
        print(f"{trial.engine_name}, {trial.subject.name}, {row.name}: {words}", flush=True)
        if told != "not measured":
            break
    return told


if __name__ == "__main__":
    main()
