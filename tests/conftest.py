"""What many tests need: a database with the starter content, and a real server."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from campaign.starter.load import load

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60  # a limit for a broken start, not a wait


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load()


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


@pytest.fixture(scope="session")
def site_settings() -> dict[str, str]:
    """What the site under test is told beyond its place; folders of tests may say more."""
    return {}


@dataclass(frozen=True)
class Account:
    name: str
    password: str


@dataclass(frozen=True)
class SitePlace:
    """Where a site under test lives: its environment and its address."""

    environment: dict[str, str]
    address: str


@pytest.fixture(scope="session")
def site_place(
    tmp_path_factory: pytest.TempPathFactory, site_settings: dict[str, str]
) -> Iterator[SitePlace]:
    """A site as it runs for readers: migrated, filled and served by gunicorn."""
    port = free_port()
    environment = site_environment(
        tmp_path_factory.mktemp("site"), port, WEB_CONCURRENCY="1", **site_settings
    )
    for command in ("migrate", "load_starter", "collectstatic --no-input"):
        done = manage(environment, *command.split())
        assert done.returncode == 0, done.stderr
    place = SitePlace(environment, f"http://127.0.0.1:{port}")
    with serving(place):
        yield place


@contextmanager
def serving(place: SitePlace) -> Iterator[subprocess.Popen]:
    """The site's gunicorn; stopped at the end."""
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn"),
            *("--config", "deploy/gunicorn.conf.py", "sextortion_site.wsgi"),
        ],
        cwd=ROOT,
        env=place.environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_live(server, f"{place.address}/health/live")
        yield server
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


@pytest.fixture(scope="session")
def site(site_place: SitePlace) -> str:
    """The address of a site as it runs for readers."""
    return site_place.address


@pytest.fixture(scope="session")
def editor_account(site_place: SitePlace) -> Account:
    """Somebody who may sign in to the staff pages of the site under test."""
    account = Account("editor", "seven quiet herons")
    environment = site_place.environment | {"DJANGO_SUPERUSER_PASSWORD": account.password}
    done = manage(
        environment,
        *("createsuperuser", "--no-input", "--username", account.name, "--email", ""),
    )
    assert done.returncode == 0, done.stderr
    return account


def wait_until_live(server: subprocess.Popen, url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    pytest.fail(f"the server did not answer in {START_SECONDS} seconds")
