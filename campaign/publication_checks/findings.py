from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model

from campaign.models import Entry, Page, Section
from campaign.models.fields import RichTextField
from campaign.publishing.content import PageWords
from campaign.reading import listed_rows


class Level(StrEnum):
    STOP = "stop"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """``what`` says in plain words what is wrong and what to do; ``where`` the section, if one."""

    level: Level
    what: str
    where: str = ""


def stops(findings: Iterable[Finding]) -> bool:
    return any(finding.level == Level.STOP for finding in findings)


def rich_texts(words: PageWords) -> Iterator[tuple[str, str]]:
    """Every rich text that the page shows, with the name of its section or shared row."""
    for row in shown_rows(words):
        where = str(row.section if isinstance(row, Entry) else row)
        for field in row._meta.concrete_fields:
            if isinstance(field, RichTextField):
                yield where, getattr(row, field.attname)


def rows_of(words: PageWords) -> Iterator[Page | Section | Entry]:
    """The page, its sections and their entries."""
    yield words.page
    for part in words.sections:
        yield part.section
        yield from part.entries


def shown_rows(words: PageWords) -> Iterator[Model]:
    """Likewise, with the shared rows that its sections list."""
    yield from rows_of(words)
    for part in words.sections:
        yield from listed_rows(part.section)
