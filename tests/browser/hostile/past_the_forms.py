"""Puts attempts straight into the tables, as no form would: plain texts as they are, rich ones as
they are when they are cleaned."""

from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import DataError, IntegrityError, models, transaction

from campaign.models import Entry, Image, Page, Section, Service, Topic
from campaign.models.fields import RichTextField
from campaign.models.sections import LISTED_MODELS, SectionKind, Speaker
from campaign.publishing.publications import publish
from campaign.publishing.rows import keep_version
from tests.browser.hostile.attempts import ATTEMPTS, LINK

WITH_VERSIONS = {"campaign.topic", "campaign.image"} | {
    f"campaign.{name}" for name in LISTED_MODELS.values()
}
HOLD_ENTRIES = ["steps", "checklist", "they_say", "chat", "messages", "table", "doors"]


def put_all(rows: dict[str, list[int]]) -> None:
    """``rows`` are those that the forms have made, by model, in the order of the attempts."""
    for label, keys in rows.items():
        for pk, attempt in zip(keys, ATTEMPTS, strict=True):
            row = apps.get_model(label)._default_manager.get(pk=pk)
            put(row, attempt)
            if label in WITH_VERSIONS:
                row.refresh_from_db()
                keep_version(row, None, attempt)
    pages, images, topics = (
        [model.objects.get(pk=pk) for pk in rows[model._meta.label_lower]]
        for model in (Page, Image, Topic)
    )
    for number, attempt in enumerate(ATTEMPTS):
        _fill_page(pages[number], attempt, images[number], topics[number], pages[number - 1])
    # A text mentions it by this key, and gets its link.
    linked = rows["campaign.service"][ATTEMPTS.index(LINK)]
    Service.objects.filter(pk=linked).update(key="hostile", phone="", text_number="")
    # After all are there, so that each leads to another that readers may open.
    for page, attempt in zip(pages, ATTEMPTS, strict=True):
        publish(page, None, attempt)
    for entry, attempt in zip(LogEntry.objects.all(), ATTEMPTS * 50, strict=False):
        put(entry, attempt)


def put(row: models.Model, attempt: str) -> None:
    """Each field for itself: what the database refuses stays as it was."""
    for field in row._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField)
        # An address of letters is what every link of the site is made from.
        if not is_text or field.choices or isinstance(field, models.SlugField):
            continue
        if isinstance(field, models.JSONField) or field.name in {"password", "digest"}:
            continue
        value = cleaned(field, row, attempt)
        if field.max_length is None or len(value) <= field.max_length:
            _write(row, field.name, value)


def cleaned(field: Any, row: models.Model, attempt: str) -> str:
    return field.clean(attempt, row) if isinstance(field, RichTextField) else attempt


def _write(row: models.Model, name: str, value: str) -> None:
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{name: value})
    except (IntegrityError, DataError):
        pass


def _fill_page(page: Page, attempt: str, image: Image, topic: Topic, other: Page) -> None:
    """A section of every kind, with entries where it has some."""
    body = Section._meta.get_field("body")
    for kind in SectionKind:
        section = Section.objects.create(
            page=page,
            kind=kind,
            heading=attempt,
            body=cleaned(body, page, attempt),
            to_confirm=attempt,
            columns=f"{attempt} | x".replace("\0", "") if kind == SectionKind.TABLE else "",
            image=image if kind == SectionKind.IMAGE else None,
            topic=topic if kind in LISTED_MODELS else None,
        )
        if kind in HOLD_ENTRIES:
            Entry.objects.create(
                section=section,
                lead=attempt,
                text=cleaned(Entry._meta.get_field("text"), section, attempt),
                speaker=Speaker.YOU if kind == SectionKind.CHAT else "",
                page=other if kind == SectionKind.DOORS else None,
            )
