"""Many guesses at the same moment, at a site with two workers: no more than five are looked at.

The page says the same to all of them; the audit trail tells which were.
"""

import json
import re
import threading
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import Site, prepare, running_site
from tests.staff.signing_in import run_at

GUESSERS = 16
REFUSED = "The name or the password is not right, or the account is locked"


def guess(site: Site, ready: threading.Barrier) -> None:
    """A wrong password, sent when all the others are ready too."""
    address = f"{site.address}/staff/account/sign-in/"
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', opener.open(address).read().decode())
    assert token
    form = {"csrfmiddlewaretoken": token[1], "login": "maria", "password": "wrong"}
    ready.wait(timeout=60)
    with opener.open(address, urllib.parse.urlencode(form).encode(), timeout=60) as response:
        assert REFUSED in response.read().decode()


def guess_all_at_once(site: Site) -> dict[str, int]:
    """How often the audit trail says what of it."""
    run_at(
        site.environment,
        "from tests.staff.signing_in import new_account",
        "new_account('maria', 'Writer')",
    )
    ready = threading.Barrier(GUESSERS)
    with ThreadPoolExecutor(GUESSERS) as pool:
        list(pool.map(lambda _: guess(site, ready), range(GUESSERS)))
    recorded = run_at(
        site.environment,
        "import json",
        "from collections import Counter",
        "from sextortion_site.staff.models import AuditEntry",
        "print(json.dumps(Counter(AuditEntry.objects.values_list('action', flat=True))))",
    )
    found: dict[str, int] = json.loads(recorded)
    return found


def expect_five(recorded: dict[str, int]) -> None:
    assert recorded["staff.sign_in_failed"] == 5
    assert recorded["staff.locked_out"] >= 1


def test_guesses_at_once_pass_five_at_most(new_site_folder):
    with running_site(new_site_folder(), WEB_CONCURRENCY="2") as site:
        expect_five(guess_all_at_once(site))


@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_guesses_at_once_pass_five_at_most_on_postgresql(tmp_path: Path, database_url: str):
    settings = {"DATABASE_URL": database_url, "WEB_CONCURRENCY": "2"}
    prepare(tmp_path, **settings)
    with running_site(tmp_path, **settings) as site:
        expect_five(guess_all_at_once(site))
