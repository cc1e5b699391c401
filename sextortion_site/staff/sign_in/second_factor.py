"""Whether a session has passed a second factor: nothing of the staff pages opens without one."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase


def has_passed(request: HttpRequest) -> bool:
    """Whoever takes away their last factor has passed none any more."""
    return _has_used_one(request) and has_one(request.user)


def has_one(account: Any) -> bool:
    return is_mfa_enabled(account)


def mark_passed(request: HttpRequest, account: Any, kind: str) -> None:
    """For a session whose owner has just set up a factor, and so has proved to hold it."""
    record_authentication(request, account, "mfa", type=kind)


class SecondFactorMiddleware:
    """Ends a session that was begun by a password alone, before the account had a factor.

    It must not live on beside the factor: it could set up another one of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        is_staff_page = request.path_info.startswith(settings.STAFF_PREFIX)
        # Without the cookie the session is not asked for, so that a preview is the same for all.
        if not is_staff_page or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return
        account = request.user
        if account.is_authenticated and not _has_used_one(request) and has_one(account):
            logout(request)


def _has_used_one(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
