"""Leaving, for templates: ``{% safe_exit %}`` and its like."""

from django import template

from sextortion_site.safe_exit.destination import destination

register = template.Library()


@register.inclusion_tag("safe_exit/safe_exit.html")
def safe_exit() -> dict[str, str]:
    """The first words of every page, the control that leaves it, and the way back within it."""
    return {}


@register.simple_tag
def leave_destination() -> str:
    """Where to; on the page's first tag, so that the script knows it from the first bytes."""
    return destination()


@register.inclusion_tag("safe_exit/practice.html")
def practise_leaving() -> dict[str, str]:
    """A button that shows how the page hides, and brings it back."""
    return {}


@register.inclusion_tag("safe_exit/share.html")
def share(address: str) -> dict[str, str]:
    """A button that shares the page's true address, which the address bar may not show.

    ``address`` is absolute.
    """
    return {"address": address}
