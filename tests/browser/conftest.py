"""A real Chromium, Debian's, and a neutral site to leave to."""

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.conftest import running_site

# Playwright's loop runs in this thread; Django, which the other tests of this process use,
# would take it for asynchronous code and refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": CHROMIUM_ARGUMENTS}


class NeutralSite(ThreadingHTTPServer):
    """Stands for the weather page; remembers who sent the readers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Weather)
        self.referrers: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://neutral.localhost:{self.server_address[1]}/weather"


class _Weather(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/weather":
            self.server.referrers.append(self.headers.get("Referer"))  # type: ignore[attr-defined] - a NeutralSite
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Weather</title><p>Dry with sunny spells</p>")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def neutral_site() -> Iterator[NeutralSite]:
    server = NeutralSite()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, neutral_site: NeutralSite) -> Iterator[str]:
    """The address of a site that leaves to the neutral one. Tests do not change its content."""
    with running_site(tmp_path_factory.mktemp("site"), SAFE_EXIT_URL=neutral_site.url) as running:
        yield running.address
