"""By what a mailbox is found: a keyed hash of its reference.

A reference is short enough to be hashed through in seconds, so the hash has a key, which is not in
the database: whoever copies that cannot tell which report a reference belongs to.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac

from reporting.codes import parse_reference


def lookup_of(typed: str) -> str:
    """64 hex digits for a reference, however it is typed. BadReference where it is none."""
    reference = parse_reference(typed)
    return salted_hmac(
        "reporting.lookup", reference, secret=settings.REPORT_SECRET, algorithm="sha256"
    ).hexdigest()
