"""Counting visits of readers who said yes: pages by the day, and how far a visit came."""

import re
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from campaign.models import Page, PageCount, Visit
from campaign.models.feedback import this_hour
from campaign.models.pages import Group
from campaign.publishing.live import live_page

KEY_LIFE = timedelta(days=1)  # as long as the browser keeps it
LIFE = timedelta(days=400)  # of the counts: a year, and the same weeks of the year before
# More than any real day brings; what comes above is a script, and would fill the disk.
MOST_VISITS_AN_HOUR = 5_000
MOST_PAGES_A_VISIT = 500


# What no address and no key looks like is not asked of the database, which may not take it.
ADDRESS = re.compile(r"/(?:([-\w]{1,50})/)?", re.ASCII)
KEY = re.compile(r"[-\w]{22}", re.ASCII)


def counted_page(address: str) -> Page | None:
    """The published page of this address, if it is one that may be counted."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        return None
    page = live_page(found[1] or "")
    return page if page and page.is_counted else None


@transaction.atomic
def count(page: Page, key: str | None) -> Visit | None:
    """Counts that a page was read in the visit of this key, or in a new one.

    None where nothing was counted, since too much was already.
    """
    visit = _visit_of(key)
    if visit is None:
        forget()
        if Visit.objects.filter(began_at=this_hour()).count() >= MOST_VISITS_AN_HOUR:
            return None
        visit = Visit.objects.create(landing=page.get_absolute_url())
    has_come_to_help = {"has_reached_help": True} if page.group == Group.NOW else {}
    open_visit = Visit.objects.filter(pk=visit.pk, pages_read__lt=MOST_PAGES_A_VISIT)
    if not open_visit.update(pages_read=F("pages_read") + 1, **has_come_to_help):
        return None
    day, _ = PageCount.objects.get_or_create(
        address=page.get_absolute_url(), day=timezone.localdate()
    )
    PageCount.objects.filter(pk=day.pk).update(views=F("views") + 1)
    return visit


def count_going_to_report(key: str | None) -> None:
    """Notes that a visit went on to reporting; of what follows there nothing is counted."""
    if visit := _visit_of(key):
        Visit.objects.filter(pk=visit.pk).update(has_gone_to_report=True)


def forget() -> None:
    """Deletes keys after a day, and counts after their life."""
    now = timezone.now()
    Visit.objects.filter(began_at__lt=now - KEY_LIFE).exclude(key=None).update(key=None)
    Visit.objects.filter(began_at__lt=now - LIFE).delete()
    PageCount.objects.filter(day__lt=timezone.localdate() - LIFE).delete()


def _visit_of(key: str | None) -> Visit | None:
    if not key or not KEY.fullmatch(key):
        return None
    return Visit.objects.filter(key=key, began_at__gte=timezone.now() - KEY_LIFE).first()
