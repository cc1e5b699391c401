"""A report as it is stored: in the spool as bytes, in the database as rows."""

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from reporting.models import Mailbox, Report
from reporting.models.hours import this_hour
from reporting.sealing import addressed_to

KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Record:
    """A sealed report and its mailbox. Holds nothing that can be read."""

    report_id: bytes
    is_unchecked: bool
    envelope: bytes = field(repr=False)
    lookup: str
    salt: bytes = field(repr=False)
    verifier: bytes = field(repr=False)
    public_key: bytes = field(repr=False)
    sealed_key: bytes = field(repr=False)

    def packed(self) -> bytes:
        """For the spool; ``unpacked`` is the way back."""
        return json.dumps(
            {
                "version": 1,
                "is_unchecked": self.is_unchecked,
                "lookup": self.lookup,
                **{name: base64.b64encode(getattr(self, name)).decode() for name in _BYTES},
            }
        ).encode()

    def store(self, arrived_at: datetime | None = None) -> None:
        """Puts it into the database, once: where it is there already, nothing changes.

        ``arrived_at``: the hour, now where it is None. Raises DatabaseError.
        """
        arrived_at = arrived_at or this_hour()
        keys = addressed_to(self.envelope)
        report = Report(
            id=UUID(bytes=self.report_id),
            arrived_at=arrived_at,
            is_unchecked=self.is_unchecked,
            team_key_id=keys["body"][0],
            identity_key_id=keys["identity"][0],
            recovery_key_id=keys["body"][1],
            envelope=self.envelope,
            retain_until=(arrived_at + KEPT).date(),
        )
        mailbox = Mailbox(
            report=report,
            lookup=self.lookup,
            salt=self.salt,
            verifier=self.verifier,
            public_key=self.public_key,
            sealed_key=self.sealed_key,
        )
        with transaction.atomic():
            Report.objects.bulk_create([report], ignore_conflicts=True)
            Mailbox.objects.bulk_create([mailbox], ignore_conflicts=True)


_BYTES = ("envelope", "salt", "verifier", "public_key", "sealed_key")


def unpacked(report_id: bytes, content: bytes) -> Record:
    """The record of an entry of the spool; ValueError where it is none."""
    try:
        data: dict[str, Any] = json.loads(content)
        if data.pop("version") != 1:
            raise ValueError
        for name in _BYTES:
            data[name] = base64.b64decode(data[name], validate=True)
        return Record(report_id=report_id, **data)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise ValueError("no record of a report") from None
