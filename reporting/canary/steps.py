"""The order of the steps, how long each took, and what becomes of the test report."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reporting.canary.database import MayNot, delete, stored, wait_until_stored
from reporting.canary.failures import StepFailed
from reporting.canary.mailbox import open_mailbox
from reporting.canary.opening import Officer, compare
from reporting.canary.sending import FilledForm, fill_in, send
from reporting.canary.site import Site

Tell = Callable[[str], object]

SAYS_SO = "Its words say that it is a test."


def send_only(site: Site, tell: Tell) -> None:
    """As far as the confirmation. The report stays. Raises StepFailed, which names the step."""
    with _step("form", tell):
        report = fill_in(site)
    with _step("send", tell):
        send(site, report)
    tell(f"The test report {report.known.reference} stays. {SAYS_SO}")


def run(site: Site, officer: Officer, patience: float, tell: Tell) -> None:
    """All of it. ``patience``: how long the report may take into the database, in seconds.

    Whatever fails once it is sent, the report is deleted where that can be, and what became of it
    is told. Raises StepFailed, which names the step.
    """
    # First, so that a wrong passphrase leaves no report behind.
    with _step("keys", tell):
        keys = officer.unlock()
    with _step("form", tell):
        report = fill_in(site)
    try:
        with _step("send", tell):
            send(site, report)
        with _step("database", tell):
            wait_until_stored(report.known.report_id, patience)
        with _step("open", tell):
            compare(*stored(report.known.report_id), report, keys)
        with _step("mailbox", tell):
            open_mailbox(site, report.known)
    except StepFailed:
        _clear_away(report, tell)
        raise
    with _step("delete", tell):
        _delete(report, tell)


def _delete(report: FilledForm, tell: Tell) -> None:
    try:
        was_there = delete(report.known.report_id)
    except MayNot:
        tell(
            f"The test report {report.known.reference} stays: this database role may not delete."
            f" {SAYS_SO}"
        )
        return
    if not was_there:
        raise StepFailed(f"It is not in the database. Should it come later: {SAYS_SO}")


def _clear_away(report: FilledForm, tell: Tell) -> None:
    try:
        _delete(report, tell)
    except StepFailed as error:
        tell(f"The test report {report.known.reference} was not deleted. {error}")


@contextmanager
def _step(name: str, tell: Tell) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    except StepFailed as error:
        seconds = time.perf_counter() - started
        raise StepFailed(f"The step {name} failed after {seconds:.2f} s. {error}") from None
    tell(f"{name}: {time.perf_counter() - started:.2f} s")
