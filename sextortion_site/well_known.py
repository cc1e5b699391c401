"""Small text files that machines ask for by custom."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

# How long a reader of security.txt may rely on it; RFC 9116 asks for less than a year.
SECURITY_LIFE = timedelta(days=180)


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        f"Disallow: {settings.STAFF_PREFIX}",
        "Disallow: /leave/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return _plain(lines)


def robots_keep_out(request: HttpRequest) -> HttpResponse:
    """For a site on which nothing is for the public."""
    return _plain(["User-agent: *", "Disallow: /"])


def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. 404 where no contact is set, since a file without one is invalid."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (datetime.now(UTC) + SECURITY_LIFE).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return _plain(lines)


def _plain(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
