"""Headers that every answer carries, beside those of Django's SecurityMiddleware and the CSP."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

# Powers that this site never needs. Those that browsers do not know are ignored by them.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)

# A front cache may keep a page for a minute, and longer while this server is slow or down;
# browsers keep nothing (Cache-Control: no-store), so that nothing stays on a reader's device.
# Syntax: RFC 9213.
EDGE_CACHE = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
# What stands at an address that changes with it is kept for a day: as long as it may take until a
# picture that was deleted is gone.
LONG_EDGE_CACHE = "public, max-age=86400, stale-if-error=604800"

ALWAYS = {
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    # Brave offers to keep a site that says so out of its history.
    "Request-OTR": "1",
}


class HeadersMiddleware:
    """Adds the headers; a header that a view has set stays as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if not request.path_info.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
            response.headers.setdefault("CDN-Cache-Control", "no-store")
        return response


def allow_edge_cache(response: HttpResponseBase) -> None:
    """Lets a front cache hold this answer, which is the same for every reader."""
    response.headers["CDN-Cache-Control"] = EDGE_CACHE
    patch_vary_headers(response, ["Accept-Encoding"])


def allow_long_edge_cache(response: HttpResponseBase) -> None:
    """Likewise, for what never changes at its address; it is not compressed."""
    response.headers["CDN-Cache-Control"] = LONG_EDGE_CACHE


def is_for_everybody(response: HttpResponseBase) -> bool:
    """Whether this answer is the same for every reader."""
    return response.headers.get("CDN-Cache-Control") == EDGE_CACHE
