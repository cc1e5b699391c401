"""Mentions: how a text names a shared row, so that a number is written once.

``[[service:childline]]`` becomes the service's name with its number as a link,
``[[route:ceop]]`` likewise, ``[[figure:notts-2023]]`` the figure's value, ``[[force]]`` and
``[[area]]`` the words of the site settings. A row that readers may not see is named without
its number; an unknown mention is refused when a text is saved.
"""

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from campaign.frame import site_settings
from campaign.models import Figure, Route, Service
from campaign.models.facts import Contactable

MENTION = re.compile(r"\[\[([^\[\]]*)\]\]")


class Mentions:
    """Puts the rows' present words in the place of their mentions; reads each table once."""

    def resolve(self, text: str) -> SafeString:
        """HTML of the text, its mentions replaced. Plain text is escaped first."""
        html = conditional_escape(text)
        # The parts that replace a mention are escaped by those who make them.
        return mark_safe(MENTION.sub(lambda m: self._words(m[1]), html))  # noqa: S308 - see above

    def unknown(self, texts: Iterable[str]) -> list[str]:
        """The mentions in these texts that name nothing, as they are written."""
        found = {name for text in texts for name in MENTION.findall(text)}
        return sorted(f"[[{name}]]" for name in found if self._lookup(name) is None)

    def _words(self, name: str) -> str:
        words = self._lookup(name)
        return words() if words is not None else ""

    def _lookup(self, name: str) -> Callable[[], str] | None:
        kind, _, key = name.partition(":")
        if kind in self._contacts and key in self._contacts[kind]:
            return lambda: contact_link(self._contacts[kind][key])
        if kind == "figure" and key in self._figures:
            return lambda: format_html("{}", self._figures[key])
        if name in self._site_words:
            return lambda: format_html("{}", self._site_words[name])
        return None

    @cached_property
    def _contacts(self) -> dict[str, dict[str, Contactable]]:
        return {
            "service": {row.key: row for row in Service.objects.all()},
            "route": {row.key: row for row in Route.objects.all()},
        }

    @cached_property
    def _figures(self) -> dict[str, str]:
        return dict(Figure.objects.values_list("key", "value"))

    @cached_property
    def _site_words(self) -> dict[str, str]:
        site = site_settings()
        return {"force": site.force_name, "area": site.area} if site else {}


def contact_link(row: Contactable) -> str:
    """The row's name with the first of what it has as a link: number, text number, address."""
    if row.is_shown and row.phone:
        if row.phone in str(row):  # "Call 101" needs no second 101
            return format_html('<a href="tel:{}">{}</a>', row.phone.replace(" ", ""), row)
        return format_html(
            '{} on <a href="tel:{}">{}</a>', row, row.phone.replace(" ", ""), row.phone
        )
    if row.is_shown and row.text_number:
        number = row.text_number.replace(" ", "")
        words = f"text {row.text_keyword} to {row.text_number}".replace("  ", " ")
        return format_html('{}: <a href="sms:{}">{}</a>', row, number, words)
    if row.is_shown and (row.url or row.email):
        return format_html('<a href="{}">{}</a>', row.url or f"mailto:{row.email}", row)
    return format_html("{}", row)
