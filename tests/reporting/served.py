"""This process's own site, or something else, over real HTTP while a test runs."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.testcases import LiveServerThread

Answers = Callable[[str], tuple[int, str]]


@contextmanager
def serving_this_site() -> Iterator[str]:
    """The address of the site with the test's settings and within its transaction."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.inc_thread_sharing()
    server = LiveServerThread(
        "127.0.0.1",
        StaticFilesHandler,
        connections_override={DEFAULT_DB_ALIAS: connection},
    )
    server.daemon = True
    server.start()
    server.is_ready.wait()
    try:
        assert server.error is None
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()
        connection.dec_thread_sharing()


@contextmanager
def serving(answers: Answers, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of something that answers to GET and POST as told, by https with a context."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, text = answers(f"{self.command} {self.path} {body.decode()}")
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
