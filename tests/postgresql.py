"""A real PostgreSQL for tests, started for them alone; tests/conftest.py makes it known."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

OWNER = "site"


def programs() -> Path:
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def as_somebody(*command: str | Path) -> list[str]:
    """PostgreSQL refuses to run as root: there its own account runs it."""
    line = [str(part) for part in command]
    return ["runuser", "-u", "postgres", "--", *line] if os.geteuid() == 0 else line


@dataclass(frozen=True)
class Server:
    """``url`` lacks a database's name. ``folder`` holds everything that it writes."""

    url: str
    folder: Path

    def start(self) -> None:
        port = self.url.rpartition(":")[2]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        # Nothing of the write-ahead log is thrown away, so that all of it can be searched.
        options += " -c wal_keep_size=4GB"
        self._control("-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """``immediate`` is as if the machine had failed."""
        self._control("-m", how, "stop")

    def _control(self, *words: str) -> None:
        control = (programs() / "pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log")
        # Not captured: the server would hold the pipe open as long as it lives.
        done = subprocess.run(as_somebody(*control, "-w", *words), stdout=subprocess.DEVNULL)
        assert done.returncode == 0, (self.folder / "log").read_text()[-2000:]

    def new_database(self) -> str:
        """The URL of a new database, for its owner."""
        name = f"site_{secrets.token_hex(4)}"
        with psycopg.connect(f"{self.url}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"{self.url}/{name}"


@contextmanager
def running_postgresql() -> Iterator[Server]:
    """A server of its own, in which everybody needs their password."""
    # Here, since tests/conftest.py makes the fixtures below known.
    from tests.conftest import free_port

    password = secrets.token_urlsafe(16)
    # Not in pytest's own folder, which another account may not enter.
    with tempfile.TemporaryDirectory(prefix="postgresql-") as place:
        folder = Path(place)
        server = Server(f"postgresql://{OWNER}:{password}@127.0.0.1:{free_port()}", folder)
        words = folder / "password"
        words.write_text(password)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
            shutil.chown(words, "postgres")
        make = as_somebody(
            *(programs() / "initdb", f"--username={OWNER}", f"--pwfile={words}"),
            *("--auth=scram-sha-256", "-D", folder / "data"),
        )
        subprocess.run(make, check=True, capture_output=True)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server, without a database's name."""
    with running_postgresql() as server:
        yield server.url


@pytest.fixture(scope="module")
def database_url(postgresql_server: str) -> str:
    """The URL of a new database, for its owner."""
    return Server(postgresql_server, Path()).new_database()
