"""Days and moments in sentences, written as the settings say: "26 November 2026, 14:03"."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format


def moment(at: datetime.datetime) -> str:
    """In the force's time zone."""
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def day(on: datetime.date) -> str:
    return date_format(on, "DATE_FORMAT")
