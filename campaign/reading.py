"""A page made ready for reading: its sections in groups, with the shared rows they list."""

from dataclasses import dataclass
from itertools import groupby

from django.apps import apps
from django.db import models

from campaign.mentions import Mentions
from campaign.models import Entry, Page, Section
from campaign.models.dated import CheckedFact
from campaign.models.sections import LISTED_MODELS, PLAIN_KINDS, Age, SectionKind


@dataclass(frozen=True)
class ReadableSection:
    """A section and the shared rows that it lists."""

    section: Section
    rows: list[models.Model]

    @property
    def has_something_to_show(self) -> bool:
        kind = self.section.kind
        if kind in LISTED_MODELS:
            return bool(self.rows)
        if kind in PLAIN_KINDS:
            return True
        return any(is_open(entry) for entry in self.section.entries.all())


def is_open(entry: Entry) -> bool:
    """Whether readers see the entry: a link to a page that is not published they do not."""
    return entry.page is None or entry.page.is_published


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


def readable(page: Page) -> ReadablePage:
    """Reads all that the page shows. Sections with nothing to show are left out."""
    parts = [ReadableSection(section, listed_rows(section)) for section in page.sections.all()]
    shown = [part for part in parts if part.has_something_to_show]
    groups: list[AgeGroup] = []
    for age, sections in groupby(shown, key=lambda part: part.section.age):
        follows_an_age = bool(groups) and groups[-1].age != Age.ANY
        groups.append(AgeGroup(Age(age), list(sections), age != Age.ANY and not follows_an_age))
    return ReadablePage(page, groups, Mentions())


def listed_rows(section: Section) -> list[models.Model]:
    """The shared rows that a section lists, in their order: of its topic, or all."""
    if section.kind not in LISTED_MODELS:
        return []
    model = apps.get_model("campaign", LISTED_MODELS[SectionKind(section.kind)])
    rows = model._default_manager.all()
    if issubclass(model, CheckedFact):
        rows = rows.filter(is_shown=True)
    if section.topic is not None:
        rows = rows.filter(topics=section.topic)
    return list(rows)
