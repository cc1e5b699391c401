"""Files that are sent: one screen takes one, into memory; nothing else takes any."""

import logging
import tempfile
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import load_handler
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from sextortion_site.staff import uploads
from tests.addresses import OTHER_SCREENS, PAGES

pytestmark = pytest.mark.django_db

ADD = "/staff/campaign/image/add/"
MARKER = b"quince-in-a-file"


def sent(content: bytes = MARKER) -> SimpleUploadedFile:
    return SimpleUploadedFile("quince.jpg", content, "image/jpeg")


def views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern), pattern.callback


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every file that came as far as memory."""
    found: list[str] = []

    class Seen(uploads.OnlyWhereAskedFor):
        def file_complete(self, file_size: int):
            found.append(self.file_name)
            return super().file_complete(file_size)

    monkeypatch.setattr(uploads, "OnlyWhereAskedFor", Seen)
    return found


@pytest.fixture
def no_temporary_file(monkeypatch: pytest.MonkeyPatch):
    def refuse(*args, **kwargs):
        pytest.fail("a temporary file")

    for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)


def test_one_view_takes_a_file():
    asking = [
        address
        for address, view in views(get_resolver("sextortion_site.urls").url_patterns)
        if hasattr(view, "takes_a_file_of")
    ]

    assert asking == [ADD.removeprefix("/")]


@pytest.mark.usefixtures("no_temporary_file")
def test_file_for_the_screen_that_asks_is_taken(editor, taken):
    editor.post(ADD, {"upload": sent(bytes(6 * 1024 * 1024))})

    assert taken == ["quince.jpg"]


@pytest.mark.usefixtures("no_temporary_file")
def test_no_other_screen_of_the_staff_takes_one(editor, taken):
    for name in ("page", "section", "service", "tip", "topic", "sitesettings"):
        editor.post(f"/staff/campaign/{name}/add/", {"upload": sent(), "title": sent()})
    editor.post("/staff/logout/", {"upload": sent()})

    assert taken == []


@pytest.mark.usefixtures("no_temporary_file")
def test_nobody_outside_the_staff_fills_the_memory(client, taken):
    client.post(ADD, {"upload": sent()})
    client.force_login(get_user_model().objects.create_user("reader"))
    client.post(ADD, {"upload": sent()})
    Client(enforce_csrf_checks=True).post(ADD, {"upload": sent()})

    assert taken == []


@pytest.mark.usefixtures("no_temporary_file")
@pytest.mark.parametrize("address", [*PAGES, *OTHER_SCREENS, "/visits/", "/leave/"])
def test_no_public_page_takes_one(client, taken, address):
    response = client.post(address, {"upload": sent(), "message": "words"})

    assert response.status_code in {204, 404, 405, 415}
    assert taken == []


def test_two_files_are_refused(editor):
    assert editor.post(ADD, {"upload": [sent(), sent()]}).status_code == 400


def test_of_a_file_that_is_too_large_only_the_beginning_is_held():
    request = RequestFactory().post("/")
    handler = load_handler("sextortion_site.staff.uploads.OnlyWhereAskedFor", request)
    assert isinstance(handler, uploads.OnlyWhereAskedFor)
    handler.__dict__["_limit"] = lambda: 10
    handler.new_file("upload", "quince.jpg", "image/jpeg", None)
    for start in (0, 4, 8, 12):
        handler.receive_data_chunk(b"abcd", start)

    file = handler.file_complete(16)

    assert (file.size, file.read()) == (16, b"abcdabcdab")


def test_nothing_of_a_file_is_logged(editor, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        editor.post(ADD, {"title": "x", "alternative": "x", "upload": sent()})

    assert "quince" not in caplog.text + "".join(capfd.readouterr())
