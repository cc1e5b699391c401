"""From the spool into the database: what was accepted while that did not answer.

Each process that takes reports in drains by itself, in a thread of its own; so does the command
``drain_reports``. Any number of them may run at once: a report is stored once, by its id.
"""

import logging
import threading
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connections

from reporting import outage, spool
from reporting.record import unpacked
from reporting.sealing import CannotOpen

EVERY_SECONDS = 5.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Drained:
    """How many reports went into the database, and how many are still in the spool."""

    stored: int
    left: int


def drain() -> Drained:
    """Stores what waits in the spool. One that cannot be stored keeps no other from it; where the
    database does not answer, all wait. Raises SpoolError."""
    folder, stored = settings.REPORT_SPOOL_DIR, 0
    for entry in spool.waiting(folder):
        try:
            is_stored = _store(entry)
        except (OperationalError, InterfaceError):
            outage.begin()
            break
        if is_stored:
            outage.end()
            spool.remove(folder, entry.name)
            stored += 1
    left = sum(bool(spool.NAME.fullmatch(path.name)) for path in folder.iterdir())
    return Drained(stored, left)


def _store(entry: spool.Entry) -> bool:
    """Whether it is in the database now. OperationalError where that does not answer."""
    try:
        unpacked(bytes.fromhex(entry.name), entry.content).store(entry.arrived_at)
    except (OperationalError, InterfaceError):
        raise
    except (ValueError, CannotOpen, DatabaseError) as error:
        logger.error("Reports: one in the spool cannot be stored: %s", type(error).__name__)
        return False
    return True


def keep_draining(stop: threading.Event, every: float = EVERY_SECONDS) -> None:
    """Drains at once, and then every so many seconds until told to stop."""
    while True:
        try:
            drain()
        except Exception as error:  # whatever it is, the next round is to come
            logger.error("Reports: the spool was not drained: %s", type(error).__name__)
        finally:
            # No request ends here, after which Django would do it.
            connections.close_all()
        if stop.wait(every):
            return


def start() -> None:
    """Has this process drain for as long as it lives."""
    thread = threading.Thread(
        target=keep_draining, args=[threading.Event()], name="drain", daemon=True
    )
    thread.start()
