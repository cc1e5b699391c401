"""Facts on the page that are overdue, unconfirmed or not shown, and what is still to confirm."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from campaign.mentions import MENTION
from campaign.models.dated import CheckedFact
from campaign.publication_checks.findings import Finding, Level, shown_rows
from campaign.publishing.content import PageWords
from campaign.reading import listed_rows
from campaign.texts import MENTIONING, text_fields
from campaign.uses import MENTIONED_AS

NOTE = 160  # letters of a note for staff; the form has all of it


def check(words: PageWords) -> Iterator[Finding]:
    if words.page.check_again_on and words.page.is_overdue():
        message = _("The page should have been read through by %(day)s.")
        yield Finding(Level.WARNING, message % {"day": date_format(words.page.check_again_on)})
    for part in words.sections:
        if part.section.to_confirm:
            note = Truncator(part.section.to_confirm).chars(NOTE)
            what = _("Still to confirm: %(note)s") % {"note": note}
            yield Finding(Level.WARNING, what, str(part.section))
    facts = facts_on(words)
    hidden = [f"“{row}”" for row in facts if not row.is_shown]
    overdue = [
        _("“%(row)s” by %(day)s") % {"row": row, "day": date_format(row.check_again_on)}
        for row in facts
        if row.is_shown and row.is_overdue()
    ]
    unconfirmed = [f"“{row}”" for row in facts if row.is_shown and row.to_confirm]
    for rows, message in (
        (hidden, _("Mentioned, but readers may not see it yet: %(rows)s.")),
        (overdue, _("Should have been checked again: %(rows)s.")),
        (unconfirmed, _("Has a note of what is still to confirm: %(rows)s.")),
    ):
        if rows:
            yield Finding(Level.WARNING, message % {"rows": "; ".join(rows)})


def facts_on(words: PageWords) -> list[CheckedFact]:
    """Every fact that the page lists or mentions, once."""
    found: dict[tuple[str, int], CheckedFact] = {}
    for part in words.sections:
        for row in listed_rows(part.section):
            if isinstance(row, CheckedFact):
                found[str(row._meta.model_name), row.pk] = row
    names = {name for text in _texts(words) for name in MENTION.findall(text)}
    for model, kind in MENTIONED_AS.items():
        keys = {name.partition(":")[2] for name in names if name.startswith(f"{kind}:")}
        rows: Any = model._default_manager.filter(key__in=keys)
        found |= {(str(model._meta.model_name), row.pk): row for row in rows}
    return list(found.values())


def _texts(words: PageWords) -> Iterator[str]:
    """Every text with mentions, those of the rows that the page lists included."""
    for row in shown_rows(words):
        for name in MENTIONING.intersection(text_fields(type(row))):
            yield getattr(row, name)
