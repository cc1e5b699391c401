"""Broken markup, and mentions that name nothing: readers would see it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.db.models import CharField, TextField
from django.utils.translation import gettext as _

from campaign.mentions import Mentions
from campaign.models.fields import clean_markup
from campaign.publication_checks.findings import Finding, Level, rich_texts, shown_rows
from campaign.publishing.content import PageWords

EMPTY = {"br"}
LISTS, ITEM = {"ul", "ol"}, "li"
BLOCKS = {"p", *LISTS}
EMPTY_LINK = re.compile(r"<a\b[^>]*>(?:\s|&nbsp;|<(?!/a>)[^>]*>)*</a>", re.I)


class Balance(HTMLParser):
    """Reads markup and says whether each element stands where it may, and is closed there."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.is_broken = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = self.open[-1] if self.open else ""
        if (
            (tag == ITEM) != (around in LISTS)
            or (tag in BLOCKS and around not in {"", ITEM})
            or (tag == "a" and ("a" in self.open or not dict(attrs).get("href")))
        ):
            self.is_broken = True
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] in LISTS:
            self.is_broken = True

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.is_broken = True


def check(words: PageWords) -> Iterator[Finding]:
    mentions = Mentions()
    for where, text in rich_texts(words):
        if is_broken(text):
            message = _("The markup of a text is broken. Open it in the editor and save it again.")
            yield Finding(Level.STOP, message, where)
        if EMPTY_LINK.search(text):
            yield Finding(Level.STOP, _("A link has no words."), where)
    for row in shown_rows(words):
        for field in row._meta.concrete_fields:
            if not isinstance(field, CharField | TextField):
                continue
            fault = mentions.fault(field.attname, getattr(row, field.attname) or "")
            if fault:
                yield Finding(Level.STOP, fault, str(row))


def is_broken(text: str) -> bool:
    """Whether a rich text is not what its field would make of it, or is not closed."""
    reader = Balance()
    reader.feed(text)
    reader.close()
    return reader.is_broken or bool(reader.open) or clean_markup(text) != text
