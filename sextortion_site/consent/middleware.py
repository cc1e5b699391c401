"""Enforces consent: no answer of this site carries a cookie that it may not.

It stands outermost. Whatever the rest has put on the answer, only registered cookies for which
there is consent go out, each made anew with the attributes that the register gives; and what the
reader's choice does not allow is expired.
"""

import time
from collections.abc import Callable
from http.cookies import Morsel, SimpleCookie

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import parse_http_date_safe

from sextortion_site.consent import refusals
from sextortion_site.consent.choice import Choice, choice_of, save
from sextortion_site.consent.register import CONSENT, WITH_CONSENT, Cookie, SetBy, registered


class ConsentMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        wanted, response.cookies = response.cookies, SimpleCookie()
        # A raw header knows no register. Django's own cookies do not go by it.
        if response.headers.pop("Set-Cookie", None) is not None:
            refusals.refuse_unregistered(request)
        new_choice = wanted.pop(CONSENT.full_name, None)
        if new_choice is None:
            choice = choice_of(request)
        else:
            # Whatever the view has written there, only a choice goes out.
            choice = Choice.from_cookie(new_choice.value)
            save(choice, request, response)
            choice = choice.under_privacy_signal_of(request)
        for morsel in wanted.values():
            _pass_on(morsel, choice, request, response)
        _expire_withdrawn(choice, new_choice is not None, request, response)
        if response.cookies:
            # What is for one browser is for no cache on the way.
            response.headers["Cache-Control"] = "no-store"
            response.headers["CDN-Cache-Control"] = "no-store"
        return response


def _pass_on(
    morsel: Morsel[str], choice: Choice, request: HttpRequest, response: HttpResponseBase
) -> None:
    cookie = registered(morsel.key)
    if cookie is None or not _belongs_to(cookie, request):
        refusals.refuse_unregistered(request)
    elif _is_expiry(morsel):
        cookie.expire(response)
    elif cookie.set_by == SetBy.SCRIPT:
        refusals.refuse_unregistered(request)
    elif choice.allows(cookie.category):
        cookie.assign(response, morsel.value)
    else:
        refusals.count(request)


def _belongs_to(cookie: Cookie, request: HttpRequest) -> bool:
    """Staff cookies stay on the staff pages."""
    return not cookie.is_for_staff or request.path_info.startswith(settings.STAFF_PREFIX)


def _is_expiry(morsel: Morsel[str]) -> bool:
    """Whether it takes the cookie out of the browser (RFC 6265, 5.2): by a life that is over, or,
    where none is given, by a date that is."""
    if morsel["max-age"] != "":
        return int(morsel["max-age"]) <= 0
    date = parse_http_date_safe(morsel["expires"]) if morsel["expires"] else None
    return date is not None and date <= time.time()


def _expire_withdrawn(
    choice: Choice, is_new: bool, request: HttpRequest, response: HttpResponseBase
) -> None:
    """A new choice expires all that it does not allow, since a cookie with a path of its own is
    not seen here; later, what a browser still sends."""
    for cookie in WITH_CONSENT:
        if not choice.allows(cookie.category) and (is_new or cookie.full_name in request.COOKIES):
            cookie.expire(response)
