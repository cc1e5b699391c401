"""Compression of pages: brotli where the browser takes it, else gzip.

A public page is the same for every reader, so what was compressed once is kept and served
again. Staff pages are left alone: they hold secrets beside words that a visitor could choose,
which compression would let an eavesdropper guess (BREACH).
"""

import gzip
from collections.abc import Callable
from functools import lru_cache, partial

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from sextortion_site.delivery.headers import is_for_everybody

BEST, QUICK = 11, 5  # brotli's qualities: the first costs some 30 ms a page
MINIMUM_SIZE = 200  # bytes; below it compression gains nothing
KEPT_PAGES = 256  # per encoding; at some 6 kB each, a few megabytes a process
COMPRESSIBLE = ("text/", "application/xml", "application/json", "image/svg+xml")


@lru_cache(maxsize=KEPT_PAGES)
def _brotli(body: bytes) -> bytes:
    return brotli.compress(body, mode=brotli.MODE_TEXT, quality=BEST)


@lru_cache(maxsize=KEPT_PAGES)
def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=9, mtime=0)


# In the order of preference.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}
# For answers to one reader alone, which may hold that reader's words: nothing is kept.
PASSING_ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, mode=brotli.MODE_TEXT, quality=QUICK),
    "gzip": partial(gzip.compress, compresslevel=QUICK, mtime=0),
}


class CompressionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not _may_compress(request, response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        encoding = choose_encoding(request.headers.get("Accept-Encoding", ""))
        if encoding is not None:
            encoders = ENCODERS if is_for_everybody(response) else PASSING_ENCODERS
            response.content = encoders[encoding](response.content)
            response.headers["Content-Encoding"] = encoding
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _may_compress(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        not request.path_info.startswith(settings.STAFF_PREFIX)
        and "Content-Encoding" not in response.headers
        and response.headers.get("Content-Type", "").startswith(COMPRESSIBLE)
        and len(response.content) >= MINIMUM_SIZE
    )


def choose_encoding(accepted: str) -> str | None:
    """The best encoding that an ``Accept-Encoding`` header allows; None: send it plain.

    >>> choose_encoding("gzip, deflate, br")
    'br'
    >>> choose_encoding("br;q=0, *")
    'gzip'
    """
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = _weight(weight)
    rest = weights.get("*", 0.0)
    allowed = [name for name in ENCODERS if weights.get(name, rest) > 0]
    return max(allowed, key=lambda name: weights.get(name, rest), default=None)


def _weight(parameter: str) -> float:
    """The value of ``q=…``: 1 where there is none, 0 where it makes no sense."""
    parameter = parameter.strip().removeprefix("q=")
    if not parameter:
        return 1.0
    try:
        return float(parameter)
    except ValueError:
        return 0.0
