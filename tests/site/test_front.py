"""nginx as deploy/nginx.conf sets it up: what it answers itself, and what it writes down."""

import base64
import hashlib
import http.client
import re
import secrets
import shutil
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.https_front import running_https_front
from tests.conftest import ROOT, SiteFolders, free_port, running_site
from tests.html_checker import errors_in

# nginx comes with the browsers.
pytestmark = pytest.mark.browser

AWAY = (ROOT / "deploy" / "away.html").read_text()
FORM = "application/x-www-form-urlencoded"
MARKER = f"quince-{secrets.token_hex(8)}"
MIB = 1024 * 1024
LOGS = Path("/var/log/nginx")  # where Debian's nginx writes unless it is told not to


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: str


def ask(url: str, method: str, path: str, body: bytes | None = None) -> Answer:
    address = urlsplit(url)
    context = ssl._create_unverified_context()  # noqa: S323 - a certificate of this test
    connection = http.client.HTTPSConnection(
        "127.0.0.1", address.port or 0, context=context, timeout=30
    )
    try:
        told = {"Host": address.netloc, "Content-Type": FORM, "User-Agent": MARKER}
        connection.request(method, path, body, told)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode())
    finally:
        connection.close()


def words(size: int) -> bytes:
    """The body of a form, of so many bytes."""
    begin = b"danger=no&who=me&story="
    return begin + (MARKER.encode() * (size // len(MARKER) + 1))[: size - len(begin)]


@dataclass
class Front:
    """nginx that could not write down a body if it wanted to: the folder for it was taken away."""

    url: str
    folders: list[Path]

    def written(self) -> set[Path]:
        """The files in which a word of the reader's is found."""
        found = set()
        for folder in (*self.folders, LOGS):
            for path in folder.rglob("*"):
                # SQLite's own come and go.
                with suppress(FileNotFoundError):
                    if path.is_file() and MARKER.encode() in path.read_bytes():
                        found.add(path)
        return found


@contextmanager
def without_temporary_files(place: Path, url: str, site: str) -> Iterator[None]:
    with running_https_front(place, url, site):
        for folder in ("body", "proxy"):
            shutil.rmtree(place / folder)
        yield


@pytest.fixture(scope="module")
def front(
    new_site_folder: SiteFolders, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Front]:
    """A whole site behind nginx."""
    url, data = f"https://site.localhost:{free_port()}", new_site_folder()
    place = tmp_path_factory.mktemp("front")
    log = place / "site.log"
    with (
        running_site(data, log=log, SITE_URL=url) as site,
        without_temporary_files(place, url, site.address),
    ):
        yield Front(url, [place, data])


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """nginx before a site that does not run."""
    url, place = f"https://site.localhost:{free_port()}", tmp_path_factory.mktemp("stopped")
    with without_temporary_files(place, url, f"http://127.0.0.1:{free_port()}"):
        yield Front(url, [place])


def is_the_static_page(answer: Answer) -> bool:
    assert answer.headers.get_all("Cache-Control") == ["no-store"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    return answer.body == AWAY


@pytest.mark.parametrize(("method", "size"), [("GET", 0), ("POST", 2000), ("POST", 3 * MIB // 2)])
def test_while_the_site_is_away_a_page_says_whose_fault_it_is(
    stopped: Front, method: str, size: int
):
    answer = ask(stopped.url, method, f"/report/?q={MARKER}", words(size) if size else None)

    assert answer.status == 502
    assert is_the_static_page(answer)
    assert stopped.written() == set()


def test_more_than_two_mebibytes_get_a_page_of_ours_and_touch_no_disk(front: Front):
    answer = ask(front.url, "POST", "/report/", words(2 * MIB + 1))

    assert answer.status == 413
    assert is_the_static_page(answer)
    assert front.written() == set()


def test_picture_of_an_editor_reaches_the_site_and_touches_no_disk(front: Front):
    add = "/staff/campaign/image/add/"

    taken, refused = (ask(front.url, "POST", add, words(size * MIB)) for size in (11, 13))

    assert taken.status in {400, 403, 413}  # by the site: nobody has signed in
    assert taken.body != AWAY
    assert is_the_static_page(refused)
    assert front.written() == set()


@pytest.mark.parametrize("size", [MIB + 1, 3 * MIB // 2, 2 * MIB])
def test_more_than_the_site_takes_gets_the_sites_own_page(front: Front, size: int):
    answer = ask(front.url, "POST", "/report/", words(size))

    assert answer.status == 413
    assert "That is too much to send at once" in answer.body
    assert "Leave this site" in answer.body
    assert front.written() == set()


def test_fault_that_the_site_tells_itself_passes_through_with_its_words(
    new_site_folder: SiteFolders, tmp_path: Path
):
    url = f"https://site.localhost:{free_port()}"
    with (
        running_site(new_site_folder(), SITE_URL=url, REPORT_FORM_IS_OPEN="0") as site,
        running_https_front(tmp_path, url, site.address),
    ):
        answer = ask(url, "POST", "/report/", words(200))

    assert answer.status == 503
    assert MARKER in answer.body
    assert "Your words are still here" in answer.body


def test_no_version_is_told(stopped: Front):
    assert ask(stopped.url, "GET", "/").headers["Server"] == "nginx"


def test_static_page_cannot_be_asked_for(front: Front):
    assert ask(front.url, "GET", "/away.html").status == 404


def test_static_page_runs_nothing_and_its_style_is_the_one_that_is_allowed(stopped: Front):
    policy = ask(stopped.url, "GET", "/").headers["Content-Security-Policy"]
    style = re.search("<style>(.*?)</style>", AWAY, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()

    assert f"style-src 'sha256-{digest}';" in policy
    assert "script" not in policy + AWAY
    assert len(AWAY) < 4000


def test_static_page_says_what_helps_and_leads_out_where_the_site_would(settings):
    links = re.findall('href="([^"]*)"', AWAY.partition("<body>")[2])

    assert links == [settings.SAFE_EXIT_URL, "tel:999", "tel:101", ""]
    assert "The fault is on our side" in AWAY
    assert "your words may still be there" in AWAY


@pytest.mark.vnu
def test_static_page_is_valid_html_and_css(tmp_path: Path):
    shutil.copy(ROOT / "deploy" / "away.html", tmp_path)

    assert errors_in(tmp_path) == []
