"""The site under test behind a server that rigs its pages: stalled, furnished and watched."""

import base64
import hashlib
import http.client
import json
import re
import secrets
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from tests.browser.local_server import LocalHandler, LocalServer
from tests.browser.patience import LIMIT_SECONDS

COLOUR = "#ff00fe"  # of the patch that shows on a picture whether the page is seen

RECORDER = Path(__file__).with_name("recorder.js").read_text()
BEGINNING = '<meta charset="utf-8">'

# What any page would take at least: one that is empty, and shows a cover at Escape.
EMPTY = f"""<!doctype html><html lang="en">{BEGINNING}<title>Empty</title><script>
  addEventListener("keydown", () => {{
    const veil = document.createElement("div");
    veil.style.cssText = "display:block;position:fixed;inset:0;width:100%;height:100%";
    veil.style.background = "#fff";
    veil.popover = "manual";
    document.documentElement.append(veil);
    veil.showPopover();
  }}, true);
</script><body><main></main>"""
OWN_HEADERS = {"connection", "content-length", "date", "server", "transfer-encoding"}


@dataclass(frozen=True)
class Rig:
    """What is done to pages. ``None``: nothing of the kind."""

    destination: str | None = None
    # Where the page stops coming: after leave.js, after <body>, or at the end of <main>.
    stall: Literal["head", "body", "main"] | None = None
    # What the focus lies in; of a dialog, in its input.
    focus: Literal["input", "textarea", "select", "dialog"] | None = None
    # The path whose first answer is held, once the site has given it, until ``release``.
    late: str | None = None
    # Whether reports are kept in the browser, in ``localStorage.told``: for want of a network.
    keeps: bool = False
    # Whether it is the milliseconds that count: then little else is looked at.
    times: bool = False


class RiggedSite(LocalServer):
    """Passes everything on to the site; its HTML pages get what ``rig`` says.

    The recorder in them tells its visit's ``ready``, then of the first Escape ``key``, ``frame``
    and ``gone``. It tells the server, since a browser whose navigation waits answers no question
    about the page.
    """

    def __init__(self, site: str) -> None:
        super().__init__("site.localhost", _Handler)
        self.site = urlsplit(site).netloc
        self.prefix = f"/{secrets.token_hex(16)}/"  # none of the site's addresses
        self.empty = f"{self.prefix}empty"  # the path of a page that is empty but for a cover
        self.told: list[dict[str, Any]] = []
        self._news = threading.Condition()
        self._visit = 0
        self.release = threading.Event()
        self.is_late = threading.Event()  # an answer is being held
        self.rig(Rig())

    def rig(self, rig: Rig) -> int:
        """What the next pages get. Lets go of stalled ones; returns the number of the visit."""
        self.release.set()
        self.release = threading.Event()
        self.is_late.clear()
        self._rig = rig
        self._visit += 1
        return self._visit

    def hear(self, words: str) -> None:
        with self._news:
            self.told += [json.loads(line) for line in words.splitlines()]
            self._news.notify_all()

    def heard(
        self, visit: int, what: str, *, within: float = LIMIT_SECONDS
    ) -> dict[str, Any] | None:
        """What the recorder of a visit told; None where it tells nothing of it in time."""

        def message() -> dict[str, Any] | None:
            return next(
                (it for it in self.told if it["visit"] == visit and it["what"] == what), None
            )

        with self._news:
            return self._news.wait_for(message, within)

    def holds(self, path: str) -> bool:
        """Whether this answer is the one to be late."""
        if path != self._rig.late or self.is_late.is_set():
            return False
        self.is_late.set()
        return True

    def rigged(self, page: bytes, policy: str) -> tuple[bytes, bytes, str]:
        """The part of a page that comes, the part that is held back, and its policy."""
        told = {"visit": self._visit, "tell": f"{self.prefix}tell", "colour": COLOUR}
        recorder = RECORDER.replace("RIG", json.dumps(asdict(self._rig) | told), 1)
        digest = base64.b64encode(hashlib.sha256(recorder.encode()).digest()).decode()
        policy = policy.replace("script-src", f"script-src 'sha256-{digest}'", 1)
        text = page.decode()
        if self._rig.destination:
            text = re.sub('data-leave="[^"]*"', f'data-leave="{self._rig.destination}"', text)
        before, meta, after = text.partition(BEGINNING)
        assert meta, "the page does not begin as the rig expects"
        text = f"{before}{meta}<script>{recorder}</script>{after}"
        place = len(text)
        if self._rig.stall == "head":
            # Of the two scripts before the viewport the first is leave.js.
            place = text.index("</script>", len(before) + len(recorder) + 40) + len("</script>")
        elif self._rig.stall == "body":
            place = text.index("<body>") + len("<body>")
        elif self._rig.stall == "main":
            place = text.index("</main>")
        return text[:place].encode(), text[place:].encode(), policy

    def shutdown(self) -> None:
        self.release.set()
        super().shutdown()


class _Handler(LocalHandler):
    server: RiggedSite
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == self.server.empty:
            page, _, _ = self.server.rigged(EMPTY.encode(), "")
            self.answer(page)
        else:
            self._pass_on()

    def do_POST(self) -> None:
        if self.path == f"{self.server.prefix}tell":
            self.server.hear(self._body().decode())
            self._pass_back(204, [], b"")
        else:
            self._pass_on()

    do_HEAD = _pass_on = lambda self: self._pass()

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _pass(self) -> None:
        site = self.server.site
        headers = {
            name: value.replace(self.server.address, f"http://{site}")
            for name, value in self.headers.items()
            # Compressed pages could not be rigged.
            if name.lower() not in {"host", "connection", "accept-encoding"}
        }
        connection = http.client.HTTPConnection(site)
        try:
            connection.request(self.command, self.path, self._body(), {**headers, "Host": site})
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if self.server.holds(self.path) and not self.hold_until(self.server.release):
            return
        fields = [it for it in answer.getheaders() if it[0].lower() not in OWN_HEADERS]
        rest = b""
        if body and answer.headers.get_content_type() == "text/html":
            told = dict(fields)
            body, rest, policy = self.server.rigged(body, told["Content-Security-Policy"])
            fields = list((told | {"Content-Security-Policy": policy}).items())
        self._pass_back(answer.status, fields, body, rest)

    def _pass_back(
        self, status: int, fields: list[tuple[str, str]], body: bytes, rest: bytes = b""
    ) -> None:
        release = self.server.release
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body) + len(rest)))
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(body)
        if rest and self.hold_until(release):
            self.wfile.write(rest)
