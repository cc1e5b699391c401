"""Enforces consent: no answer of this site carries a cookie that it may not.

It stands outermost. Whatever the rest has put on the answer, only registered cookies for which
there is consent go out, each made anew with the attributes that the register gives; and what the
reader's choice does not allow is expired.
"""

from collections.abc import Callable
from http.cookies import Morsel, SimpleCookie

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sextortion_site.consent import refusals
from sextortion_site.consent.choice import Choice, choice_of
from sextortion_site.consent.register import CONSENT, WITH_CONSENT, Cookie, registered


class ConsentMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        wanted, response.cookies = response.cookies, SimpleCookie()
        # A raw header knows no register. Django's own cookies do not go by it.
        if response.headers.pop("Set-Cookie", None) is not None:
            refusals.refuse_unregistered(request)
        choice = choice_of(request)
        if CONSENT.full_name in wanted:
            choice = Choice.from_cookie(wanted[CONSENT.full_name].value)
        for morsel in wanted.values():
            _pass_on(morsel, choice, request, response)
        _expire_withdrawn(choice, CONSENT.full_name in wanted, request, response)
        if response.cookies:
            # What is for one browser is for no front cache.
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
    elif choice.allows(cookie.category):
        cookie.assign(response, morsel.value)
    else:
        refusals.count(request)


def _belongs_to(cookie: Cookie, request: HttpRequest) -> bool:
    """Staff cookies stay on the staff pages."""
    return not cookie.is_for_staff or request.path_info.startswith(settings.STAFF_PREFIX)


def _is_expiry(morsel: Morsel[str]) -> bool:
    return str(morsel["max-age"]) == "0"


def _expire_withdrawn(
    choice: Choice, is_new: bool, request: HttpRequest, response: HttpResponseBase
) -> None:
    """A new choice expires all that it does not allow, since a cookie with a path of its own is
    not seen here; later, what a browser still sends."""
    for cookie in WITH_CONSENT:
        if not choice.allows(cookie.category) and (is_new or cookie.full_name in request.COOKIES):
            cookie.expire(response)
