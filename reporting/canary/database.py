"""The test report in the database: waiting for it, reading it, deleting it."""

import time
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, ProgrammingError
from django.db.models import QuerySet

from reporting.canary.failures import StepFailed
from reporting.models import Report

EVERY_SECONDS = 0.5  # between two looks

T = TypeVar("T")


class MayNot(StepFailed):
    """The role by which this process comes to the database may not do it."""


def wait_until_stored(report_id: bytes, patience: float) -> None:
    """``patience``: how long it may take, in seconds."""
    end = time.monotonic() + patience
    while not _ask(_rows(report_id).exists):
        left = end - time.monotonic()
        if left <= 0:
            raise StepFailed(
                f"It is not in the database {patience:g} s after it was confirmed. Does it wait in"
                " the spool (drain_reports), or does the site use another database?"
            )
        time.sleep(min(EVERY_SECONDS, left))


def stored(report_id: bytes) -> tuple[bytes, bytes]:
    """The envelope and the mailbox's public key, as the database holds them."""
    found = _ask(_rows(report_id).values_list("envelope", "mailbox__public_key").first)
    if found is None:
        raise StepFailed("It is no longer in the database.")
    envelope, public_key = found
    return bytes(envelope), bytes(public_key or b"")


def delete(report_id: bytes) -> bool:
    """Whether it was there. MayNot where this process may not delete reports."""
    count, _kinds = _ask(_rows(report_id).delete)
    return count > 0


def _rows(report_id: bytes) -> QuerySet[Report]:
    return Report.objects.filter(pk=UUID(bytes=report_id))


def _ask(question: Callable[[], T]) -> T:
    try:
        return question()
    except ProgrammingError:
        raise MayNot("This database role may not do that; the role for staff may.") from None
    except DatabaseError as error:
        raise StepFailed(f"The database does not answer ({type(error).__name__}).") from None
