"""Start-up check: the settings agree with the register on the staff's cookies."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from sextortion_site.consent.register import SIGN_IN, STAFF_FORMS

MIDDLEWARE = "sextortion_site.consent.middleware.ConsentMiddleware"


@register
def check_consent(**kwargs: Any) -> list[CheckMessage]:
    messages: list[CheckMessage] = []
    if settings.MIDDLEWARE[0] != MIDDLEWARE:
        messages.append(
            Error(
                "MIDDLEWARE: what stands before ConsentMiddleware could set cookies unseen",
                id="consent.E001",
            )
        )
    for setting, cookie in (("SESSION_COOKIE_NAME", SIGN_IN), ("CSRF_COOKIE_NAME", STAFF_FORMS)):
        if getattr(settings, setting) != cookie.full_name:
            messages.append(
                Error(f"{setting}: the register says {cookie.full_name}", id="consent.E002")
            )
    return messages
