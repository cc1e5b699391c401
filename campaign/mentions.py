"""Mentions: how a text names a shared row, so that a number is written once.

``[[service:childline]]`` becomes the service's name with its number as a link,
``[[route:ceop]]`` likewise, ``[[figure:notts-2023]]`` the figure's value, ``[[force]]`` and
``[[area]]`` the words of the site settings. Headings and other plain texts get the words
without links. A row that readers may not see is named without its number; a mention that names
nothing, or stands where it cannot be resolved, is refused when a text is saved.
"""

import re
from functools import cached_property

from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from campaign.frame import frame
from campaign.models import Figure, Route, Service
from campaign.models.facts import Contactable
from campaign.texts import MENTIONING, STAFF_ONLY

MENTION = re.compile(r"\[\[([^\[\]]*)\]\]")
# As cleaned HTML has them: a quoted attribute may hold angle brackets.
TAG = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^'">])*>)""")
PLACES = re.compile(r"</a>|<(?:a\b)?|>|\[\[", re.I)


class Mentions:
    """Puts the rows' present words in the place of their mentions; reads each table once."""

    def rich(self, html: str) -> SafeString:
        """Cleaned HTML, its mentions replaced, numbers as links."""
        # The words that replace a mention are escaped by those who make them. Inside a tag they
        # would still break out of their attribute, since they bring a link: there they stay away.
        parts = TAG.split(html)
        parts[::2] = [MENTION.sub(lambda m: self._lookup(m[1]) or "", text) for text in parts[::2]]
        return mark_safe("".join(parts))  # noqa: S308

    def plain(self, text: str) -> SafeString:
        """Plain text, escaped, its mentions replaced by words without links."""
        html = conditional_escape(text)
        return mark_safe(  # noqa: S308 - both parts are escaped
            MENTION.sub(lambda m: strip_tags(self._lookup(m[1]) or ""), html)
        )

    def fault(self, field: str, text: str) -> str | None:
        """What is wrong with the mentions in this field's text, in words; None if nothing is."""
        if field in STAFF_ONLY:
            return None
        names = MENTION.findall(text)
        if names and field not in MENTIONING:
            return _("Nothing can be mentioned here: write the words themselves.")
        if _is_inside_a_link(text):
            return _("A mention cannot stand inside a link: it brings its own.")
        for name in names:
            if self._lookup(name) is None:
                return _("There is no %(name)s. Look up the key in its list.") % {
                    "name": f"[[{name}]]"
                }
        return None

    def _lookup(self, name: str) -> str | None:
        """The words of a mention as HTML; None where it names nothing."""
        kind, _colon, key = name.partition(":")
        if key and (contact := self._contacts.get(kind, {}).get(key)):
            return contact_link(contact)
        if kind == "figure" and (figure := self._figures.get(key)):
            return format_html("{}", figure.value if figure.is_shown else _("a number not shown"))
        if name in self._site_words:
            return format_html("{}", self._site_words[name])
        return None

    @cached_property
    def _contacts(self) -> dict[str, dict[str, Contactable]]:
        return {
            "service": {row.key: row for row in Service.objects.all()},
            "route": {row.key: row for row in Route.objects.all()},
        }

    @cached_property
    def _figures(self) -> dict[str, Figure]:
        return {row.key: row for row in Figure.objects.all()}

    @cached_property
    def _site_words(self) -> dict[str, str]:
        site = frame().site
        return {"force": site.force_name, "area": site.area} if site else {}


def _is_inside_a_link(text: str) -> bool:
    """Whether a mention stands in a link, where it would make another, or within a tag.

    Looks at each place once: what somebody typed may be long, and is not cleaned yet.
    """
    tag, holds_mention, is_link = "", False, False
    for place in PLACES.findall(text):
        if place == "[[":
            if is_link:
                return True
            holds_mention = True
        elif place == ">":
            if tag and holds_mention:
                return True
            is_link = is_link or tag.lower() == "<a"
            tag = ""
        elif place.lower() == "</a>":
            tag, is_link = "", False
        else:
            tag, holds_mention = place, False
    return False


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
