"""Filters for the words on a page."""

import html
import re

from django import template
from django.template.defaultfilters import date
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from campaign.mentions import Mentions, contact_link
from campaign.models.facts import Contactable

register = template.Library()


@register.filter
def words(text: str, mentions: Mentions) -> SafeString:
    """Plain text, its mentions replaced: ``{{ section.heading|words:mentions }}``."""
    return mentions.plain(text)


@register.filter
def rich(text: str, mentions: Mentions) -> SafeString:
    """Rich text, cleaned when it was saved, its mentions replaced."""
    return mentions.rich(text)


@register.filter
def text_of(markup: str) -> str:
    """The words of a rich text, as plain text."""
    return html.unescape(strip_tags(markup))


@register.filter
def contact(row: Contactable) -> str:
    """A service or a way to report, with its number as a link."""
    return contact_link(row)


@register.filter
def dial(number: str) -> str:
    """A telephone number as a link takes it."""
    return number.replace(" ", "")


@register.filter
def breakable(address: str) -> SafeString:
    """A web or e-mail address that a narrow screen may break before its dots and its @."""
    return mark_safe(re.sub(r"([.@])", r"<wbr>\1", conditional_escape(address)))  # noqa: S308 - escaped


@register.simple_tag
def checked(day) -> SafeString:
    """When something was last checked, to the day for machines and in words for readers."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), date(day, "j F Y"))
