"""No file is taken, in whatever way it is sent, and none touches the disk on its way to refusal."""

import base64
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Site, SiteFolders, running_site
from tests.reporting.sender import FORM, Sent, ask

BOUNDARY = "multipart/form-data; boundary=edge"
PICTURE = os.urandom(200_000)
AS_TEXT = base64.b64encode(PICTURE[:6000]).decode().replace("+", "%2B")
ANSWERS = "danger=no&who=me&story="

# What is sent: method, type, body (an iterator is sent in chunks), and the answer.
UPLOADS = {
    "a form with a file": ("POST", BOUNDARY, "part", 415),
    "a form with a file in chunks": ("POST", BOUNDARY, "chunks", 415),
    "the picture alone": ("POST", "image/jpeg", PICTURE, 415),
    "the picture, put": ("PUT", "image/jpeg", PICTURE, 405),
    "no type": ("POST", "", PICTURE, 415),
    "base64 in the story": ("POST", FORM, f"{ANSWERS}{AS_TEXT}".encode(), 422),
    "a data address": ("POST", FORM, f"{ANSWERS}data:image/png;base64,iVBORw0".encode(), 422),
    "base64 under a name that is no question's": (
        "POST",
        FORM,
        f"{ANSWERS}help&photo={AS_TEXT}".encode(),
        422,
    ),
    "more than a form holds": ("POST", FORM, f"{ANSWERS}{'word ' * 20_000}".encode(), 413),
    "far more": ("POST", FORM, f"{ANSWERS}{'word ' * 400_000}".encode(), 413),
}


def part() -> bytes:
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    return head + PICTURE + b"\r\n--edge--\r\n"


def in_chunks() -> Iterator[bytes]:
    yield part()
    yield part()


BODIES = {"part": part, "chunks": in_chunks}


def written(folder: Path) -> dict[str, int]:
    """Every file and its size; of the database only what it holds counts, not its journal, whose
    files come and go."""
    return {
        str(path): path.stat().st_size
        for path in folder.rglob("*")
        if not path.name.endswith(("-wal", "-shm")) and "static" not in path.parts
        if path.is_file()
    }


@pytest.fixture(scope="module")
def site(new_site_folder: SiteFolders, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose folder for temporary files was taken away: to write there is to fail."""
    temporary = tmp_path_factory.mktemp("temporary")
    with running_site(new_site_folder(), TMPDIR=str(temporary)) as running:
        shutil.rmtree(temporary)
        yield running


@pytest.mark.parametrize("kind", UPLOADS)
def test_upload_is_refused_kindly_and_nothing_is_written(site: Site, kind: str):
    method, content_type, body, expected = UPLOADS[kind]
    before = written(Path(site.environment["DATA_DIR"]))

    answer = sent(site, method, content_type, body)

    assert answer.status == expected
    # No form of a browser puts; what does gets no page.
    assert method == "PUT" or "Leave this site" in answer.body
    assert expected != 415 or "send the picture to anyone" in answer.body
    assert "iVBORw0" not in answer.body
    assert AS_TEXT[:60] not in answer.body
    assert written(Path(site.environment["DATA_DIR"])) == before


def sent(site: Site, method: str, content_type: str, body: object) -> Sent:
    content = BODIES[body]() if isinstance(body, str) else body
    return ask(site.address, method, "/report/", content, **{"Content-Type": content_type})
