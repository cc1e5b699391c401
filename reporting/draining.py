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


@dataclass
class Drained:
    """How many reports went into the database, and how many are still in the spool."""

    stored: int = 0
    left: int = 0


def drain() -> Drained:
    """Stores what waits in the spool. One that cannot be stored keeps no other from it; where the
    database does not answer, all wait. Raises SpoolError."""
    done = Drained()
    is_answering = True
    for entry in spool.waiting(settings.REPORT_SPOOL_DIR):
        is_stored = False
        if is_answering:
            try:
                is_stored = _store(entry)
            except (OperationalError, InterfaceError):
                is_answering = False
                outage.begin()
        if is_stored:
            outage.end()
            spool.remove(settings.REPORT_SPOOL_DIR, entry.name)
            done.stored += 1
        else:
            done.left += 1
    return done


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
        except spool.SpoolError as error:
            logger.error("Reports: %s", error)
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
