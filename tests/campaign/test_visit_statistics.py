"""What visits and page counts of some days say together."""

import datetime

import pytest
from django.utils import timezone

from campaign.models import Page, PageCount, Visit
from campaign.publishing.publications import unpublish
from campaign.visit_statistics import Part, visit_statistics

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 7, 15)  # a Wednesday


def at(day: datetime.date, hour: int = 12) -> datetime.datetime:
    """An hour of the clock in Britain."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)


def begin(began_at: datetime.datetime, landing: str = "/", **how_far: bool) -> None:
    Visit.objects.create(began_at=began_at, landing=landing, **how_far)


def days_before(number: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=number)


def hours_with_visits(days: int = 7, today: datetime.date = TODAY) -> dict[int, int]:
    hours = visit_statistics(days, today).hours
    return {hour.hour: hour.visits for hour in hours if hour.visits}


def test_days_without_visits_are_there():
    begin(at(days_before(5)))
    begin(at(TODAY))
    begin(at(TODAY))

    spans = visit_statistics(7, TODAY).spans

    assert [span.visits for span in spans] == [0, 1, 0, 0, 0, 0, 2]
    assert [span.first for span in spans] == [days_before(number) for number in range(6, -1, -1)]
    assert all(span.first == span.last for span in spans)


def test_period_begins_and_ends_at_midnight_in_britain():
    begin(utc(2026, 7, 8, 22))  # 23:00 on the day before the period
    begin(utc(2026, 7, 8, 23))  # the first hour of its first day
    begin(utc(2026, 7, 15, 22))  # the last hour of today
    begin(utc(2026, 7, 15, 23))  # tomorrow

    spans = visit_statistics(7, TODAY).spans

    assert [span.visits for span in spans] == [1, 0, 0, 0, 0, 0, 1]


def test_long_period_goes_by_weeks_from_monday():
    begin(at(datetime.date(2026, 7, 6)))  # Monday of the week before
    begin(at(datetime.date(2026, 7, 12)))  # its Sunday
    begin(at(datetime.date(2026, 7, 13)))

    statistics = visit_statistics(400, TODAY)

    assert [(span.first, span.last, span.visits) for span in statistics.spans[-2:]] == [
        (datetime.date(2026, 7, 6), datetime.date(2026, 7, 12), 2),
        (datetime.date(2026, 7, 13), TODAY, 1),
    ]
    assert statistics.is_by_week
    assert statistics.spans[0].first == days_before(399)
    assert len(statistics.spans) == 58


def test_ninety_days_go_by_day():
    statistics = visit_statistics(90, TODAY)

    assert len(statistics.spans) == 90
    assert not statistics.is_by_week


def test_hours_are_those_of_the_clock_in_summer_and_in_winter():
    begin(utc(2026, 10, 24, 19))  # summer time
    begin(utc(2026, 10, 25, 19))  # the clocks went back in the night

    assert hours_with_visits(today=datetime.date(2026, 10, 25)) == {20: 1, 19: 1}


def test_both_hours_of_the_night_when_clocks_go_back_count_as_one():
    begin(utc(2026, 10, 25, 0))  # 01:00, for the first time
    begin(utc(2026, 10, 25, 1))  # 01:00 again

    assert hours_with_visits(today=datetime.date(2026, 10, 25)) == {1: 2}


def test_hour_after_midnight_in_summer_belongs_to_the_new_day():
    begin(utc(2026, 7, 14, 23))

    statistics = visit_statistics(7, TODAY)

    assert statistics.busiest_span.first == TODAY
    assert statistics.busiest_hour.hour == 0


def test_all_hours_of_the_day_are_there():
    begin(at(TODAY, hour=23))

    hours = visit_statistics(7, TODAY).hours

    assert [hour.hour for hour in hours] == list(range(24))
    assert [hour.visits for hour in hours] == [0] * 23 + [1]


def test_road_counts_parts_of_all_visits():
    begin(at(TODAY))
    begin(at(TODAY), has_reached_help=True)
    begin(at(TODAY), has_reached_help=True, has_gone_to_report=True)
    begin(at(TODAY), has_gone_to_report=True)  # straight from a page that is not one of help
    begin(at(days_before(7)), has_reached_help=True)  # not in the period

    road = visit_statistics(7, TODAY).road

    assert road.begun == Part(4, 4)
    assert road.to_help == Part(2, 4)
    assert road.to_report == Part(2, 4)
    assert road.to_help.percent == 50


@pytest.mark.parametrize(
    ("number", "whole", "percent"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (2, 3, 67), (3, 3, 100)]
)
def test_percent_is_rounded(number, whole, percent):
    assert Part(number, whole).percent == percent


def test_first_pages_are_ordered_by_visits_begun_there():
    begin(at(TODAY), "/parents/", has_reached_help=True, has_gone_to_report=True)
    begin(at(TODAY), "/", has_reached_help=True)
    begin(at(TODAY), "/")
    begin(at(TODAY), "/apps/")

    landings = visit_statistics(7, TODAY).landings

    assert [(row.page.address, row.road.begun.number) for row in landings] == [
        ("/", 2),
        ("/apps/", 1),  # equals by their address
        ("/parents/", 1),
    ]
    assert landings[0].road.to_help == Part(1, 2)
    assert landings[0].road.to_report == Part(0, 2)
    assert landings[2].road.to_report == Part(1, 1)


def test_pages_are_added_up_and_the_most_read_comes_first():
    for day, address, views in [
        (TODAY, "/apps/", 3),
        (TODAY, "/", 2),
        (days_before(6), "/", 5),
        (days_before(7), "/apps/", 90),  # not in the period
        (TODAY + datetime.timedelta(days=1), "/apps/", 90),
        (TODAY, "/parents/", 0),
    ]:
        PageCount.objects.create(day=day, address=address, views=views)

    pages = visit_statistics(7, TODAY).pages

    assert [(row.page.address, row.views) for row in pages] == [("/", 7), ("/apps/", 3)]


def test_pages_have_their_titles_unless_they_are_gone():
    unpublish(Page.objects.get(slug="apps"), None)
    Page.objects.filter(slug="apps").update(title="Not out yet")
    Page.objects.filter(slug="").update(title="Home")
    for views, address in enumerate(("/no-more/", "/apps/", "/"), start=1):
        PageCount.objects.create(day=TODAY, address=address, views=views)
    begin(at(TODAY), "/apps/")

    statistics = visit_statistics(7, TODAY)

    assert [row.page.title for row in statistics.pages] == ["Home", "Not out yet", ""]
    assert statistics.landings[0].page.title == "Not out yet"


def test_nothing_counted_is_empty_and_either_kind_of_count_is_not():
    assert visit_statistics(7, TODAY).is_empty

    PageCount.objects.create(day=TODAY, address="/", views=1)
    assert not visit_statistics(7, TODAY).is_empty

    PageCount.objects.all().delete()
    begin(at(TODAY))
    assert not visit_statistics(7, TODAY).is_empty


def test_queries_do_not_grow_with_the_rows(django_assert_num_queries):
    for number in range(40):
        begin(at(days_before(number)), f"/page-{number}/")
        PageCount.objects.create(day=days_before(number), address=f"/page-{number}/", views=1)

    with django_assert_num_queries(5):
        visit_statistics(400, TODAY)
