"""Leaving, for templates: ``{% safe_exit %}`` and ``{% leave_destination %}``."""

from django import template

from sextortion_site.safe_exit.destination import destination

register = template.Library()


@register.inclusion_tag("safe_exit/safe_exit.html")
def safe_exit() -> dict[str, str]:
    """The first words of every page, and the control that leaves it."""
    return {}


@register.simple_tag
def leave_destination() -> str:
    """Where to; on the page's first tag, so that the script knows it from the first bytes."""
    return destination()
