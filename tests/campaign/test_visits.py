"""Counting visits: what is kept, what is not, and for how long."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from campaign import visits
from campaign.models import Page, PageCount, Visit
from campaign.models.feedback import this_hour
from campaign.publishing.publications import unpublish
from sextortion_site.consent.choice import Choice, State
from sextortion_site.consent.register import CONSENT, VISIT
from tests.addresses import PAGES
from tests.forms import post_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    """A reader who said yes to being counted."""
    client.cookies[CONSENT.full_name] = Choice.for_all(State.ACCEPTED).as_cookie()
    return client


def read(reader, *addresses: str) -> None:
    for address in addresses:
        response = post_form(reader, "/visits/", {"page": address})
        assert response.status_code == 204


def page_counts() -> dict[str, int]:
    return {row.address: row.views for row in PageCount.objects.all()}


def test_pages_of_one_visit_are_one_row(reader):
    read(reader, "/what-is-sextortion/", "/help-now/", "/help-now/")

    visit = Visit.objects.get()
    assert (visit.landing, visit.pages_read) == ("/what-is-sextortion/", 3)
    assert visit.has_reached_help
    assert not visit.has_gone_to_report
    assert page_counts() == {"/what-is-sextortion/": 1, "/help-now/": 2}


def test_row_holds_nothing_of_the_reader(reader):
    post_form(
        reader,
        "/visits/",
        {"page": "/help-now/"},
        REMOTE_ADDR="203.0.113.77",
        headers={"user-agent": "Browser of a reader", "referer": "https://search.example/?q=why"},
    )

    row = Visit.objects.values().get()
    assert set(row) == {
        "id",
        "key",
        "began_at",
        "landing",
        "pages_read",
        "has_reached_help",
        "has_gone_to_report",
    }
    assert row["began_at"] == this_hour()
    assert not any(word in str(row) for word in ("203.0", "Browser of", "search.example"))


def test_cookie_lives_a_day_and_is_not_prolonged(reader):
    first = post_form(reader, "/visits/", {"page": "/"})
    second = post_form(reader, "/visits/", {"page": "/help-now/"})

    assert first.cookies[VISIT.full_name]["max-age"] == 86_400
    assert second.cookies == {}


@pytest.mark.parametrize("answer", [None, State.DECLINED])
def test_reader_who_has_not_said_yes_is_not_counted(client, answer):
    if answer:
        client.cookies[CONSENT.full_name] = Choice.for_all(answer).as_cookie()

    read(client, "/help-now/")

    assert not Visit.objects.exists()
    assert not PageCount.objects.exists()


def test_privacy_signal_is_not_counted_though_the_cookie_says_yes(reader):
    post_form(reader, "/visits/", {"page": "/help-now/"}, headers={"sec-gpc": "1"})

    assert not Visit.objects.exists()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_but_the_one_on_reporting_is_marked_to_be_counted(client, address):
    page = client.get(address).content.decode()

    assert (f'data-counted="{address}"' in page) == (address != "/report/other-ways/")


def test_report_page_is_never_counted_only_the_way_to_it(reader):
    read(reader, "/help-now/")

    refused = post_form(reader, "/visits/", {"page": "/report/"})
    post_form(reader, "/visits/", {"page": "/help-now/", "goes_to_report": "1"})

    visit = Visit.objects.get()
    assert refused.status_code == 400
    assert visit.has_gone_to_report
    assert visit.pages_read == 1
    assert page_counts() == {"/help-now/": 1}


def test_way_to_reporting_without_a_visit_begins_none(reader):
    post_form(reader, "/visits/", {"page": "/help-now/", "goes_to_report": "1"})

    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    "page",
    ["", "help-now", "/help-now", "//help-now//", "/no-such-page/", "/staff/", "\0", "x" * 9000],
)
def test_what_is_no_page_is_refused_clearly_and_not_counted(reader, page):
    response = post_form(reader, "/visits/", {"page": page})

    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()
    assert not PageCount.objects.exists()


def test_page_that_is_not_published_is_not_counted(reader):
    unpublish(Page.objects.get(slug="students"), None)

    assert post_form(reader, "/visits/", {"page": "/students/"}).status_code == 400


@pytest.mark.parametrize("key", ["invented", "i" * 22, "nul\0", "x" * 4000])
def test_invented_key_begins_a_visit_of_its_own_with_a_key_of_ours(reader, key):
    reader.cookies[VISIT.full_name] = key

    read(reader, "/")

    assert Visit.objects.get().key not in {None, key}


def test_key_of_yesterday_is_deleted_and_begins_a_new_visit(reader):
    read(reader, "/")
    Visit.objects.update(began_at=timezone.now() - timedelta(hours=25))

    read(reader, "/help-now/")

    new, old = Visit.objects.all()
    assert old.key is None
    assert (new.landing, new.pages_read, old.pages_read) == ("/help-now/", 1, 1)


@pytest.mark.parametrize("days", [399, 401])
def test_counts_are_deleted_after_400_days_though_nobody_visits(days):
    Visit.objects.create(landing="/", began_at=timezone.now() - timedelta(days=days))
    PageCount.objects.create(address="/", day=timezone.localdate() - timedelta(days=days))

    call_command("forget_visits")

    kept = days < 400
    assert Visit.objects.exists() == PageCount.objects.exists() == kept


def test_invented_visits_cannot_fill_the_disk(client, monkeypatch):
    monkeypatch.setattr(visits, "MOST_VISITS_AN_HOUR", 2)
    for _ in range(4):
        client.cookies.clear()
        client.cookies[CONSENT.full_name] = Choice.for_all(State.ACCEPTED).as_cookie()
        read(client, "/")

    assert Visit.objects.count() == 2
    assert page_counts() == {"/": 2}


def test_one_visit_cannot_raise_the_counts_without_end(reader, monkeypatch):
    monkeypatch.setattr(visits, "MOST_PAGES_A_VISIT", 3)

    read(reader, *["/"] * 5)

    assert Visit.objects.get().pages_read == 3
    assert page_counts() == {"/": 3}


def test_count_from_another_site_is_refused(reader):
    response = post_form(
        reader, "/visits/", {"page": "/"}, headers={"sec-fetch-site": "cross-site"}
    )

    assert response.status_code == 403
    assert not Visit.objects.exists()


def test_address_of_the_counts_answers_posts_alone(client):
    assert client.get("/visits/").status_code == 405
