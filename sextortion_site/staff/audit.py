"""The audit trail: who on the staff did what, when, to what. Never what a reporter wrote.

Entries are only ever added: triggers in the database refuse the rest. Each holds the hash of the
one before. Whoever changes the file of the database itself breaks that chain, and whoever cuts
its end off is found by a head that was kept elsewhere.
"""

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from sextortion_site.staff.append_only import missing_triggers
from sextortion_site.staff.models import AuditEntry

BEFORE_THE_FIRST = "0" * 64
WRITING = 0x5741_5544_4954  # any number of our own: PostgreSQL's lock for those who write


@dataclass(frozen=True)
class Head:
    """The last entry of a trail. Kept elsewhere, it shows later that nothing was cut off."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


NOTHING_YET = Head(0, BEFORE_THE_FIRST)


@transaction.atomic
def record(
    action: str, *, by: Any, about: str = "", detail: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Adds an entry. ``by`` is an account, or None where nobody is signed in.

    It belongs to the transaction around it: what is undone was not done. ``detail`` is plain JSON
    without fractions, which the databases write in ways of their own. Raises TypeError.
    """
    _wait_for_our_turn()
    before = head()
    entry = AuditEntry(
        number=before.number + 1,
        at=timezone.now(),
        action=action,
        account_id=by.pk if by else None,
        account_name=by.get_username() if by else "",
        about=about[:200],
        detail=_plain(detail or {}),
        previous=before.hash,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def head() -> Head:
    last = AuditEntry.objects.order_by("-number").values_list("number", "hash").first()
    return Head(*last) if last else NOTHING_YET


def faults(expected: Head | None = None) -> Iterator[str]:
    """What is wrong with the trail or its triggers, in sentences; none where it is whole.

    ``expected`` is a head from before, which must still be part of it.
    """
    for trigger in sorted(missing_triggers(connection, AuditEntry._meta.db_table)):
        yield f"The database no longer refuses changes: the trigger {trigger} is gone."
    before, seen = NOTHING_YET, expected in (None, NOTHING_YET)
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != before.number + 1:
            yield f"Entries are missing between {before.number} and {entry.number}."
        elif entry.previous != before.hash:
            yield f"Entry {entry.number} does not follow from the one before."
        if entry.hash != hash_of(entry):
            yield f"Entry {entry.number} was changed."
        before = Head(entry.number, entry.hash)
        seen = seen or before == expected
    if not seen:
        yield f"The entry {expected} is not there: the trail was cut or written anew."


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 of all that the entry says, and of the hash before it, in hexadecimal."""
    said = [
        entry.number,
        entry.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        entry.action,
        entry.account_id,
        entry.account_name,
        entry.about,
        entry.detail,
        entry.previous,
    ]
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(detail: Mapping[str, Any]) -> Any:
    """As it comes back from the database, so that its hash is the same then."""
    return json.loads(json.dumps(detail), parse_float=_refuse, parse_constant=_refuse)


def _refuse(number: str) -> None:
    raise TypeError(f"The audit trail takes no {number}: write it as text.")


def _wait_for_our_turn() -> None:
    """One at a time, or two entries would follow the same one. On SQLite the transaction itself
    sees to it (settings: IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
