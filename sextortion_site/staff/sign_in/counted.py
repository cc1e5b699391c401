"""Passwords and codes in forms are tries, like a password at the door: they count for the lock of
the account."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError

from sextortion_site.staff.sign_in import tries


@contextmanager
def counted(account: Any) -> Iterator[None]:
    """Around the look at what was typed, which raises ValidationError where it is wrong.

    Raises it too where the account is locked: then nobody looks.
    """
    if not tries.take(account):
        raise get_adapter().validation_error("too_many_login_attempts")
    try:
        yield
    except ValidationError:
        tries.failed(account)
        raise
    tries.give_back(account)
