"""What reporters write is nowhere to be found: not in a table, a log, a cache or a file.

Every field, address and header that they send has a marker in it. Afterwards all that was written
anywhere is searched, for the markers as text and in the forms in which text hides.
"""

import base64
import http.client
import os
import secrets
import sqlite3
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from reporting.keystore import write_new
from reporting.questions import QUESTIONS, Kind, control_names
from reporting.sealing import Purpose, sign_manifest
from tests.browser.https_front import running_https_front
from tests.conftest import free_port, manage, prepare, running_site
from tests.postgresql import Server, programs, running_postgresql
from tests.reporting.key_sets import KEYS, MANIFEST
from tests.reporting.sender import CODE, FORM, JOURNEY, REFERENCE

# How many by each database; REPORTS in the environment is for both.
REPORTS = {
    name: int(os.environ.get("REPORTS", number))
    for name, number in (("postgresql", "200"), ("sqlite", "50"))
}
WITHOUT_DATABASE = 10  # more, while PostgreSQL is down
READER = "127.0.0.77"  # nobody else on this machine has this address
IN_THE_OPEN = "Feedback is kept as it is typed"

COUNT = "SELECT count(*) FROM reporting_report"

# Every marker of a run begins so, and nobody else writes it.
SIGN = f"Mk{secrets.token_hex(5)}"

# Opens every branch, so that every line of text belongs to the report.
CHOSEN = {
    "length": "full",
    "danger": "no",
    "who": "pupil",
    "shared": "yes",
    "paid": "money",
    "area": "here",
    "reply": "someone_else",
}


def marker() -> str:
    return SIGN + secrets.token_hex(5)


def every_field() -> dict[str, str]:
    """A report with a marker in every line of text."""
    fields = dict(CHOSEN)
    for question in QUESTIONS:
        if question.kind == Kind.GROUP:
            fields |= {
                name: marker() for name in control_names(question) if not name.endswith("-app")
            }
        elif question.kind in {Kind.SHORT, Kind.LONG, Kind.DATE}:
            fields[question.key] = marker()
    return fields


@dataclass
class Reporter:
    """Somebody who comes through the proxy, with a marker in every header that tells of them."""

    url: str
    confirmed: list[tuple[str, str]] = field(default_factory=list)  # reference and code

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = FORM, **headers: str
    ) -> tuple[int, str]:
        address = urlsplit(self.url)
        told = {name: marker() for name in ("User-Agent", "X-Forwarded-For", "From", "Cookie")}
        told |= {"Host": address.netloc, "Content-Type": kind, **headers}
        context = ssl._create_unverified_context()  # noqa: S323 - a certificate of this test
        connection = http.client.HTTPSConnection(
            "127.0.0.1", address.port or 0, context=context, source_address=(READER, 0)
        )
        try:
            connection.request(method, f"{path}?q={marker()}", body, told)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def post(self, path: str, fields: dict[str, str], **headers: str) -> tuple[int, str]:
        return self.ask("POST", path, urlencode(fields).encode(), **headers)

    def journey(self) -> dict[str, str]:
        found = JOURNEY.search(self.ask("GET", "/report/")[1])
        assert found
        return {"journey": found[1]}

    def report(self) -> None:
        status, page = self.post("/report/", self.journey() | every_field())
        assert status == 200
        reference, code = REFERENCE.search(page), CODE.search(page)
        assert reference
        assert code
        self.confirmed.append((reference[0], code[1]))

    def go_wrong(self) -> list[int]:
        """Everything that is refused; the statuses."""
        fields = every_field()
        part = f'--x\r\nContent-Disposition: form-data; name="f"; filename="{marker()}.jpg"\r\n\r\n'
        upload = f"{part}{marker() * 9000}\r\n--x--\r\n".encode()
        reference, _code = self.confirmed[0]
        keys = {"reference": reference, "code": "apple " * 6}
        return [
            status
            for status, _page in (
                self.post("/report/", fields | {"danger": marker()}),
                self.post("/report/", fields | {"story": marker() * 1000}),
                self.post("/report/", fields | {"story": marker() * 9000}),
                self.post("/report/", fields, **{"Sec-Fetch-Site": "cross-site"}),
                self.ask("POST", "/report/", upload, "multipart/form-data; boundary=x"),
                self.ask("PUT", "/report/", upload, "image/jpeg"),
                self.ask("POST", "/report/", b"%ff%00" + SIGN.encode(), FORM),
                self.post("/report/code/", {"reference": marker(), "code": marker()}),
                self.post("/report/code/", keys | {"act": "write", "message": marker()}),
                self.post(f"/{marker()}/", fields),
            )
        ]

    def write(self) -> None:
        """A message in the mailbox of a report."""
        reference, code = self.confirmed[-1]
        keys = {"reference": reference, "code": code}
        fields = keys | self.journey() | {"act": "write", "message": marker()}
        status, page = self.post("/report/code/", fields)
        assert status == 200
        assert fields["message"] in page


def as_text_hides(word: str) -> Iterator[bytes]:
    """A word as it is, in hexadecimal, in UTF-16, and in base64 wherever it begins."""
    plain = word.encode()
    yield plain
    yield plain.hex().encode()
    yield word.encode("utf-16-le")
    for skipped in range(3):
        # Groups of three bytes alone: those at the ends depend on what stands beside them.
        whole = plain[skipped : skipped + (len(plain) - skipped) // 3 * 3]
        yield base64.b64encode(whole)


def written(*places: Path) -> dict[str, bytes]:
    """Every file in these folders, and once more each piece of PostgreSQL's journal in one run."""
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    found = {str(path): path.read_bytes() for path in files if "static" not in path.parts}
    journals = {name: data for name, data in found.items() if "/pg_wal/" in name}
    return found | {f"{name} in one run": unpaged(data) for name, data in journals.items()}


def unpaged(journal: bytes) -> bytes:
    """A piece of the write-ahead log without the headers of its pages.

    A header may stand in the middle of a word: records go on from page to page.
    https://doxygen.postgresql.org/xlog__internal_8h_source.html
    """
    page, header, first_header = 8192, 24, 40  # bytes
    rest = range(page, len(journal), page)
    return journal[first_header:page] + b"".join(
        journal[start + header : start + page] for start in rest
    )


def holding(word: str, files: dict[str, bytes]) -> set[str]:
    """The names of the files in which a word is found in any form."""
    forms = list(as_text_hides(word))
    return {name for name, data in files.items() if any(form in data for form in forms)}


@dataclass
class OnPostgresql:
    """``journal`` is in the names of the files to which the database writes first, ``kept`` is
    what it keeps in the end."""

    server: Server
    url: str
    journal = "pg_wal"
    kept = "dump"

    @property
    def settings(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url}

    @property
    def folders(self) -> list[Path]:
        return [self.server.folder]

    @contextmanager
    def watched(self) -> Iterator[None]:
        yield

    def while_down(self, reporter: Reporter, *places: Path) -> dict[str, bytes]:
        """What is written anywhere while reports wait for the database."""
        self.server.stop()
        for _ in range(WITHOUT_DATABASE):
            reporter.report()
        reporter.go_wrong()
        files = written(*places, self.server.folder)
        self.server.start()
        assert any("spool" in name for name in files)
        return files

    def stored(self) -> int:
        with psycopg.connect(self.url) as connection:
            connection.execute("CHECKPOINT")
            (number,) = connection.execute(COUNT).fetchone() or (0,)
        return number

    def dump(self) -> dict[str, bytes]:
        line = [programs() / "pg_dump", self.url]
        return {self.kept: subprocess.run(line, check=True, capture_output=True).stdout}


@dataclass
class OnSqlite:
    """It cannot be down while the site is up: it is a file of the site's own."""

    file: Path
    journal = "-wal"
    kept = "site.sqlite3"
    settings: dict[str, str] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Somebody reads meanwhile, so that the journal keeps all that was ever written to it."""
        with closing(sqlite3.connect(self.file)) as reading:
            reading.execute("BEGIN")
            reading.execute(COUNT)
            yield

    def while_down(self, reporter: Reporter, *places: Path) -> dict[str, bytes]:
        return {}

    def stored(self) -> int:
        with closing(sqlite3.connect(self.file)) as connection:
            (number,) = connection.execute(COUNT).fetchone()
        return number

    def dump(self) -> dict[str, bytes]:
        return {}


@contextmanager
def on_postgresql(data: Path) -> Iterator[OnPostgresql]:
    with running_postgresql() as server:
        yield OnPostgresql(server, server.new_database())


@contextmanager
def on_sqlite(data: Path) -> Iterator[OnSqlite]:
    yield OnSqlite(data / "site.sqlite3")


@pytest.mark.parametrize(
    ("kind", "running_database"),
    [
        pytest.param(
            "postgresql",
            on_postgresql,
            marks=[pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")],
        ),
        # nginx comes with the browsers.
        pytest.param("sqlite", on_sqlite, marks=pytest.mark.browser),
    ],
)
def test_no_word_of_a_reporter_is_written_anywhere(
    tmp_path: Path,
    kind: str,
    running_database: Callable[[Path], AbstractContextManager[OnPostgresql | OnSqlite]],
):
    data, temporary, front = places = [tmp_path / name for name in ("data", "temporary", "front")]
    temporary.mkdir()
    front.mkdir()
    url, log = f"https://site.localhost:{free_port()}", tmp_path / "log"
    with running_database(data) as database:
        settings = {**database.settings, "SITE_URL": url, "TMPDIR": str(temporary)}
        real_keys(data)
        prepare(data, **settings)
        with (
            running_site(data, log=log, **settings) as site,
            running_https_front(front, url, site.address),
            database.watched(),
        ):
            reporter = Reporter(url)
            reporter.post("/feedback/", {"message": IN_THE_OPEN})
            for _ in range(REPORTS[kind]):
                reporter.report()
            statuses = [reporter.go_wrong() for _ in range(3)][-1]
            for _ in range(3):
                reporter.write()
            while_down = database.while_down(reporter, *places)
            drained = manage(site.environment, "drain_reports")
            meanwhile = written(*places, *database.folders)
        stored = database.stored()
        files = written(*places, *database.folders) | database.dump() | {"log": log.read_bytes()}

    assert drained.returncode == 0
    assert stored == len(reporter.confirmed) >= REPORTS[kind]
    assert statuses == [422, 422, 413, 403, 415, 405, 422, 422, 422, 405]
    # What is kept in the open is found, in the tables and in the journal.
    assert any(name.endswith(database.kept) for name in holding(IN_THE_OPEN, files))
    assert any(database.journal in name for name in holding(IN_THE_OPEN, meanwhile))
    for found in (while_down, meanwhile, files):
        assert holding(SIGN, found) == set()
        assert holding(READER, found) == set()
    for reference, code in reporter.confirmed[:: len(reporter.confirmed) // 10]:
        assert holding(reference, files | meanwhile) == holding(code, files | meanwhile) == set()


def real_keys(data: Path) -> None:
    """As a force makes them: https is given none for development."""
    folder = data / "keys" / "reporting"
    folder.mkdir(parents=True, mode=0o700)
    signer = KEYS[Purpose.SIGNING]
    write_new(folder / "manifest.pub", signer.public.hex().encode())
    write_new(folder / "manifest-0001.json", sign_manifest(MANIFEST, signer))
