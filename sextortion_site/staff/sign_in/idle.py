"""Staff are signed out after half an hour without doing anything, and after twelve hours at most.

The session itself keeps the times: nothing depends on when a browser forgets its cookie.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sextortion_site.staff import audit

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 60 * 60
WRITE_AFTER_SECONDS = 30  # the time is not written anew for each of ten clicks

BEGAN, SEEN = "began_at", "seen_at"
View = TypeVar("View", bound=Callable[..., Any])


def in_the_background(view: View) -> View:
    """Marks a view that scripts ask by themselves: it keeps nobody signed in."""
    view.is_in_the_background = True  # type: ignore[attr-defined]  # read below
    return view


class IdleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        is_staff_page = request.path_info.startswith(settings.STAFF_PREFIX)
        # Without the cookie the session is not asked for, so that a preview is the same for all.
        has_session = is_staff_page and settings.SESSION_COOKIE_NAME in request.COOKIES
        if not has_session or not request.user.is_authenticated:
            return
        now, session = time.time(), request.session
        began, seen = session.setdefault(BEGAN, now), session.setdefault(SEEN, now)
        if now - seen > IDLE_SECONDS or now - began > LONGEST_SECONDS:
            audit.record("staff.timed_out", by=request.user)
            logout(request)
        elif now - seen > WRITE_AFTER_SECONDS and not getattr(view, "is_in_the_background", False):
            session[SEEN] = now
