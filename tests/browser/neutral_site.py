"""A site to leave to, as patient or as broken as a test needs, and a page outside in between."""

import html
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit

HOST = "neutral.localhost"
LOOK_SECONDS = 0.05  # how soon a held connection notices that either side has gone


class NeutralSite(ThreadingHTTPServer):
    """Stands for the weather page; remembers when readers came and who sent them.

    ``delay`` and ``hangs`` speak of requests to the weather page that are still to come;
    ``reset`` undoes both and forgets the readers.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.closing = threading.Event()
        self.reset()

    def reset(self) -> None:
        self.delay = 0.0  # seconds before an answer
        self.hangs = False  # no answer ever: held until the reader gives up or the site closes
        self.referrers: list[str | None] = []
        self.arrivals: list[float] = []  # by time.monotonic

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}/weather"

    def outside(self, target: str) -> str:
        """The address of a page of this site with one plain link, ``a``, to the target."""
        return f"http://{HOST}:{self.server_address[1]}/outside?to={quote(target, safe='')}"

    def shutdown(self) -> None:
        self.closing.set()
        super().shutdown()

    def handle_error(self, request: object, client_address: object) -> None:
        """Readers who leave in the middle of an answer are what this site is for."""


class _Handler(BaseHTTPRequestHandler):
    server: NeutralSite

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/weather":
            self._weather()
        elif address.path == "/outside":
            target = html.escape(parse_qs(address.query)["to"][0])
            self._answer(f"<title>Outside</title><p><a href='{target}'>A link</a></p>")
        else:
            self.send_error(404)

    def _weather(self) -> None:
        self.server.arrivals.append(time.monotonic())
        self.server.referrers.append(self.headers.get("Referer"))
        if self.server.hangs:
            self._hold()
            return
        self.server.closing.wait(self.server.delay)
        self._answer("<title>Weather</title><p>Dry with sunny spells</p>")

    def _hold(self) -> None:
        self.close_connection = True
        while not self.server.closing.wait(LOOK_SECONDS):
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                return

    def _answer(self, content: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><html lang='en'>{content}".encode())

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def running_neutral_site() -> Iterator[NeutralSite]:
    with NeutralSite() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def destination_that_is_down() -> Iterator[str]:
    """The address of a weather page whose port refuses, and that no one else can take."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://{HOST}:{taken.getsockname()[1]}/weather"
