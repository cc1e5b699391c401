"""By what a mailbox is found: a keyed hash of its reference.

A reference is short enough to be hashed through in seconds, so the hash has a key, which is not in
the database: whoever copies that cannot tell which report a reference belongs to.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac

from reporting.codes import parse_reference


def lookup_of(reference: str) -> str:
    """64 hex digits, for a new mailbox. Takes a reference as ``codes`` writes it."""
    return _hashed(reference, settings.SECRET_KEY)


def lookups_of(typed: str) -> list[str]:
    """All under which the mailbox may be stored: a key that was replaced counts as long as it is
    in ``SECRET_KEY_FALLBACKS``. BadReference where that was typed is no reference."""
    reference = parse_reference(typed)
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [_hashed(reference, key) for key in keys]


def _hashed(reference: str, key: str | bytes) -> str:
    return salted_hmac("reporting.lookup", reference, secret=key, algorithm="sha256").hexdigest()
