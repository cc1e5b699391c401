"""Where *Leave this site* goes.

The editors may choose the place; ``SAFE_EXIT_CHOICE`` names the function that knows their
choice, so that this package need not know where it is kept. Otherwise it is ``SAFE_EXIT_URL``.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _


def destination() -> str:
    """The address to go to: absolute, https, off this site."""
    choice: str = import_string(settings.SAFE_EXIT_CHOICE)()
    try:
        # Again: this site may have moved to the chosen place since it was saved.
        validate_destination(choice)
    except ValidationError:
        return settings.SAFE_EXIT_URL
    return choice


def validate_destination(url: str) -> None:
    """Raises ValidationError unless leaving to this address gets the reader away from here."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")  # a dot at the end names the same host
    except ValueError as error:
        raise ValidationError(_("This is not a web address.")) from error
    if parts.scheme != "https" and not _is_allowed_in_debug(parts.scheme, host):
        raise ValidationError(_("The address must begin with https://"))
    if not host:
        raise ValidationError(_("The address names no site."))
    if parts.username or parts.password:
        raise ValidationError(_("The address must not hold a name or a password."))
    if _same_site(host, settings.SITE_HOST):
        raise ValidationError(_("The address must be on another site than this one."))


def _is_allowed_in_debug(scheme: str, host: str) -> bool:
    """Tests and development leave to a local server, which has no certificate."""
    local = host in {"127.0.0.1", "localhost"} or host.endswith(".localhost")
    return scheme == "http" and local and settings.SITE_IS_ON_LOOPBACK


def _same_site(host: str, site_host: str) -> bool:
    return host == site_host or host.endswith(f".{site_host}")
