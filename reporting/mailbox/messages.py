"""Messages between a reporter and the officers, each sealed to both.

What is sealed names the report and what kind of message it is, so that a row which was moved to
another mailbox, or turned round, opens on neither side.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from reporting import recipients
from reporting.journey import Journey
from reporting.keystore import KeyStoreError
from reporting.mailbox.database import Unavailable, asking_database
from reporting.mailbox.opening import Opened
from reporting.models import Mailbox, Message
from reporting.questions.text import kept
from reporting.sealing import SIZES, CannotOpen, encrypt_to, opener, pad, public_of, seal, unpad

LONGEST = 4000  # characters; as long as the story in a report

# So that one mailbox stays a small part of the database, and opens at once. Who has written so
# often is better helped by a call.
MOST_FROM_REPORTER = 50

# Those of the envelope for officers, so that the two together tell no more than one.
SIZES_FOR_REPORTER = SIZES["body"]

_CONTEXT = b"sextortion-site mailbox message 1 "
_DIRECTION = {True: b"from reporter", False: b"to reporter  "}


class Kind(StrEnum):
    """What a message is. Stored sealed alone."""

    TEXT = "text"
    DELETION = "deletion"  # asks for the report to be deleted


class Full(Exception):
    """The reporter has sent as many messages as a mailbox takes."""


@dataclass(frozen=True)
class ReadMessage:
    """A message as its reporter reads it. ``kind`` is None where it does not open."""

    is_from_reporter: bool
    sent_at: datetime
    kind: Kind | None
    text: str = field(repr=False)


def read(opened: Opened) -> list[ReadMessage]:
    """All messages, the oldest first. One that is damaged keeps no other from being read.
    Unavailable where the database does not answer."""
    with asking_database():
        messages = list(opened.mailbox.messages.defer("for_team"))
    open_sealed = opener(opened.private)
    return [_read(message, open_sealed) for message in messages]


def write(opened: Opened, text: str, way: Journey) -> None:
    """Stores the reporter's message; the same text on the same way once.

    Raises Full, and Unavailable where it cannot be sealed or stored.
    """
    message_id = _message_id(opened.mailbox, True, Kind.TEXT, text, way)
    with asking_database():
        sent = opened.mailbox.messages.filter(is_from_reporter=True)
        if sent.filter(message_id=message_id).exists():
            return
        if sent.count() >= MOST_FROM_REPORTER:
            raise Full
    _store(opened.mailbox, public_of(opened.private), True, Kind.TEXT, text, message_id)


def ask_for_deletion(opened: Opened, way: Journey) -> None:
    """Tells the officers that the reporter wants the report deleted. Where that was asked for,
    nothing changes; a full mailbox takes it all the same. Raises Unavailable."""
    if any(message.kind == Kind.DELETION for message in read(opened)):
        return
    message_id = _message_id(opened.mailbox, True, Kind.DELETION, "", way)
    _store(opened.mailbox, public_of(opened.private), True, Kind.DELETION, "", message_id)


def reply(mailbox: Mailbox, text: str, way: Journey) -> None:
    """Stores an officer's message for the reporter; the same text on the same way once.

    The text has ``LONGEST`` characters at most: the officers' form sees to that. Raises
    Unavailable where it cannot be sealed or stored, and ValueError where the mailbox's public key
    is damaged.
    """
    text = kept(text)
    message_id = _message_id(mailbox, False, Kind.TEXT, text, way)
    _store(mailbox, bytes(mailbox.public_key), False, Kind.TEXT, text, message_id)


def _message_id(
    mailbox: Mailbox, is_from_reporter: bool, kind: Kind, text: str, way: Journey
) -> UUID:
    """A report of its own, a message of its own: a form's token may have been used before."""
    said = _said(mailbox, kind, text) | {"is_from_reporter": is_from_reporter}
    return UUID(bytes=way.secret(said)[:16])


def _said(mailbox: Mailbox, kind: Kind, text: str) -> dict[str, str]:
    return {"report": mailbox.report_id.hex, "kind": kind, "text": text}


def _store(
    mailbox: Mailbox, public: bytes, is_from_reporter: bool, kind: Kind, text: str, message_id: UUID
) -> None:
    said = json.dumps(_said(mailbox, kind, text), ensure_ascii=False, separators=(",", ":"))
    parts = {"triage": b"", "body": said.encode(), "identity": b""}
    context = _context(mailbox.report_id, message_id, is_from_reporter)
    try:
        manifest = recipients.current()
    except KeyStoreError:
        raise Unavailable from None  # recipients has told the log
    message = Message(
        message_id=message_id,
        mailbox=mailbox,
        is_from_reporter=is_from_reporter,
        for_team=seal(message_id.bytes, parts, manifest),
        for_reporter=encrypt_to(public, pad(parts["body"], SIZES_FOR_REPORTER), context),
    )
    with asking_database(), transaction.atomic():
        Message.objects.bulk_create([message], ignore_conflicts=True)


def _read(message: Message, open_sealed: Callable[[bytes, bytes], bytes]) -> ReadMessage:
    context = _context(message.mailbox_id, message.message_id, message.is_from_reporter)
    try:
        padded = open_sealed(bytes(message.for_reporter), context)
        said = json.loads(unpad(padded, SIZES_FOR_REPORTER))
        kind, text = Kind(said["kind"]), kept(str(said["text"]))
    except (CannotOpen, ValueError, KeyError, TypeError, RecursionError):
        # Whoever can write to the database can seal anything to a public key.
        kind, text = None, ""
    return ReadMessage(message.is_from_reporter, message.sent_at, kind, text)


def _context(report_id: UUID, message_id: UUID, is_from_reporter: bool) -> bytes:
    return _CONTEXT + report_id.bytes + message_id.bytes + _DIRECTION[is_from_reporter]
