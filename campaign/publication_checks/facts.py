"""Facts on the page that are overdue, unconfirmed or not shown, and what is still to confirm."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from campaign.mentions import MENTION
from campaign.models.dated import CheckedFact
from campaign.publication_checks.findings import Finding, Level, rich_texts
from campaign.publishing.content import PageWords
from campaign.reading import listed_rows
from campaign.uses import MENTIONED_AS


def check(words: PageWords) -> Iterator[Finding]:
    if words.page.check_again_on and words.page.is_overdue():
        message = _("The page should have been read through by %(day)s.")
        yield Finding(Level.WARNING, message % {"day": f"{words.page.check_again_on:%d.%m.%Y}"})
    for part in words.sections:
        if part.section.to_confirm:
            what = _("Still to confirm: %(what)s") % {"what": part.section.to_confirm}
            yield Finding(Level.WARNING, what, str(part.section))
    for row in facts_on(words):
        if not row.is_shown:
            hidden = _("“%(row)s” is mentioned, and readers may not see it yet.")
            yield Finding(Level.WARNING, hidden % {"row": row})
        elif row.is_overdue():
            overdue = _("“%(row)s” should have been checked by %(day)s.")
            day = f"{row.check_again_on:%d.%m.%Y}"
            yield Finding(Level.WARNING, overdue % {"row": row, "day": day})


def facts_on(words: PageWords) -> list[CheckedFact]:
    """Every fact that the page lists or mentions, once."""
    found: dict[tuple[str, int], CheckedFact] = {}
    for part in words.sections:
        for row in listed_rows(part.section):
            if isinstance(row, CheckedFact):
                found[str(row._meta.model_name), row.pk] = row
    names = {name for _where, text in rich_texts(words) for name in MENTION.findall(text)}
    for model, kind in MENTIONED_AS.items():
        keys = {name.partition(":")[2] for name in names if name.startswith(f"{kind}:")}
        rows: Any = model._default_manager.filter(key__in=keys)
        found |= {(str(model._meta.model_name), row.pk): row for row in rows}
    return list(found.values())
