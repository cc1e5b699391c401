"""Cookies that were kept from going out: an error in debug, counted in production."""

import logging
from collections import Counter
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

logger = logging.getLogger(__name__)


class RefusedCookie(Exception):
    """A view has tried to set a cookie that is not in the register, or not for its address."""


# Since the process began, by the name of the view. A cookie's name or value may hold a reader's
# words, so neither is kept.
refused: Counter[str] = Counter()
_lock = Lock()


def refuse_unregistered(request: HttpRequest) -> None:
    """Counts it; raises RefusedCookie in debug."""
    count(request)
    if settings.DEBUG:
        raise RefusedCookie(f"{_view_name(request)}: add the cookie to consent/register.py")


def count(request: HttpRequest) -> None:
    """Counts a cookie that does not go out, and tells the log at 1, 10, 100 and so on."""
    name = _view_name(request)
    with _lock:
        refused[name] += 1
        number = refused[name]
    if str(number).rstrip("0") == "1":
        logger.error("Cookies refused so far from the view %s: %d", name, number)


def _view_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else "(none)"
