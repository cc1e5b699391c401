"""Whether a session has passed a second factor: nothing of the staff pages opens without one."""

import time
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest


def has_passed(request: HttpRequest) -> bool:
    """Whoever takes away their last factor has passed none any more."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    has_used_one = any(record.get("method") == "mfa" for record in records)
    return has_used_one and has_one(request.user)


def has_one(account: Any) -> bool:
    return is_mfa_enabled(account)


def mark_passed(session: Any, **how: Any) -> None:
    """For a session whose owner has just set up a factor, and so has proved to hold it."""
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        *records,
        {"method": "mfa", "at": time.time(), **how},
    ]
