"""Puts the starter content into the database: all of it, or nothing."""

from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction

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
from campaign.starter.read import STARTER, Row, StarterError, read_pages, read_rows, read_settings

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

STEP = 10  # between positions, so that an editor can put something in between


def is_loaded() -> bool:
    return Page.objects.exists()


@transaction.atomic
def load(folder: Path = STARTER) -> int:
    """Loads everything in the folder and returns the number of pages.

    Raises StarterError, naming file and row, where something is missing, misspelt or breaks a
    rule of the models; the database is then as it was before.
    """
    settings = read_settings(folder)
    _save(SiteSettings(), settings)
    placed: list[tuple[Row, models.Model]] = []
    for name, model in SHARED_ROWS.items():
        placed += [(row, _save(model(), row)) for row in read_rows(folder, name)]
    rows = read_pages(folder)
    sections = {row.place: row.rows("sections", "section") for row in rows}
    pages = [(row, _save(Page(), row)) for row in rows]
    placed += pages
    for row, page in pages:
        for number, part in enumerate(sections[row.place], 1):
            placed += _load_section(part, page, number * STEP)
    _refuse_unknown_mentions(placed)
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
        instance.full_clean()
    except ValidationError as error:
        raise row.error("; ".join(_messages(error))) from error
    instance.save(force_insert=True)
    if isinstance(instance, SharedRow):
        instance.topics.set(topics)
    return instance


def _value(instance: models.Model, name: str, value: Any, row: Row) -> Any:
    """The value as the field wants it: a row's key or address in the place of the row."""
    try:
        field = instance._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise row.error(f"{name} is not a field of {instance._meta.verbose_name}") from error
    if not isinstance(field, models.ForeignKey):
        return value
    if name == "topic" and value == "":
        return None
    target = field.related_model._default_manager.filter(slug=value).first()
    if target is None:
        raise row.error(f"{name} {value!r} does not exist")
    return target


def _topics(slugs: list[str], row: Row) -> list[Topic]:
    found = {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)}
    for slug in slugs:
        if slug not in found:
            raise row.error(f"topic {slug!r} does not exist")
    return list(found.values())


def _messages(error: ValidationError) -> list[str]:
    if hasattr(error, "error_dict"):
        return [f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
    return error.messages


def _refuse_unknown_mentions(placed: list[tuple[Row, models.Model]]) -> None:
    mentions = Mentions()
    for row, instance in placed:
        if unknown := mentions.unknown(texts_of(instance)):
            raise row.error(f"mentions {', '.join(unknown)}, which does not exist")


def texts_of(instance: models.Model) -> list[str]:
    """Every text of a row."""
    return [
        getattr(instance, field.name)
        for field in instance._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
    ]


__all__ = ["StarterError", "is_loaded", "load"]
