"""One site in one engine, and what one whole visit to it leaves behind."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.browser import left
from tests.browser.engines.engine import Engine
from tests.browser.engines.start import started
from tests.browser.neutral_site import NeutralSite
from tests.browser.patience import eventually
from tests.browser.peers.subject import Subject
from tests.browser.traces import Row, files_that_hold, history_rows

TYPED = "zebrafinchwords"
LOOK_SECONDS = 0.01
NEVER = 3.0  # seconds after which what has not happened is taken not to happen


@dataclass(frozen=True)
class Walked:
    """What Back and Forward show after a visit."""

    pages: int  # that the visit read
    shown: list[str]
    entries: list[str] | None  # None where the engine does not tell


@dataclass(frozen=True)
class Kept:
    """What lies on the disk after a visit, the browser closed."""

    rows: list[Row]
    words: dict[str, list[str]]  # read or typed, and the files that hold them
    sought: int  # how many words were looked for


@dataclass(frozen=True)
class Trial:
    engine_name: str
    subject: Subject
    destination: NeutralSite
    display: str

    @contextmanager
    def browser(self, *, window: bool = False) -> Iterator[Engine]:
        """A browser with a fresh profile, and a destination that has forgotten its readers."""
        self.destination.reset()
        display = self.display if window or self.engine_name == "webkit" else None
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
            started(self.engine_name, Path(profile), display) as engine,
        ):
            yield engine
        self.destination.reset()

    def wait_for_request(self) -> float:
        """The moment at which the destination was first asked for."""
        return eventually(lambda: self.destination.arrivals, "a request to the destination")[0]

    @cached_property
    def walked(self) -> Walked:
        address = self.subject.address
        with self.browser() as engine:
            headings = self._visit_and_leave(engine)
            entries = left.entries_of_the_site(engine, address)
            shown = left.shown_by_back_and_forward(engine, address, self.destination)
        return Walked(len(headings), shown, None if self.engine_name == "webkit" else entries)

    @cached_property
    def kept(self) -> Kept:
        """Of a visit of its own: walking back and forth would write rows too."""
        with self.browser() as engine:
            words = {*self._visit_and_leave(engine), TYPED}
            engine.close()
            rows = history_rows(engine.profile, self.subject.address)
            return Kept(rows, files_that_hold(engine.profile, words), len(words))

    def _visit_and_leave(self, engine: Engine) -> list[str]:
        """The headings of what was read, from somewhere else to the destination."""
        subject = self.subject
        engine.goto(self.destination.outside(subject.address + subject.read[0]))
        headings = [subject.follow_from_outside(engine)]
        headings += [subject.follow(engine, path) for path in (*subject.read[1:], subject.form)]
        headings.append(subject.send_form(engine, TYPED))
        subject.leave_by_key(engine)
        left.wait_until_elsewhere(engine, self.destination)
        return headings


def seconds_until(holds: Callable[[], bool], limit: float) -> float | None:
    """How long it took; None where it did not come about within the limit."""
    begun = time.monotonic()
    while time.monotonic() - begun < limit:
        if holds():
            return time.monotonic() - begun
        time.sleep(LOOK_SECONDS)
    return None
