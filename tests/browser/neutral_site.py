"""A site to leave to, as patient or as broken as a test needs, and a page outside in between."""

import html
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, quote, urlsplit

from tests.browser.local_server import LocalHandler, LocalServer

HOST = "neutral.localhost"


class NeutralSite(LocalServer):
    """Stands for the weather page; remembers when readers came and who sent them.

    ``delay``, ``hangs`` and ``has_nothing`` speak of requests to the weather page that are still
    to come; ``reset`` undoes them and forgets the readers.
    """

    def __init__(self) -> None:
        super().__init__(HOST, _Handler)
        self.url = f"{self.address}/weather"
        self.reset()

    def reset(self) -> None:
        self.delay = 0.0  # seconds before an answer
        self.hangs = False  # no answer ever: held until the reader gives up or the site closes
        self.has_nothing = False  # answers 204, so that the browser stays at the page it leaves
        self.referrers: list[str | None] = []
        self.arrivals: list[float] = []  # by time.monotonic

    def outside(self, target: str) -> str:
        """The address of a page of this site with one plain link, ``a``, to the target."""
        return f"{self.address}/outside?to={quote(target, safe='')}"


class _Handler(LocalHandler):
    server: NeutralSite

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/weather":
            self._weather()
        elif address.path == "/outside":
            target = html.escape(parse_qs(address.query)["to"][0])
            self._show(f"<title>Outside</title><p><a href='{target}'>A link</a></p>")
        else:
            self.send_error(404)

    def _weather(self) -> None:
        site = self.server
        site.arrivals.append(time.monotonic())
        site.referrers.append(self.headers.get("Referer"))
        if site.hangs:
            self.hold_until(site.closing)
        elif site.has_nothing:
            self.send_response(204)
            self.end_headers()
        else:
            site.closing.wait(site.delay)
            self._show("<title>Weather</title><p>Dry with sunny spells</p>")

    def _show(self, content: str) -> None:
        self.answer(f"<!doctype html><html lang='en'>{content}".encode())


@contextmanager
def destination_that_is_down() -> Iterator[str]:
    """The address of a weather page whose port refuses, and that no one else can take."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://{HOST}:{taken.getsockname()[1]}/weather"
