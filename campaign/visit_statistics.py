"""What all counted visits of some days say together; a single visit is nobody's business.

Days and hours are those of the site's own time zone.
"""

import datetime
from dataclasses import dataclass
from itertools import groupby
from typing import TypedDict

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractHour, TruncDate
from django.utils import timezone

from campaign.models import Page, PageCount, Visit

PERIODS = (7, 30, 90, 400)  # days; rows are not kept longer than the last
USUAL_PERIOD = 30
FEWEST_TOLD = 5  # visits; how far fewer than these came would tell of single readers
LONGEST_BY_DAY = 90  # days; with more of them than this a picture by day is noise


@dataclass(frozen=True)
class Span:
    """A day, or a week from Monday to Sunday as far as the period has it."""

    first: datetime.date
    last: datetime.date
    visits: int  # begun in it


@dataclass(frozen=True)
class Hour:
    """An hour of the day, and how many visits began in it on all days together."""

    hour: int  # 0 to 23
    visits: int

    @property
    def end(self) -> int:
        return self.hour + 1


@dataclass(frozen=True)
class Part:
    """How many of how many."""

    number: int
    whole: int

    @property
    def percent(self) -> int:
        """Rounded; 0 of 0 is 0."""
        return round(100 * self.number / self.whole) if self.whole else 0


@dataclass(frozen=True)
class Road:
    """How far visits came. Both parts are parts of all of them: help may be skipped."""

    begun: Part
    to_help: Part
    to_report: Part


@dataclass(frozen=True)
class CountedPage:
    """An address as readers type it after the host, and its page's title; "" without a page."""

    address: str
    title: str


@dataclass(frozen=True)
class ReadPage:
    page: CountedPage
    views: int  # times that it was read


@dataclass(frozen=True)
class Landing:
    """A page on which visits began, and how far these came."""

    page: CountedPage
    road: Road


@dataclass(frozen=True)
class VisitStatistics:
    days: int
    spans: list[Span]  # one after the other, none left out
    hours: list[Hour]  # all 24
    road: Road
    landings: list[Landing]  # where most visits began comes first
    pages: list[ReadPage]  # the most read comes first

    @property
    def is_empty(self) -> bool:
        return not self.road.begun.number and not self.pages

    @property
    def is_too_few(self) -> bool:
        return 0 < self.road.begun.number < FEWEST_TOLD

    @property
    def is_by_week(self) -> bool:
        return self.days > LONGEST_BY_DAY

    @property
    def busiest_span(self) -> Span:
        """The first of equals."""
        return max(self.spans, key=lambda span: span.visits)

    @property
    def busiest_hour(self) -> Hour:
        """The first of equals."""
        return max(self.hours, key=lambda hour: hour.visits)


def visit_statistics(days: int, today: datetime.date) -> VisitStatistics:
    """Reads the counts of so many days, of which today is the last."""
    first_day = today - datetime.timedelta(days=days - 1)
    visits = _visits_between(first_day, today)
    titles = _titles()
    counts = _counts_by_landing(visits)
    return VisitStatistics(
        days=days,
        spans=_spans(_visits_by_day(visits), first_day, days),
        hours=_hours(visits),
        road=_road(counts),
        landings=[Landing(_page(row["landing"], titles), _road([row])) for row in counts],
        pages=_read_pages(first_day, today, titles),
    )


def _visits_between(first_day: datetime.date, last_day: datetime.date) -> QuerySet[Visit]:
    day_after = last_day + datetime.timedelta(days=1)
    return Visit.objects.filter(
        began_at__gte=_midnight(first_day), began_at__lt=_midnight(day_after)
    )


def _midnight(day: datetime.date) -> datetime.datetime:
    """The day's beginning."""
    midnight = datetime.datetime.combine(day, datetime.time.min)
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def _visits_by_day(visits: QuerySet[Visit]) -> dict[datetime.date, int]:
    day = TruncDate("began_at", tzinfo=timezone.get_default_timezone())
    return dict(visits.order_by().values_list(day).annotate(Count("pk")))


def _spans(visits: dict[datetime.date, int], first_day: datetime.date, days: int) -> list[Span]:
    period = [first_day + datetime.timedelta(days=number) for number in range(days)]
    begins = _monday if days > LONGEST_BY_DAY else _itself
    groups = [list(group) for _, group in groupby(period, key=begins)]
    return [Span(group[0], group[-1], sum(visits.get(day, 0) for day in group)) for group in groups]


def _itself(day: datetime.date) -> datetime.date:
    return day


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def _hours(visits: QuerySet[Visit]) -> list[Hour]:
    hour = ExtractHour("began_at", tzinfo=timezone.get_default_timezone())
    counts = dict(visits.order_by().values_list(hour).annotate(Count("pk")))
    return [Hour(number, counts.get(number, 0)) for number in range(24)]


class LandingCounts(TypedDict):
    landing: str
    begun: int
    to_help: int
    to_report: int


def _counts_by_landing(visits: QuerySet[Visit]) -> list[LandingCounts]:
    counts = visits.values("landing").annotate(
        begun=Count("pk"),
        to_help=Count("pk", filter=Q(has_reached_help=True)),
        to_report=Count("pk", filter=Q(has_gone_to_report=True)),
    )
    return list(counts.order_by("-begun", "landing"))


def _road(counts: list[LandingCounts]) -> Road:
    begun = sum(row["begun"] for row in counts)
    return Road(
        begun=Part(begun, begun),
        to_help=Part(sum(row["to_help"] for row in counts), begun),
        to_report=Part(sum(row["to_report"] for row in counts), begun),
    )


def _read_pages(
    first_day: datetime.date, last_day: datetime.date, titles: dict[str, str]
) -> list[ReadPage]:
    counts = (
        PageCount.objects.filter(day__range=(first_day, last_day))
        .values_list("address")
        .annotate(times=Sum("views"))
        .filter(times__gt=0)
        .order_by("-times", "address")
    )
    return [ReadPage(_page(address, titles), times) for address, times in counts]


def _titles() -> dict[str, str]:
    """Of every page, by its address: also of one that is no longer published."""
    return {
        page.get_absolute_url(): page.title for page in Page.objects.kept().only("slug", "title")
    }


def _page(address: str, titles: dict[str, str]) -> CountedPage:
    return CountedPage(address, titles.get(address, ""))
