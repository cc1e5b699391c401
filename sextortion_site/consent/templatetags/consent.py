"""Consent, for templates: ``{% cookie_banner %}``, ``{% cookie_settings form %}`` and the
attributes by which the script knows what the register says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from sextortion_site.consent.forms import ChoiceForm
from sextortion_site.consent.register import (
    CONSENT,
    PURPOSES,
    Category,
    Cookie,
    Purpose,
    cookies_of,
)

register = template.Library()


@dataclass(frozen=True)
class Question:
    """One category that is asked about, its cookies, and its field in the form."""

    purpose: Purpose
    cookies: Iterable[Cookie]
    field: BoundField


@register.simple_tag
def consent_attributes() -> SafeString:
    """On the page's first tag, so that the first script can read the choice before the page is
    drawn: how cookies' names begin here, and what is asked, with the purposes' versions."""
    asked = "~".join(f"{category}.{purpose.version}" for category, purpose in PURPOSES.items())
    prefix = CONSENT.full_name.removesuffix(CONSENT.name)
    return format_html('data-cookies="{}" data-asked="{}"', prefix, asked)


@register.inclusion_tag("consent/banner.html")
def cookie_banner(site_name: str) -> dict[str, str]:
    """The question about cookies: in every page, and shown where no choice was made."""
    return {"site_name": site_name}


@register.inclusion_tag("consent/settings.html")
def cookie_settings(form: ChoiceForm) -> dict[str, object]:
    """Every cookie from the register, and for each category the question."""
    essential = list(cookies_of(Category.ESSENTIAL))
    return {
        "form": form,
        "essential": [cookie for cookie in essential if not cookie.is_for_staff],
        "for_staff": [cookie for cookie in essential if cookie.is_for_staff],
        "questions": [
            Question(purpose, cookies_of(category), form[category])
            for category, purpose in PURPOSES.items()
        ],
    }


@register.filter
def in_words(life: timedelta | None) -> str:
    """How long a cookie lives.

    >>> in_words(timedelta(days=180))
    '180 days'
    """
    if life is None:
        return gettext("until the browser is closed")
    if life.days:
        return ngettext("%d day", "%d days", life.days) % life.days
    minutes = life.seconds // 60
    return ngettext("%d minute", "%d minutes", minutes) % minutes
