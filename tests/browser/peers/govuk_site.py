"""A small site that uses GOV.UK's exit-this-page as its guidance says.

The HTML of each part is what the package's own fixtures hold, with the addresses and names of this
site put in; script and style are the package's compiled files, started by ``initAll``. Nothing of
the package is kept here: it is read from node_modules.

No header speaks of caching, and nothing is compressed: a plain service that took no measures of
its own. The exit has its guidance's default, straight to the destination.
"""

import json
import mimetypes
from pathlib import Path

from tests.browser.local_server import LocalHandler, LocalServer

PACKAGE = Path(__file__).resolve().parents[3] / "node_modules" / "govuk-frontend"
DIST = PACKAGE / "dist" / "govuk"

# Headings, to be looked for on the disk, of words that no browser brings with it.
PAGES = {
    "/": "The quillwort handbook",
    "/threats": "What marrowleaf threats look like",
    "/next-steps": "First steps against thornapple",
    "/people": "People who answer the cloudberry line",
}
FORM = "/tell-us"
FORM_HEADING = "Tell us about larkspur"
RESULT = "/tell-us/sent"
RESULT_HEADING = "Your larkspur message was sent"

TEMPLATE = """<!DOCTYPE html>
<html lang="en" class="govuk-template">
  <head>
    <meta charset="utf-8">
    <title>{title} - Quillwort service - GOV.UK</title>
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <link rel="icon" sizes="any" href="/assets/images/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/govuk-frontend.min.css">
  </head>
  <body class="govuk-template__body">
    <script>document.body.className += ' js-enabled' +
      ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');</script>
    {skip_link}
    {secondary_link}
    <div class="govuk-width-container">
      {exit_this_page}
      <main class="govuk-main-wrapper" id="main-content">
        <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">{title}</h1>
          {content}
          <nav><ul class="govuk-list">{links}</ul></nav>
        </div></div>
      </main>
    </div>
    <script type="module" src="/govuk-frontend.min.js"></script>
    <script type="module">
      import {{ initAll }} from "/govuk-frontend.min.js"
      initAll()
    </script>
  </body>
</html>
"""
PARAGRAPH = (
    "<p class='govuk-body'>There is a little more to read here, and below it more again.</p>"
)


def version() -> str:
    return json.loads((PACKAGE / "package.json").read_text())["version"]


class GovukSite(LocalServer):
    def __init__(self, destination: str) -> None:
        super().__init__("peer.localhost", _Handler)
        self.destination = destination

    def page(self, path: str) -> str | None:
        if path in PAGES:
            return self._filled(PAGES[path], PARAGRAPH * 40)
        if path == FORM:
            form = _fixture("textarea") + _fixture("button")
            form = f"<form method='post' action='{FORM}' novalidate>{form}</form>"
            return self._filled(FORM_HEADING, form)
        if path == RESULT:
            return self._filled(RESULT_HEADING, PARAGRAPH)
        return None

    def _filled(self, title: str, content: str) -> str:
        exit_this_page = _fixture("exit-this-page")
        skip_link = _fixture("skip-link")
        skip_to = 'href="#test-target-element"'
        return TEMPLATE.format(
            title=title,
            content=content,
            exit_this_page=_changed(
                exit_this_page,
                'href="/full-page-examples/announcements"',
                f'href="{self.destination}"',
            ),
            skip_link=_changed(skip_link, skip_to, 'href="#main-content"'),
            secondary_link=_changed(
                _changed(
                    _changed(
                        skip_link, skip_to, f'href="{self.destination}" rel="nofollow noreferrer"'
                    ),
                    'class="govuk-skip-link"',
                    'class="govuk-skip-link govuk-js-exit-this-page-skiplink"',
                ),
                "Skip to main content",
                "Exit this page",
            ),
            links="".join(
                f"<li><a class='govuk-link' href='{path}'>{name}</a></li>"
                for path, name in {**PAGES, FORM: FORM_HEADING}.items()
            ),
        )


class _Handler(LocalHandler):
    server: GovukSite

    def do_GET(self) -> None:
        if (page := self.server.page(self.path)) is not None:
            self.answer(page.encode())
            return
        file = (DIST / self.path.lstrip("/")).resolve()
        if file.is_relative_to(DIST) and file.is_file():
            self.answer(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "font/woff2")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(303)
        self.send_header("Location", RESULT)
        self.end_headers()


def _fixture(component: str, name: str = "default") -> str:
    """The HTML of a component as the package itself writes it."""
    held = json.loads((DIST / "components" / component / "fixtures.json").read_text())
    (html,) = (it["html"] for it in held["fixtures"] if it["name"] == name)
    return html


def _changed(html: str, old: str, new: str) -> str:
    if old not in html:
        raise LookupError(f"the package's fixture no longer holds {old!r}")
    return html.replace(old, new)
