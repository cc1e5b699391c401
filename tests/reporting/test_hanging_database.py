"""A database that is there and does not go on: held by a lock, or cut off by a restart."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.conftest import Site, prepare, running_site
from tests.reporting.sender import ask, journey_of, send

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]

AT_ONCE = 10
LIMIT_SECONDS = 15  # far below a reader's patience, far above the limits on a busy machine


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    prepare(folder, DATABASE_URL=database_url)
    with running_site(folder, DATABASE_URL=database_url) as running:
        yield running


def test_lock_in_the_database_holds_no_report_and_no_page(site: Site, database_url: str):
    journeys = [journey_of(site.address) for _ in range(AT_ONCE)]
    fields = {"danger": "no", "who": "me", "story": "They want money"}
    with psycopg.connect(database_url) as other:
        other.execute("LOCK TABLE reporting_report IN ACCESS EXCLUSIVE MODE")
        begun = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            sent = list(
                pool.map(lambda token: send(site.address, {"journey": token, **fields}), journeys)
            )
        page = ask(site.address, "GET", "/help-now/")
        took = time.monotonic() - begun

    assert all(each.reference for each in sent)
    assert page.status == 200
    assert took < LIMIT_SECONDS
    spool = Path(site.environment["DATA_DIR"]) / "spool"
    deadline = time.monotonic() + LIMIT_SECONDS
    while list(spool.iterdir()):
        assert time.monotonic() < deadline, "what waited is not stored"
    with psycopg.connect(database_url) as other:
        assert other.execute("SELECT count(*) FROM reporting_report").fetchone() == (AT_ONCE,)


def test_connections_that_a_restart_has_cut_are_made_anew_unseen(site: Site, database_url: str):
    assert ask(site.address, "GET", "/help-now/").status == 200
    with psycopg.connect(database_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )

    statuses = [ask(site.address, "GET", path).status for path in ("/help-now/", "/", "/support/")]

    assert statuses == [200, 200, 200]
