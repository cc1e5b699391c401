"""script/server as a newcomer runs it, and what it must not write down."""

import os
import re
import signal
import sqlite3
import stat
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT, START_SECONDS, free_port, manage, site_environment, wait_until_live


@contextmanager
def launched(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """script/server with these settings, on its way."""
    with log.open("ab") as output:
        server = subprocess.Popen(
            ["script/server"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield server
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=START_SECONDS)


@contextmanager
def started(environment: dict[str, str], log: Path) -> Iterator[str]:
    """script/server with these settings, serving; its address."""
    address = f"http://127.0.0.1:{environment['PORT']}"
    with launched(environment, log) as server:
        wait_until_live(server, f"{address}/health/live")
        yield address


def get(url: str, **headers: str) -> str:
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.read().decode()


def test_one_command_serves_the_whole_campaign_and_a_second_start_keeps_the_data(tmp_path: Path):
    environment = site_environment(tmp_path / "data", free_port(), WEB_CONCURRENCY="1")
    log = tmp_path / "log"

    with started(environment, log) as address:
        assert "You are not alone" in get(f"{address}/")
        assert get(f"{address}/health/ready") == "ready\n"
    rename = """
from campaign.models import Page
from campaign.publishing.publications import publish
home = Page.objects.get(slug="")
home.title = "Kept"
home.save()
publish(home, None)
"""
    assert manage(environment, "shell", "--no-imports", "-c", rename).returncode == 0
    with started(environment, log) as address:
        assert "<h1>Kept</h1>" in get(f"{address}/")

    assert log.read_text().count("Report keys for DEVELOPMENT ONLY were made") == 1
    assert "WARNINGS" not in log.read_text()
    assert stat.S_IMODE((tmp_path / "data" / "spool").stat().st_mode) == 0o700
    assert "Loaded 24 pages." in log.read_text()
    assert "nothing was changed" in log.read_text()
    assert f"The site is at http://127.0.0.1:{environment['PORT']}/" in log.read_text()


def test_process_for_readers_neither_migrates_nor_loads_nor_makes_keys(tmp_path: Path):
    environment = site_environment(
        tmp_path / "data", free_port(), WEB_CONCURRENCY="1", SITE_ROLE="public"
    )
    log = tmp_path / "log"

    with started(environment, log) as address, pytest.raises(urllib.error.HTTPError) as caught:
        get(f"{address}/health/ready")

    assert caught.value.read() == b"database: not migrated\n"
    assert "Loaded" not in log.read_text()
    assert not (tmp_path / "data" / "keys" / "reporting").exists()
    assert f"The site is at {address}/\n" in log.read_text()


def test_process_for_staff_says_where_its_pages_are(tmp_path: Path):
    environment = site_environment(
        tmp_path / "data", free_port(), WEB_CONCURRENCY="1", SITE_ROLE="staff"
    )
    log = tmp_path / "log"

    with started(environment, log) as address:
        assert get(f"{address}/health/ready") == "ready\n"

    assert f"The staff pages are at {address}/staff/\n" in log.read_text()
    assert "The site is at" not in log.read_text()


def test_two_first_starts_at_once_both_serve(tmp_path: Path):
    first = site_environment(tmp_path / "data", free_port(), WEB_CONCURRENCY="1")
    second = first | {"PORT": str(free_port())}
    log = tmp_path / "log"

    with launched(first, log) as one, launched(second, log) as other:
        for environment, server in ((first, one), (second, other)):
            address = f"http://127.0.0.1:{environment['PORT']}"
            wait_until_live(server, f"{address}/health/live")
            assert "You are not alone" in get(f"{address}/")

    assert log.read_text().count("Loaded 24 pages.") == 1


def test_what_the_site_writes_is_for_its_own_account_alone(tmp_path: Path):
    environment = site_environment(tmp_path / "data", free_port(), WEB_CONCURRENCY="1")

    with started(environment, tmp_path / "log"):
        database = tmp_path / "data" / "site.sqlite3"
        assert database.stat().st_mode & 0o077 == 0


def test_nothing_of_a_reader_is_written_down(tmp_path: Path):
    environment = site_environment(tmp_path / "data", free_port(), WEB_CONCURRENCY="1")
    log = tmp_path / "log"
    marker = "Marker-7b1e"

    with started(environment, log) as address:
        get(f"{address}/help-now/?q={marker}", **{"User-Agent": marker, "X-Forwarded-For": marker})
        with pytest.raises(urllib.error.HTTPError):
            get(f"{address}/{marker}/", Referer=f"https://example.org/{marker}")
        # A fault on our side, while a reader sends words.
        with sqlite3.connect(tmp_path / "data" / "site.sqlite3") as database:
            database.execute("DROP TABLE campaign_feedback")
        form = urllib.parse.urlencode({"message": marker}).encode()
        with pytest.raises(urllib.error.HTTPError, match="500"):
            urllib.request.urlopen(f"{address}/feedback/", form, timeout=10)
        # A client that talks nonsense is what gunicorn would warn of, naming its address.
        with pytest.raises(urllib.error.HTTPError):
            get(f"{address}/", Host="[nonsense", Cookie=marker)

    written = [
        path for path in tmp_path.rglob("*") if path.is_file() and "static" not in path.parts
    ]
    text = b"".join(path.read_bytes() for path in written).decode(errors="replace")
    own_address = f"http://127.0.0.1:{environment['PORT']}/"
    assert log in written
    assert "Internal Server Error: /feedback/" in text
    assert own_address in text
    assert marker not in text
    assert "nonsense" not in text
    assert re.findall(r"\b127\.0\.0\.1\b", text.replace(own_address, "")) == []


def test_bad_request_of_anybody_writes_nothing(tmp_path: Path):
    environment = site_environment(tmp_path / "data", free_port(), WEB_CONCURRENCY="1")
    log = tmp_path / "log"
    many = urllib.parse.urlencode([("a", number) for number in range(1001)]).encode()
    bad: list[tuple[str, bytes | None, dict[str, str]]] = [
        ("/report/", many, {}),
        ("/report/code/", many, {}),
        ("/feedback/", many, {}),
        ("/cookies/", many, {}),
        ("/report/", b"a=" + b"b" * 1_500_000, {}),
        ("/", None, {"Host": "elsewhere.example"}),
        ("/staff/login/", b"username=a", {}),  # without a token
        ("/report/", b"a=b", {"Sec-Fetch-Site": "cross-site"}),
        ("/%00/../../etc/passwd", None, {}),
    ]

    with started(environment, log) as address:
        before = log.read_text()
        statuses = [refused(address + path, body, headers) for path, body, headers in bad]

    assert statuses == [400, 400, 400, 400, 413, 400, 403, 403, 404]
    assert log.read_text() == before


def refused(url: str, body: bytes | None, headers: dict[str, str]) -> int:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=10)
    caught.value.close()
    return caught.value.code


def test_wrong_port_stops_the_start_and_names_itself(tmp_path: Path):
    environment = site_environment(tmp_path / "data", free_port()) | {"PORT": "eighty"}

    done = subprocess.run(
        ["script/server"], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert done.returncode != 0
    assert "PORT: 'eighty' is not a whole number from 1 to 65535" in done.stderr
