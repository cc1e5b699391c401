"""A page made ready for reading: its sections in groups, with the shared rows they list."""

from dataclasses import dataclass
from itertools import groupby

from django.apps import apps
from django.db import models

from campaign.frame import frame
from campaign.mentions import Mentions
from campaign.models import Entry, Image, Page, Section
from campaign.models.dated import CheckedFact
from campaign.models.sections import LISTED_MODELS, PLAIN_KINDS, Age, SectionKind
from campaign.publishing.content import PageWords


@dataclass(frozen=True)
class ReadableSection:
    """A section and the shared rows that it lists."""

    section: Section
    rows: list[models.Model]
    entries: list[Entry]
    image: Image | None = None

    @property
    def has_something_to_show(self) -> bool:
        kind = self.section.kind
        if kind in LISTED_MODELS:
            return bool(self.rows)
        if kind == SectionKind.IMAGE:
            return self.image is not None  # in an old revision it may be gone
        if kind in PLAIN_KINDS:
            return True
        return bool(self.entries)


@dataclass(frozen=True)
class AgeGroup:
    """Neighbouring sections for readers of one age."""

    age: Age
    sections: list[ReadableSection]
    # Whether the question comes before this group: the first of neighbours has it.
    asks_for_age: bool

    @property
    def is_for_everybody(self) -> bool:
        return self.age == Age.ANY


@dataclass(frozen=True)
class ReadablePage:
    page: Page
    groups: list[AgeGroup]
    mentions: Mentions


def readable(words: PageWords) -> ReadablePage:
    """Reads all that the page shows. Sections with nothing to show are left out."""
    pages = frame().pages
    images = Image.objects.in_bulk([part.section.image_id for part in words.sections])
    parts = [
        ReadableSection(
            part.section,
            listed_rows(part.section),
            open_entries(part.entries, pages),
            images.get(part.section.image_id),
        )
        for part in words.sections
    ]
    shown = [part for part in parts if part.has_something_to_show]
    groups: list[AgeGroup] = []
    for age, sections in groupby(shown, key=lambda part: part.section.age):
        follows_an_age = bool(groups) and groups[-1].age != Age.ANY
        groups.append(AgeGroup(Age(age), list(sections), age != Age.ANY and not follows_an_age))
    return ReadablePage(words.page, groups, Mentions())


def listed_rows(section: Section) -> list[models.Model]:
    """The shared rows that a section lists, in their order: of its topic, or all."""
    if section.kind not in LISTED_MODELS:
        return []
    model = apps.get_model("campaign", LISTED_MODELS[SectionKind(section.kind)])
    rows = model._default_manager.all()
    if issubclass(model, CheckedFact):
        rows = rows.filter(is_shown=True)
    if section.topic_id is not None:
        rows = rows.filter(topics=section.topic_id)
    return list(rows)


def open_entries(entries: list[Entry], pages: dict[int, Page]) -> list[Entry]:
    """Those that readers see, each door with its page among those that are live: a link to a page
    that they may not open they do not see."""
    for entry in entries:
        if entry.page_id in pages:
            entry.page = pages[entry.page_id]
    return [entry for entry in entries if entry.page_id is None or entry.page_id in pages]
