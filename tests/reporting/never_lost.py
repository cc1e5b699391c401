"""Thousands of reports to a real site, while its database and the site itself go down and up.

Reporters press Send again until they are told that it arrived; some press
once more after that. What they were told is then looked for in the database.
"""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import psycopg

from reporting import codes
from reporting.keystore import DEVELOPMENT_OFFICER, DEVELOPMENT_PASSPHRASE, unlock
from reporting.sealing import CannotOpen, PrivateKeys, open_part
from tests.conftest import ROOT, free_port, prepare, site_environment, wait_until_live
from tests.postgresql import Server, running_postgresql
from tests.reporting.sender import Fields, Sent, journey_of, send

REPORTERS_AT_ONCE = 4
SECONDS_BETWEEN_FAULTS = (0.3, 2.0)
FEWEST_FAULTS = 3  # however quick the machine is
BATCH = 20
SECONDS_OF_A_FAULT = (0.2, 3.0)
PATIENCE_SECONDS = 120

T = TypeVar("T")


@dataclass
class Findings:
    """``lost``, ``doubled``, ``unlike`` and ``unreadable`` must be 0."""

    reports: int = 0
    presses: int = 0  # of Send, those that failed included
    told_to_try_again: int = 0  # with a page that kept the words
    database_crashes: int = 0
    site_kills: int = 0
    lost: int = 0
    doubled: int = 0
    unlike: int = 0  # pressed again, and told something else
    unreadable: int = 0
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        return self.database_crashes + self.site_kills


class RestartedSite:
    """gunicorn on one port, which can be killed and started again."""

    def __init__(self, data_dir: Path, database_url: str) -> None:
        self.data_dir = data_dir
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.environment = site_environment(
            data_dir, port, WEB_CONCURRENCY="2", DATABASE_URL=database_url
        )

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn"),
                *("--config", "deploy/gunicorn.conf.py", "sextortion_site.wsgi"),
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until_live(self.process, f"{self.address}/health/live")

    def kill(self) -> None:
        """kill -9, the workers too."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class Reporters:
    """Send reports, and remember what they were told."""

    address: str
    seed: int
    findings: Findings
    told: dict[int, Sent] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def report(self, number: int) -> None:
        """Presses until told that it arrived; one in five presses once more."""
        dice = random.Random(f"{self.seed} {number}")  # noqa: S311 - a story, not a secret
        fields: Fields = {
            "journey": self._until_answered(lambda: journey_of(self.address)),
            "danger": dice.choice(["no", "danger", "not_sure"]),
            "who": dice.choice(["me", "child", "other"]),
            "story": f"Report {number} " + "\U0001f600\u202e" * dice.randrange(400),
        }
        sent = self._press(fields)
        again = self._press(fields) if dice.random() < 0.2 else sent
        with self.lock:
            self.told[number] = sent
            self.findings.unlike += (sent.reference, sent.code) != (again.reference, again.code)

    def _press(self, fields: Fields) -> Sent:
        def once() -> Sent:
            with self.lock:
                self.findings.presses += 1
            sent = send(self.address, fields)
            if sent.reference:
                return sent
            assert sent.status >= 500, f"an answer of {sent.status}"
            if sent.status == 503 and str(fields["story"]) in sent.body:
                with self.lock:
                    self.findings.told_to_try_again += 1
            raise ConnectionError

        return self._until_answered(once)

    def _until_answered(self, act: Callable[[], T]) -> T:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return act()
            except (OSError, http.client.HTTPException, AssertionError):
                assert time.monotonic() < deadline, "no answer for too long"
                time.sleep(0.1)  # as somebody who presses again


@contextmanager
def faults(site: RestartedSite, database: Server, seed: int, found: Findings) -> Iterator[None]:
    """Takes the database or the site down, again and again, until the block ends."""
    is_over = threading.Event()
    dice = random.Random(seed)  # noqa: S311 - which fault comes when

    def go_on() -> None:
        while not is_over.wait(dice.uniform(*SECONDS_BETWEEN_FAULTS)):
            crash, kill = dice.choice([(True, False), (True, False), (False, True), (True, True)])
            if crash:
                database.stop("immediate")
                found.database_crashes += 1
            if kill:
                site.kill()
                site.start()
                found.site_kills += 1
            is_over.wait(dice.uniform(*SECONDS_OF_A_FAULT))
            if crash:
                database.start()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def look_for(told: dict[int, Sent], database_url: str, keys: PrivateKeys, found: Findings) -> None:
    """Opens all that is stored, and compares it with what the reporters were told."""
    stored: Counter[str] = Counter()
    numbers: Counter[int] = Counter()
    mailboxes: dict[str, tuple[bytes, bytes]] = {}
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "SELECT id, envelope, salt, verifier FROM reporting_report"
            " JOIN reporting_mailbox ON report_id = id"
        )
        for report_id, envelope, salt, verifier in rows:
            try:
                triage = json.loads(open_part(envelope, report_id.bytes, "triage", keys))
                body = json.loads(open_part(envelope, report_id.bytes, "body", keys))
            except CannotOpen:
                found.unreadable += 1
                continue
            stored[triage["reference"]] += 1
            numbers[int(body["story"].split()[1])] += 1
            mailboxes[triage["reference"]] = (salt, verifier)
    for number, sent in told.items():
        found.lost += sent.reference not in stored or number not in numbers
        found.doubled += stored[sent.reference] > 1 or numbers[number] > 1
        key = sent.reference in mailboxes and codes.mailbox_key(
            sent.code, *mailboxes[sent.reference]
        )
        found.unreadable += not key


def run(reports: int, seed: int) -> Findings:
    """At least so many reports, in a folder and a database of their own."""
    found = Findings()
    with tempfile.TemporaryDirectory() as place, running_postgresql() as database:
        url = database.new_database()
        prepare(Path(place) / "data", DATABASE_URL=url)
        site = RestartedSite(Path(place) / "data", url)
        site.start()
        reporters = Reporters(site.address, seed, found)
        began = time.monotonic()
        try:
            with (
                faults(site, database, seed, found),
                ThreadPoolExecutor(REPORTERS_AT_ONCE) as pool,
            ):
                while len(reporters.told) < reports or found.faults < FEWEST_FAULTS:
                    first = len(reporters.told)
                    list(pool.map(reporters.report, range(first, first + BATCH)))
            wait_until_drained(site)
        finally:
            site.kill()
        found.seconds = round(time.monotonic() - began, 1)
        keys = site.data_dir / "keys" / "reporting"
        officer = unlock(keys, DEVELOPMENT_OFFICER, DEVELOPMENT_PASSPHRASE)
        look_for(reporters.told, url, officer, found)
        found.reports = len(reporters.told)
    return found


def wait_until_drained(site: RestartedSite) -> None:
    """The site stores by itself what waits in the spool; what nobody was told of stays aside."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(len(path.name) == 32 for path in (site.data_dir / "spool").iterdir()):
        assert time.monotonic() < deadline, "the spool is not drained"
        time.sleep(0.1)
