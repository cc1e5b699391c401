"""A page with a form as the report form is while it is hot: the real pieces, and little else."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs

from django.template.loader import render_to_string

from reporting.abuse import FormFields
from sextortion_site.delivery.page_assets import page_head_scripts
from tests.browser.local_server import LocalHandler, LocalServer

PAGE = """<!doctype html><html lang="en" data-leave="{leave}" data-cookies="">
<meta charset="utf-8"><script>{recorder}</script><script>{leave_script}</script>
<title>A form</title><link rel="icon" href="data:,">
<div class="page"><main>
  <form id="report" method="post" action="/report/">
    {fields}
    <label for="story">Story</label> <textarea id="story" name="story"></textarea>
    <button type="submit">Send</button>
  </form>
</main></div>"""
# How long each key press waited for its handlers, in milliseconds.
RECORDER = """
  const waited = [];
  addEventListener("keydown", (event) => waited.push(performance.now() - event.timeStamp), true);
"""


class HotForm(LocalServer):
    """Gives the form out at any address, and keeps what is posted."""

    def __init__(self, challenge: str | None, leave: str) -> None:
        super().__init__("127.0.0.1", _Handler)
        fields = render_to_string(
            "reporting/abuse_fields.html", {"abuse": FormFields(challenge=challenge)}
        )
        self.page = PAGE.format(
            leave=leave,
            recorder=RECORDER,
            leave_script=page_head_scripts()[0].text,
            fields=fields,
        )
        self.posted: list[dict[str, str]] = []
        self.told: list[str] = []  # what pages told of themselves at /told


class _Handler(LocalHandler):
    server: HotForm

    def do_GET(self) -> None:
        self.answer(self.server.page.encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        if self.path == "/told":
            self.server.told.append(body)
        elif self.path == "/report/":  # and not the word on leaving
            fields = parse_qs(body, keep_blank_values=True)
            self.server.posted.append({name: values[0] for name, values in fields.items()})
        self.answer(b"<!doctype html><html lang='en'><title>Sent</title><h1>Sent</h1>")


@contextmanager
def running_hot_form(challenge: str | None, leave: str) -> Iterator[HotForm]:
    with HotForm(challenge, leave).running() as running:
        yield running
