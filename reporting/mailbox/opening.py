"""From a reference and a code to the mailbox, by the same work whether there is one or not."""

import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import QuerySet

from reporting.codes import SALT_BYTES, mailbox_key, parse_code
from reporting.lookup import lookup_of
from reporting.mailbox.database import Unavailable, asking_database
from reporting.models import Mailbox
from reporting.sealing import CannotOpen, unlock

# References are not unique. That five reports of 10,000 share one has a chance of 1 in 10^24, and
# who wanted to make some that match would have to send 2^35 reports for each (journey.py).
TRIED = 4

PATIENCE_SECONDS = 5.0
_TURN = threading.Lock()  # of this process

logger = logging.getLogger(__name__)


@dataclass(frozen=True, repr=False)
class Opened:
    """A mailbox and its private key. It has no repr: the key belongs in no log."""

    mailbox: Mailbox
    private: bytes


def open_mailbox(reference: str, code: str) -> Opened | None:
    """The mailbox that these open, however they were typed; None where there is none.

    BadReference and BadCode say what is wrong with what was typed. Where both are well formed,
    this makes as many Argon2id computations whatever is found, and tries all even after one fits.
    Unavailable where the database does not answer, or what it holds is damaged.
    """
    lookup = lookup_of(reference)
    code = parse_code(code)
    with asking_database():
        found = list(_mailboxes(lookup))
    with _one_at_a_time():
        keys = [mailbox_key(code, *_salt_and_verifier(mailbox)) for mailbox in found]
        for _missing in range(TRIED - len(found)):
            mailbox_key(code, *_made_up())
    return next(
        (_opened(mailbox, key) for mailbox, key in zip(found, keys, strict=True) if key), None
    )


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Trying a code takes the processor for some 20 ms: whoever floods this page waits for one
    another, and the other pages go on. Unavailable where it takes too long."""
    if not _TURN.acquire(timeout=PATIENCE_SECONDS):
        raise Unavailable
    try:
        yield
    finally:
        _TURN.release()


def _mailboxes(lookup: str) -> QuerySet[Mailbox]:
    """With no more of the report than the public server may see."""
    return (
        Mailbox.objects.filter(lookup=lookup)
        .select_related("report")
        .only("salt", "verifier", "sealed_key", "report__state", "report__arrived_at")
        .order_by("report__arrived_at", "pk")[:TRIED]
    )


def _salt_and_verifier(mailbox: Mailbox) -> tuple[bytes, bytes]:
    salt, verifier = bytes(mailbox.salt), bytes(mailbox.verifier)
    if len(salt) != SALT_BYTES:
        logger.error("Mailbox: one is damaged")
        return _made_up()
    return salt, verifier


def _made_up() -> tuple[bytes, bytes]:
    """Of no mailbox: no code fits."""
    return secrets.token_bytes(SALT_BYTES), secrets.token_bytes(32)


def _opened(mailbox: Mailbox, key: bytes) -> Opened:
    try:
        return Opened(mailbox, unlock(key, bytes(mailbox.sealed_key), mailbox.report_id.bytes))
    except CannotOpen:
        # The words are right, so that they are wrong must not be said.
        logger.error("Mailbox: one is damaged")
        raise Unavailable from None
