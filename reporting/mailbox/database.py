"""The database, which a mailbox cannot do without."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, OperationalError

from reporting import outage

logger = logging.getLogger(__name__)


class Unavailable(Exception):
    """The mailbox cannot be looked into, or written to, at the moment. Whoever asked has to be
    told, and keeps their words."""


@contextmanager
def asking_database() -> Iterator[None]:
    """What fails in here raises Unavailable. Where the database was found not to answer a moment
    ago, nothing is asked: readers do not all wait for it one by one."""
    if outage.is_on():
        raise Unavailable
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        outage.begin()
        logger.error("Mailbox: the database does not answer: %s", type(error).__name__)
        raise Unavailable from None
    except DatabaseError as error:
        logger.error("Mailbox: not stored: %s", type(error).__name__)
        raise Unavailable from None
