"""The site on a real PostgreSQL, started for these tests alone."""

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.addresses import PAGES
from tests.conftest import ROOT, Site, SiteFolders, free_port, prepare, running_site

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]


def programs() -> Path:
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def as_somebody(*command: str | Path) -> list[str]:
    """PostgreSQL refuses to run as root: there its own account runs it."""
    line = [str(part) for part in command]
    return ["runuser", "-u", "postgres", "--", *line] if os.geteuid() == 0 else line


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    # Not in pytest's own folder, which another account may not enter.
    with tempfile.TemporaryDirectory(prefix="postgresql-") as place:
        folder, port = Path(place), free_port()
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        make = as_somebody(programs() / "initdb", "--auth=trust", "--username=site", "-D", data)
        subprocess.run(make, check=True, capture_output=True)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        control = as_somebody(programs() / "pg_ctl", "-D", data, "-l", folder / "log", "-w")
        subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"postgresql://site@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "fast", "stop"], check=True, capture_output=True)


def test_content_behaves_the_same_on_postgresql(database_url: str):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "tests/campaign", "-q", "-x"),
            *("-m", "not vnu", "-p", "no:cacheprovider", "-p", "no:xdist"),
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
