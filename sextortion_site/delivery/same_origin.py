"""Refuses forms that another site posts to this one, without a cookie.

Browsers say where a request comes from in ``Sec-Fetch-Site``; older ones send ``Origin`` with
a form. Both are the browser's own words, which a page cannot forge. A client that sends neither
is no browser acting for a reader, so there is nothing to protect.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from sextortion_site.delivery.csp import as_public_page

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class SameOriginMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in SAFE_METHODS or is_same_origin(request):
            return self.get_response(request)
        return refused(request)


def is_same_origin(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin in {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}
    return True


def refused(request: HttpRequest) -> HttpResponse:
    return as_public_page(render(request, "delivery/refused.html", status=403))
