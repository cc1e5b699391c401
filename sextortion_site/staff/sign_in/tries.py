"""The lock of an account: after five failures in a row it takes no password and no code for a
quarter of an hour, wherever they come from. A passkey still opens it: it cannot be guessed."""

import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from sextortion_site.staff import audit
from sextortion_site.staff.models import SignInTries

MOST_TRIES = 5
LOCKED_FOR = datetime.timedelta(minutes=15)


def take(account: Any) -> bool:
    """Counts a try before it is looked at: so many at once cannot pass the limit.

    False: the account is locked.
    """
    SignInTries.objects.get_or_create(account=account)
    now, tries = timezone.now(), SignInTries.objects.filter(account=account)
    tries.filter(last_at__lte=now - LOCKED_FOR).update(number=0)
    return bool(tries.filter(number__lt=MOST_TRIES).update(number=F("number") + 1, last_at=now))


def give_back(account: Any) -> None:
    """The try was no failure; those before it still count, until signing in is complete."""
    SignInTries.objects.filter(account=account, number__gt=0).update(number=F("number") - 1)


def use_step(account: Any, step: int) -> bool:
    """Whether no code of this step of the account's app, or of a later one, was used before."""
    unused = SignInTries.objects.filter(account=account, last_step__lt=step)
    return bool(unused.update(last_step=step))


def forget(account: Any) -> None:
    SignInTries.objects.filter(account=account).update(number=0)


def failed(account: Any) -> None:
    """Puts a failure on record, and the lock where it was the last that is allowed."""
    about = f"account {account.get_username()}"
    audit.record("staff.sign_in_failed", by=None, about=about)
    if is_locked(account):
        audit.record("staff.locked_out", by=None, about=about)


def is_locked(account: Any) -> bool:
    return locked().filter(account=account).exists()


def locked() -> QuerySet[SignInTries]:
    """By account: those that take no password now."""
    since = timezone.now() - LOCKED_FOR
    return SignInTries.objects.filter(number__gte=MOST_TRIES, last_at__gt=since)
