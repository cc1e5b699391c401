"""The day on which a film goes viral. SECONDS makes it longer; MEASURE=1 holds it to its time."""

import os
from pathlib import Path

import psycopg
import pytest

from tests.conftest import prepare, running_site
from tests.reporting.load import load

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]

RATE = 50  # reports a second
P95_SECONDS = 1.0


def test_fifty_reports_a_second_are_confirmed_and_none_is_lost(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    seconds = int(os.environ.get("SECONDS", "4"))
    prepare(tmp_path, DATABASE_URL=database_url)

    with running_site(tmp_path, DATABASE_URL=database_url, WEB_CONCURRENCY="2") as site:
        done = load(site.address, RATE, seconds)

    with capsys.disabled():
        print(f"\n{RATE} a second for {seconds} s: {done.summary}")
    with psycopg.connect(database_url) as connection:
        (stored,) = connection.execute("SELECT count(*) FROM reporting_report").fetchone() or (0,)
    waiting = sum(len(path.name) == 32 for path in (tmp_path / "spool").iterdir())
    assert len(done.confirmed) == stored + waiting == RATE * seconds
    if "MEASURE" in os.environ:
        assert done.p95 <= P95_SECONDS
