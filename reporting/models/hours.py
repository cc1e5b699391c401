"""Times are kept to the hour: enough for a queue, too little to match with a visit."""

from datetime import datetime

from django.utils import timezone


def this_hour() -> datetime:
    """Now, without minutes."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)
