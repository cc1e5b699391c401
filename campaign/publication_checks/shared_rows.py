"""Shared rows and the settings are live once they are saved: the pages that readers get with them
are checked before, as they would be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from campaign.frame import frame_of_this_transaction
from campaign.publication_checks import markup, weight
from campaign.publication_checks.findings import Finding, Level
from campaign.publishing.content import PageWords, words_from
from campaign.uses import Shown, shown_with
from sextortion_site.staff.moments import moment


@dataclass(frozen=True)
class Fitness:
    """What can stop a page from being published, or soon will."""

    size: int
    broken: frozenset[Finding]

    @property
    def is_in_doubt(self) -> bool:
        return bool(self.broken) or any(weight.findings_of(self.size))


def check_pages_after(change: Callable[[], Iterable[Model]]) -> list[str]:
    """What is to be known of the pages that readers would get with this change of shared rows,
    now and by what is planned. ``change`` makes it and returns the rows; here it is undone again.

    Raises ValidationError where a page would be stopped. One that was stopped before refuses only
    what makes it worse: otherwise a wrong number could not be put right on it."""
    with transaction.atomic():
        found = [shown for row in change() for shown in shown_with(row)]
        after = _fitness_of(found)
        transaction.set_rollback(True)
    before = _fitness_of(shown for shown, fitness in after.items() if fitness.is_in_doubt)
    stops: list[str] = []
    warnings: list[str] = []
    for shown, was in before.items():
        now = after[shown]
        worse = sorted(now.broken - was.broken, key=str)
        if now.size > was.size:
            worse += weight.findings_of(now.size)
        for finding in worse:
            told = stops if finding.level == Level.STOP else warnings
            told.append(_told(shown, finding))
    if stops:
        message = _("Readers would at once get a page that must not be so. %s")
        raise ValidationError([message % stop for stop in stops])
    return warnings


def _fitness_of(pages: Iterable[Shown]) -> dict[Shown, Fitness]:
    with frame_of_this_transaction():
        return {
            shown: _fitness(words_from(shown.content, shown.page.pk))
            for shown in dict.fromkeys(pages)
        }


def _fitness(words: PageWords) -> Fitness:
    return Fitness(weight.weight_of(words), frozenset(markup.check(words)))


def _told(shown: Shown, finding: Finding) -> str:
    page = _("“%(page)s”") % {"page": shown.page}
    if not shown.is_live:
        when = moment(shown.at)
        page = _("“%(page)s”, planned for %(when)s") % {"page": shown.page, "when": when}
    return ": ".join(filter(None, [page, finding.where, finding.what]))
