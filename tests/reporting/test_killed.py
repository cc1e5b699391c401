"""kill -9 at every step of taking a report in: nothing acknowledged is lost, nothing doubled.

Every seventh step each time; with EVERY_STEP in the environment, as in script/soak, really every.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SiteFolders, free_port, prepare, site_environment
from tests.postgresql import Server

EVERY = 1 if "EVERY_STEP" in os.environ else 7


def findings(verb: str, data_dir: Path, **settings: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.reporting.killed_acceptance", verb, str(EVERY)],
        cwd=ROOT,
        env=site_environment(
            data_dir, free_port(), DJANGO_SETTINGS_MODULE="sextortion_site.settings", **settings
        ),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("verb", ["submit", "drain"])
def test_on_sqlite_nothing_is_lost_or_doubled(verb: str, new_site_folder: SiteFolders):
    found = findings(verb, new_site_folder())

    assert_held(found)


@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
@pytest.mark.parametrize("verb", ["submit", "drain"])
def test_on_postgresql_nothing_is_lost_or_doubled(
    verb: str, tmp_path: Path, postgresql_server: str
):
    database_url = Server(postgresql_server, Path()).new_database()
    prepare(tmp_path, DATABASE_URL=database_url)
    found = findings(verb, tmp_path, DATABASE_URL=database_url)

    assert_held(found)


def assert_held(found: dict) -> None:
    assert found["steps"] > 100
    assert found["killed"] == found["steps"] // EVERY - 1
    assert found["acknowledged"] > 0
    assert (found["lost"], found["doubled"], found["unlike"]) == ([], [], [])
