"""The site on a real PostgreSQL."""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.addresses import PAGES
from tests.conftest import ROOT, Site, SiteFolders, prepare, running_site

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]


@pytest.mark.parametrize("package", ["campaign", "reporting", "staff"])
def test_package_behaves_the_same_on_postgresql(package: str, database_url: str):
    """Those of its tests that ask the database. The canary's serve the site in a thread, which
    has SQLite's connection; tests/site/test_public_role.py sends it to a site on PostgreSQL."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", f"tests/{package}", "-q", "-x"),
            *("-m", "django_db and not vnu and not postgresql"),
            "--ignore=tests/reporting/test_canary.py",
            "--ignore=tests/staff/test_role_table.py",  # long, and of addresses alone
            *("-p", "no:cacheprovider", "-n", "0"),
        ],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout[-4000:]


def test_readers_get_the_same_bytes_from_postgresql(
    database_url: str, tmp_path: Path, new_site_folder: SiteFolders
):
    prepare(tmp_path, DATABASE_URL=database_url)
    with (
        running_site(tmp_path, DATABASE_URL=database_url) as on_postgresql,
        running_site(new_site_folder()) as on_sqlite,
    ):
        different = [
            address for address in PAGES if body(on_postgresql, address) != body(on_sqlite, address)
        ]

    assert different == []


def body(site: Site, address: str) -> bytes:
    with urllib.request.urlopen(site.address + address, timeout=10) as response:
        # The canonical link names the site's own address.
        return response.read().replace(site.address.encode(), b"")
