"""Many guesses at the same moment, at a site with two workers: no more than five are looked at."""

import json
import re
import threading
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import Site, prepare, running_site
from tests.staff.signing_in import run_at

GUESSERS = 16
WORDS = ("name or the password is not right", "This account is locked")


def guess(site: Site, ready: threading.Barrier) -> str:
    """What the page says to a wrong password, sent when all the others are ready too."""
    address = f"{site.address}/staff/account/sign-in/"
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', opener.open(address).read().decode())
    assert token
    form = {"csrfmiddlewaretoken": token[1], "login": "maria", "password": "wrong"}
    ready.wait(timeout=60)
    with opener.open(address, urllib.parse.urlencode(form).encode(), timeout=60) as response:
        page = response.read().decode()
    return next(words for words in WORDS if words in page)


def guess_all_at_once(site: Site) -> tuple[Counter[str], dict[str, int]]:
    """How often the page said what, and how often the audit trail says what."""
    run_at(
        site.environment,
        "from tests.staff.signing_in import new_account",
        "new_account('maria', 'Writer')",
    )
    ready = threading.Barrier(GUESSERS)
    with ThreadPoolExecutor(GUESSERS) as pool:
        said = Counter(pool.map(lambda _: guess(site, ready), range(GUESSERS)))
    recorded = run_at(
        site.environment,
        "import json",
        "from collections import Counter",
        "from sextortion_site.staff.models import AuditEntry",
        "print(json.dumps(Counter(AuditEntry.objects.values_list('action', flat=True))))",
    )
    return said, json.loads(recorded)


def expect_five(said: Counter[str], recorded: dict[str, int]) -> None:
    assert said == {WORDS[0]: 5, WORDS[1]: GUESSERS - 5}
    assert recorded["staff.sign_in_failed"] == 5
    assert recorded["staff.locked_out"] >= 1


def test_guesses_at_once_pass_five_at_most(new_site_folder):
    with running_site(new_site_folder(), WEB_CONCURRENCY="2") as site:
        expect_five(*guess_all_at_once(site))


@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_guesses_at_once_pass_five_at_most_on_postgresql(tmp_path: Path, database_url: str):
    settings = {"DATABASE_URL": database_url, "WEB_CONCURRENCY": "2"}
    prepare(tmp_path, **settings)
    with running_site(tmp_path, **settings) as site:
        expect_five(*guess_all_at_once(site))
