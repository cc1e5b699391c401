"""A real PostgreSQL for tests, started for them alone; tests/conftest.py makes it known."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import free_port

OWNER = "site"


def programs() -> Path:
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def as_somebody(*command: str | Path) -> list[str]:
    """PostgreSQL refuses to run as root: there its own account runs it."""
    line = [str(part) for part in command]
    return ["runuser", "-u", "postgres", "--", *line] if os.geteuid() == 0 else line


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server, without a database's name. Everybody needs their password."""
    password = secrets.token_urlsafe(16)
    # Not in pytest's own folder, which another account may not enter.
    with tempfile.TemporaryDirectory(prefix="postgresql-") as place:
        folder, port = Path(place), free_port()
        data, words = folder / "data", folder / "password"
        words.write_text(password)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
            shutil.chown(words, "postgres")
        make = as_somebody(
            *(programs() / "initdb", f"--username={OWNER}", f"--pwfile={words}"),
            *("--auth=scram-sha-256", "-D", data),
        )
        subprocess.run(make, check=True, capture_output=True)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        control = as_somebody(programs() / "pg_ctl", "-D", data, "-l", folder / "log", "-w")
        subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"postgresql://{OWNER}:{password}@127.0.0.1:{port}"
        finally:
            subprocess.run([*control, "-m", "fast", "stop"], check=True, capture_output=True)


@pytest.fixture(scope="module")
def database_url(postgresql_server: str) -> str:
    """The URL of a new database, for its owner."""
    name = f"site_{secrets.token_hex(4)}"
    with psycopg.connect(f"{postgresql_server}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return f"{postgresql_server}/{name}"
