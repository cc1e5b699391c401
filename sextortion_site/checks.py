"""Start-up checks of what must hold before anyone reads a page."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def check_site_url(**kwargs: Any) -> list[CheckMessage]:
    """Beyond this machine, readers come by https."""
    if settings.SITE_IS_HTTPS or settings.SITE_IS_ON_LOOPBACK or settings.DEBUG:
        return []
    return [
        Error(
            f"SITE_URL: {settings.SITE_URL} is neither https nor on this machine",
            hint="Set SITE_URL to the https address that readers type.",
            id="site.E001",
        )
    ]


@register
def check_debug_stays_here(**kwargs: Any) -> list[CheckMessage]:
    """Debug pages show settings and what was sent: on this machine only."""
    if not settings.DEBUG or settings.SITE_IS_ON_LOOPBACK:
        return []
    return [Error(f"DEBUG: is on while SITE_URL is {settings.SITE_URL}", id="site.E002")]


@register
def check_security_contact(**kwargs: Any) -> list[CheckMessage]:
    """The contact of security.txt is a URI (RFC 9116, section 2.5.3)."""
    contact = settings.SECURITY_CONTACT
    if not contact or urlsplit(contact).scheme in {"https", "mailto", "tel"}:
        return []
    return [
        Error(
            f"SECURITY_CONTACT: {contact!r} begins with neither https: nor mailto:", id="site.E003"
        )
    ]
