"""Start-up checks of what must hold before anyone reads a page."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections
from django.urls import get_resolver


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
def check_public_role(**kwargs: Any) -> list[CheckMessage]:
    """A process for readers has no address of the admin."""
    if settings.SITE_ROLE != "public" or "admin" not in get_resolver().app_dict:
        return []
    return [
        Error(
            "SITE_ROLE: public, but the admin has an address",
            hint="Look at ROOT_URLCONF and sextortion_site/urls_public.py.",
            id="site.E005",
        )
    ]


@register
def check_staff_role(**kwargs: Any) -> list[CheckMessage]:
    """Editors in a process for staff are led to where readers see the page."""
    if settings.SITE_ROLE != "staff" or settings.PUBLIC_URL:
        return []
    return [
        Warning(
            "PUBLIC_URL: is not set, so the staff's links to pages lead nowhere",
            hint="Set PUBLIC_URL to the address that readers type.",
            id="site.W001",
        )
    ]


@register
def check_debug_stays_here(**kwargs: Any) -> list[CheckMessage]:
    """Debug pages show settings and what was sent: on this machine only."""
    if not settings.DEBUG or settings.SITE_IS_ON_LOOPBACK:
        return []
    return [Error(f"DEBUG: is on while SITE_URL is {settings.SITE_URL}", id="site.E002")]


@register(Tags.database)
def check_database_answers(
    databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The database can be opened; asked for by ``check --database``, as script/server does."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias].copy()
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            messages.append(Error(f"DATABASE_URL: {reason}", id="site.E004"))
        finally:
            connection.close()
    return messages


@register
def check_security_contact(**kwargs: Any) -> list[CheckMessage]:
    """The contact of security.txt is a URI (RFC 9116, section 2.5.3)."""
    contact = settings.SECURITY_CONTACT
    parts = urlsplit(contact)
    if not contact or (parts.scheme in {"https", "mailto"} and (parts.netloc or parts.path)):
        return []
    return [
        Error(
            f"SECURITY_CONTACT: {contact!r} begins with neither https: nor mailto:", id="site.E003"
        )
    ]
