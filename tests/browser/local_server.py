"""What the servers of the browsers' tests share: a free port, many connections, readers who go."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

LOOK_SECONDS = 0.05  # how soon a held connection notices that either side has gone


class LocalServer(ThreadingHTTPServer):
    """Listens on loopback; ``host`` is the name under which browsers ask for it.

    Names below ``localhost`` are sites of their own to browsers, and secure contexts.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.address = f"http://{host}:{self.server_address[1]}"
        self.closing = threading.Event()

    @contextmanager
    def running(self) -> Iterator[Self]:
        with self:
            thread = threading.Thread(target=self.serve_forever, args=[LOOK_SECONDS])
            thread.start()
            try:
                yield self
            finally:
                self.closing.set()
                self.shutdown()
                thread.join()

    def handle_error(self, request: object, client_address: object) -> None:
        """Readers who leave in the middle of an answer are no error here."""


class LocalHandler(BaseHTTPRequestHandler):
    """Answers, or holds its reader, and logs nothing."""

    def answer(self, content: bytes, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def hold_until(self, event: threading.Event) -> bool:
        """Says nothing until the event is set; False where the reader is gone before."""
        while not event.wait(LOOK_SECONDS):
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                self.close_connection = True
                return False
        return True

    def log_message(self, *args: object) -> None:
        pass
