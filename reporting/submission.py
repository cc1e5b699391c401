"""Taking a report in: seal, spool, database, and only then a receipt.

Nobody is told that a report has arrived before it is on the disk. docs/reporting.md says what
becomes of it when anything in between fails.
"""

import hashlib
import json
import logging
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from reporting import codes, outage, recipients, spool
from reporting.journey import Journey
from reporting.keystore import KeyStoreError
from reporting.lookup import lookup_of
from reporting.questions import Answers, parts
from reporting.record import Record
from reporting.sealing import lock, new_private, public_of, seal
from reporting.triage import Severity, Triage, triage

logger = logging.getLogger(__name__)


class NotStored(Exception):
    """The report is nowhere. Whoever sent it has to be told, and keeps their words."""


@dataclass(frozen=True, repr=False)
class Receipt:
    """What the reporter is given. It has no repr: the code belongs in no log."""

    reference: str
    code: str
    severity: Severity


def submit(answers: Answers, journey: Journey, is_unchecked: bool = False) -> Receipt:
    """Takes the answers in, durably; the same journey and answers once, with the same receipt.

    Raises NotStored where there is nothing to seal to, or neither spool nor database takes it.
    """
    known = codes.derive(journey.secret(answers))
    verdict = triage(answers)
    try:
        record = _sealed(answers, known, verdict, is_unchecked)
    except KeyStoreError:
        raise NotStored from None  # recipients has told the log
    _keep(record)
    return Receipt(known.reference, known.code, verdict.severity)


def _sealed(answers: Answers, known: codes.Derived, verdict: Triage, is_unchecked: bool) -> Record:
    split = parts(answers)
    private = new_private()
    public = public_of(private)
    # The mailbox's key is named under the seal: a key that was put in its place is seen.
    known_as = {"reference": known.reference, "mailbox_key": fingerprint(public)}
    envelope = seal(
        known.report_id,
        {
            "triage": _bytes({**known_as, **verdict.as_data()}),
            "body": _bytes(split["body"]),
            "identity": _bytes(split["identity"]),
        },
        recipients.current(),
    )
    salt = secrets.token_bytes(codes.SALT_BYTES)
    verifier, mailbox_key = codes.mailbox_secret(known.code, salt)
    return Record(
        report_id=known.report_id,
        is_unchecked=is_unchecked,
        envelope=envelope,
        lookup=lookup_of(known.reference),
        salt=salt,
        verifier=verifier,
        public_key=public,
        sealed_key=lock(mailbox_key, private, known.report_id),
    )


def fingerprint(public_key: bytes) -> str:
    """By what the sealed part names a mailbox's public key: 32 hex digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:32]


def _bytes(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() if data else b""


def _keep(record: Record) -> None:
    """Into the spool, and on into the database where that answers; at least into one."""
    folder, name = settings.REPORT_SPOOL_DIR, record.report_id.hex()
    if record.is_unchecked and _is_nearly_full(folder):
        logger.error("Reports: little room is left, so an unchecked one was not taken")
        raise NotStored
    is_spooled = True
    try:
        spool.append(folder, name, record.packed())
    except spool.DifferentContent:
        return  # a second press, while the first still waits in the spool
    except spool.SpoolError as error:
        logger.error("Reports: one could not be spooled: %s", error)
        is_spooled = False
    if is_spooled and outage.is_on():
        return
    try:
        record.store()
    except (DatabaseError, InterfaceError) as error:
        outage.begin()
        logger.error("Reports: one could not be stored: %s", type(error).__name__)
        if not is_spooled:
            raise NotStored from None
        return
    if is_spooled:
        # What stays in the spool is stored once more, which changes nothing.
        with suppress(spool.SpoolError):
            spool.remove(folder, name)


def _is_nearly_full(folder: Path) -> bool:
    """Whether so little room is left that it is kept for reports that no machine has made."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False  # the spool itself will say what is wrong
    return disk.f_bavail * disk.f_frsize < settings.REPORT_SPOOL_RESERVE
