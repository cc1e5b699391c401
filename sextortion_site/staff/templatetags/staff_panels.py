"""``{% staff_panels %}``: what the staff's first page tells."""

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from sextortion_site.staff.panels import panels

register = template.Library()


@register.simple_tag(takes_context=True)
def staff_panels(context: dict[str, Any]) -> SafeString:
    return format_html_join("", "{}", ((panel,) for panel in panels(context["request"])))
