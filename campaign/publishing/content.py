"""A page with its sections as data, and made into models again.

The data holds the models' own fields by name: a field that came later has its default in an old
revision, and one that is gone is passed over.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from campaign.models import Entry, Page, Section

Content = dict[str, Any]
Made = TypeVar("Made", bound=models.Model)

# Of the row, not of what it says; a section belongs to the page that holds it.
NOT_CONTENT = {"deleted_at", "page_id", "section_id"}


@dataclass(frozen=True)
class SectionWords:
    section: Section
    entries: list[Entry]


@dataclass(frozen=True)
class PageWords:
    """A page as it can be shown: of the draft, or of any revision. Its models are not saved."""

    page: Page
    sections: list[SectionWords]


def content_of(page: Page) -> Content:
    """The draft as it stands in the database."""
    return plain(
        {
            "page": fields_of(page),
            "sections": [
                {
                    "id": section.pk,
                    **fields_of(section),
                    "entries": [
                        {"id": entry.pk, **fields_of(entry), "page_id": entry.page_id}
                        for entry in section.entries.all()
                    ],
                }
                for section in page.sections.all()
            ],
        }
    )


def draft_words(page: Page) -> PageWords:
    """The draft as it can be shown."""
    return words_from(content_of(page), page.pk)


def words_from(content: Content, page_id: int) -> PageWords:
    page = made(Page, content["page"], page_id)
    sections = []
    for part in content["sections"]:
        section = made(Section, part, part["id"])
        section.page = page
        entries = [made(Entry, entry, entry["id"]) for entry in part["entries"]]
        for entry in entries:
            entry.section = section
        sections.append(SectionWords(section, entries))
    return PageWords(page, sections)


def fields_of(row: models.Model) -> Content:
    """What an editor can write in this row; a row that it points to is its number."""
    return {field.attname: getattr(row, field.attname) for field in _content_fields(row)}


def made(model: type[Made], content: Content, pk: int) -> Made:
    """A row of this content, not saved."""
    row = model(pk=pk)
    fill(row, content)
    return row


def fill(row: models.Model, content: Content) -> None:
    """Gives the row what the content says. Each field reads what JSON has made of its value."""
    for field in row._meta.concrete_fields:
        if not field.primary_key and field.attname in content:
            setattr(row, field.attname, field.to_python(content[field.attname]))


def plain(content: Content) -> Content:
    """As it comes back from the database, so that two contents can be compared."""
    return json.loads(DjangoJSONEncoder().encode(content))


def _content_fields(row: models.Model) -> Iterator[models.Field]:
    fields: Iterable[models.Field] = row._meta.concrete_fields
    return (
        field
        for field in fields
        if field.editable and not field.primary_key and field.attname not in NOT_CONTENT
    )
