"""Puts the starter content into the database: all of it, or nothing."""

import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from campaign import frame
from campaign.addresses import refuse_unfit_address
from campaign.mentions import Mentions
from campaign.models import (
    AppGuide,
    Entry,
    Figure,
    Law,
    Page,
    Resource,
    Route,
    Section,
    Service,
    SiteSettings,
    Tip,
    Topic,
    WarningSign,
)
from campaign.models.shared import SharedRow
from campaign.publishing.publications import publish
from campaign.starter.read import STARTER, Row, StarterError, read_pages, read_rows, read_settings
from campaign.texts import text_fields

# Topics first: the rest name them.
SHARED_ROWS: dict[str, type[models.Model]] = {
    "topics.toml": Topic,
    "services.toml": Service,
    "routes.toml": Route,
    "figures.toml": Figure,
    "laws.toml": Law,
    "apps.toml": AppGuide,
    "signs.toml": WarningSign,
    "tips.toml": Tip,
    "resources.toml": Resource,
}
Saved = TypeVar("Saved", bound=models.Model)

# What the values of a kind of field must be, in TOML and in words.
VALUES: dict[type[models.Field], tuple[type, str]] = {
    models.CharField: (str, "text"),
    models.TextField: (str, "text"),
    models.DateField: (datetime.date, "a date, such as 2026-07-01"),
    models.BooleanField: (bool, "true or false"),
    models.PositiveSmallIntegerField: (int, "a whole number"),
}
STEP = 10  # between positions, so that an editor can put something in between


def is_loaded() -> bool:
    return Page.objects.exists() or SiteSettings.objects.exists()


@transaction.atomic
def load(folder: Path = STARTER) -> int:
    """Loads everything in the folder and returns the number of pages.

    Raises StarterError, naming file and row, where something is missing, misspelt or breaks a
    rule of the models; the database is then as it was before.
    """
    settings = read_settings(folder)
    placed: list[tuple[Row, models.Model]] = [(settings, _save(SiteSettings(), settings))]
    for name, model in SHARED_ROWS.items():
        placed += [(row, _save(model(), row)) for row in read_rows(folder, name)]
    rows = read_pages(folder)
    sections = {row.place: row.rows("sections", "section") for row in rows}
    pages = [(row, _save(Page(), row)) for row in rows]
    placed += pages
    for row, page in pages:
        for number, part in enumerate(sections[row.place], 1):
            placed += _load_section(part, page, number * STEP)
    _refuse_faulty_mentions(placed)
    for _row, page in pages:
        publish(page, None, "First content")
    return len(pages)


def _load_section(row: Row, page: Page, position: int) -> list[tuple[Row, models.Model]]:
    entries = row.rows("entries", "entry")
    section = _save(Section(page=page, position=position), row)
    return [(row, section)] + [
        (entry, _save(Entry(section=section, position=number * STEP), entry))
        for number, entry in enumerate(entries, 1)
    ]


def _save(instance: Saved, row: Row) -> Saved:
    """Fills the instance from the row, checks it as the admin would, and saves it."""
    fields = dict(row.fields)
    topics = _topics(fields.pop("topics", []), row) if isinstance(instance, SharedRow) else []
    for name, value in fields.items():
        setattr(instance, name, _value(instance, name, value, row))
    try:
        if isinstance(instance, Page):
            refuse_unfit_address(instance)
        instance.full_clean()
    except ValidationError as error:
        raise row.error("; ".join(_messages(error))) from error
    instance.save(force_insert=True)
    if isinstance(instance, SharedRow):
        instance.topics.set(topics)
    return instance


def _value(instance: models.Model, name: str, value: Any, row: Row) -> Any:
    """The value as the field wants it: a row's key or address in the place of the row."""
    field = _field(instance, name, row)
    if isinstance(field, models.ForeignKey):
        return _target(field, name, value, row)
    for kind, (wanted, words) in VALUES.items():
        # A date with a time is a date too, and True is a number.
        if isinstance(field, kind) and type(value) is not wanted:
            raise row.error(f"{name} must be {words}, not {value!r}")
    return value


def _field(instance: models.Model, name: str, row: Row) -> models.Field:
    own = {"page", "section"} if isinstance(instance, Section) else {"section"}
    fields = {field.name: field for field in instance._meta.concrete_fields if field.editable}
    if name not in fields or fields[name].primary_key or name in own:
        raise row.error(f"{name} is not a field of {instance._meta.verbose_name}")
    return fields[name]


def _target(field: models.ForeignKey, name: str, value: Any, row: Row) -> models.Model | None:
    if name == "topic" and value == "":
        return None
    found = None
    if isinstance(value, str):
        found = field.related_model._default_manager.filter(slug=value).first()
    if found is None:
        raise row.error(f"{name} {value!r} does not exist")
    return found


def _topics(slugs: Any, row: Row) -> list[Topic]:
    if not isinstance(slugs, list):
        raise row.error("topics must be a list")
    found = {topic.slug: topic for topic in Topic.objects.all()}
    for slug in slugs:
        if slug not in found:
            raise row.error(f"topic {slug!r} does not exist")
    return [found[slug] for slug in slugs]


def _messages(error: ValidationError) -> list[str]:
    if hasattr(error, "error_dict"):
        return [f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
    return error.messages


def _refuse_faulty_mentions(placed: list[tuple[Row, models.Model]]) -> None:
    frame.forget()  # the force's name has come into the database since it was read
    mentions = Mentions()
    for row, instance in placed:
        for name in text_fields(type(instance)):
            if fault := mentions.fault(name, getattr(instance, name)):
                raise row.error(f"{name}: {fault}")


__all__ = ["StarterError", "is_loaded", "load"]
