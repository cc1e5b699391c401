"""A slow line in front of a site: a page comes as far as its heading, and no further."""

import urllib.request
from urllib.parse import urlsplit

from tests.browser.local_server import LocalHandler, LocalServer

END = b"</h1>"
PASSED_ON = ("Content-Type", "Content-Security-Policy", "Referrer-Policy", "Cache-Control")


class StallingLine(LocalServer):
    """Passes on to the site at the address."""

    def __init__(self, site: str) -> None:
        super().__init__("slow.localhost", _Handler)
        # Python does not know every name below localhost, as browsers do.
        self.site = f"http://127.0.0.1:{urlsplit(site).port}"


class _Handler(LocalHandler):
    server: StallingLine

    def do_GET(self) -> None:
        with urllib.request.urlopen(f"{self.server.site}{self.path}", timeout=10) as answer:
            content = answer.read()
            self.send_response(200)
            for name in PASSED_ON:
                if value := answer.headers[name]:
                    self.send_header(name, value)
        self.end_headers()
        page, heading, _ = content.partition(END)
        self.wfile.write(page + heading)
        if heading:
            self.hold_until(self.server.closing)

    def do_POST(self) -> None:
        self.send_response(204)
        self.end_headers()
