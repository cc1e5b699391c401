"""What many tests need: a database with the starter content, and a real server."""

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

from campaign import frame
from campaign.starter.load import load
from sextortion_site.staff.models import AuditEntry

pytest_plugins = ["tests.postgresql"]

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 180  # a limit for a broken start, not a wait

# How long one invented case takes says nothing on a busy machine.
hypothesis.settings.register_profile(
    "site", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("site")

# Tests make hundreds of accounts: the kind of hash is the real one, its cost is not.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 8
Argon2PasswordHasher.parallelism = 1

SiteFolders = Callable[[], Path]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of a group share a site: a pytest in whose names xdist cannot write the group would
    start it once in each process."""
    if getattr(config.option, "loadgroup", False):
        lost = [
            item.nodeid
            for item in items
            if item.get_closest_marker("xdist_group") and "@" not in item.nodeid
        ]
        if lost:
            raise pytest.UsageError(f"xdist does not keep groups together: {lost[0]}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load()
    # What a test has committed is taken out after it. The audit trail refuses that, even empty.
    tables = connection.introspection.django_table_names

    def but_the_trail(*args: Any, **options: Any) -> list[str]:
        return [name for name in tables(*args, **options) if name != AuditEntry._meta.db_table]

    connection.introspection.django_table_names = but_the_trail  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def fresh_frame(monkeypatch: pytest.MonkeyPatch):
    """A process keeps the frame of the pages for a second; tests change rows faster."""
    monkeypatch.setattr(frame, "_memory", frame._Memory())
    monkeypatch.setattr(frame, "FRESH_SECONDS", 0.0)


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """In-process tests need no collected files; the real server has them."""
    settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def site_environment(data_dir: Path, port: int, **settings: str) -> dict[str, str]:
    """The environment of a site of its own; none of this machine's settings come along."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "DATA_DIR": str(data_dir), "PORT": str(port), **settings}


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )


@dataclass(frozen=True)
class Site:
    """A site under test: its environment and its address."""

    environment: dict[str, str]
    address: str


def prepare(data_dir: Path, **settings: str) -> None:
    """Makes all that a site needs before it can be served."""
    environment = site_environment(data_dir, free_port(), **settings)
    for command in (
        "migrate",
        "load_starter",
        "make_report_keys --development",
        "collectstatic --no-input",
    ):
        done = manage(environment, *command.split())
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a site that is only ever copied: made once for all processes of a run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "prepared"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            in_the_making = folder.with_suffix(".new")
            prepare(in_the_making)
            in_the_making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def new_site_folder(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> SiteFolders:
    """Makes the folder of one more site that is ready to be served."""

    def copy() -> Path:
        return shutil.copytree(prepared, tmp_path_factory.mktemp("site") / "data")

    return copy


@contextmanager
def running_site(
    data_dir: Path, log: Path | None = None, port: int = 0, **settings: str
) -> Iterator[Site]:
    """A site as it runs for readers, of a folder that is prepared: served by gunicorn.

    ``log`` takes what it writes to its standard streams. ``port`` 0 is any that is free."""
    port = port or free_port()
    environment = site_environment(data_dir, port, **{"WEB_CONCURRENCY": "1", **settings})
    address = f"http://127.0.0.1:{port}"
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(log.open("ab")) if log else None
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn"),
                *("--config", "deploy/gunicorn.conf.py", "sextortion_site.wsgi"),
            ],
            cwd=ROOT,
            env=environment,
            stdout=output or subprocess.DEVNULL,
            stderr=output,
        )
    try:
        wait_until_live(server, f"{address}/health/live")
        yield Site(environment, address)
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def wait_until_live(server: subprocess.Popen, url: str) -> None:
    def answers() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False

    _wait_until(answers, server)


def wait_until_listening(server: subprocess.Popen, port: int) -> None:
    """For a server that is ready once it listens."""

    def answers() -> bool:
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", port)) == 0

    _wait_until(answers, server)


def _wait_until(answers: Callable[[], bool], server: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers():
        assert server.poll() is None, "the server stopped"
        assert time.monotonic() < deadline, f"no answer in {START_SECONDS} seconds"
        time.sleep(0.05)
