"""The staff's page about visits: who sees it, and what it says."""

import datetime
import re

import pytest
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from campaign import visit_statistics
from campaign.models import PageCount, Visit
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

URL = "/staff/campaign/visit/"


@pytest.fixture(autouse=True)
def summer_evening(monkeypatch: pytest.MonkeyPatch):
    """It is half past eight in Britain, so that no test runs across midnight."""
    now = datetime.datetime(2026, 7, 15, 19, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture(autouse=True)
def any_number_is_told(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """Tests look at a few visits; one test looks at what is then not told."""
    if "too_few" not in request.node.name:
        monkeypatch.setattr(visit_statistics, "FEWEST_TOLD", 1)


@pytest.fixture
def colleague(client):
    """Somebody of the staff who may do nothing yet."""
    account = new_account("colleague")
    sign_in(client, account)
    return account


@pytest.fixture
def counted():
    """Three visits of today that began on two pages, and what they read."""
    Visit.objects.create(landing="/help-now/", has_reached_help=True, has_gone_to_report=True)
    Visit.objects.create(landing="/help-now/", has_reached_help=True)
    Visit.objects.create(landing="/parents/")
    PageCount.objects.create(address="/help-now/", views=1234)
    PageCount.objects.create(address="/parents/", views=2)


def rows(page: str, caption: str) -> list[str]:
    """The body rows of the table with this caption, in plain text."""
    table = page[page.index(f"<caption>{caption}") :]
    body = table[table.index("<tbody>") : table.index("</tbody>")]
    return [text_of(row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_visitor_is_sent_to_sign_in(client):
    response = client.get(URL)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/staff/login/")


def test_staff_without_the_permission_are_refused(client, colleague):
    assert client.get(URL).status_code == 403


def test_staff_with_the_permission_see_the_page_and_find_it(client, colleague, counted):
    colleague.groups.add(Group.objects.get(name="Writer"))

    assert "Visits begun" in client.get(URL).content.decode()
    assert f'href="{URL}"' in client.get("/staff/").content.decode()


def test_tables_hold_the_numbers(editor, counted):
    page = editor.get(URL).content.decode()

    assert rows(page, "How far visits came") == [
        "Visits begun 3 100%",
        "Came to help 2 67%",
        "Went on to reporting 1 33%",
    ]
    assert rows(page, "Where visits begin") == [
        "What to do right now /help-now/ 2 2 100% 1 50%",
        "How parents and carers can help /parents/ 1 0 0% 0 0%",
    ]
    assert rows(page, "How often each page was read") == [
        "What to do right now /help-now/ 1234",
        "How parents and carers can help /parents/ 2",
    ]


def test_tables_of_days_and_hours_have_a_row_for_each(editor, counted):
    page = editor.get(URL).content.decode()
    days = rows(page, "Visits begun on each day")
    assert days[0] == "Wednesday 15 July 2026 3"
    assert len(days) == 30
    hours = rows(page, "Visits begun in each hour")
    assert hours[20] == "20:00 \N{EN DASH} 21:00 3"
    assert len(hours) == 24


def test_small_share_is_not_called_none(editor):
    Visit.objects.bulk_create(Visit(landing="/") for _ in range(300))
    Visit.objects.create(landing="/", has_gone_to_report=True)

    assert rows(editor.get(URL).content.decode(), "How far visits came") == [
        "Visits begun 301 100%",
        "Came to help 0 0%",
        "Went on to reporting 1 under 1%",
    ]


def test_every_picture_is_named_by_what_it_shows(editor, counted):
    page = editor.get(URL).content.decode()

    names = re.findall(r'role="img" aria-labelledby="([^"]+)"', page)

    findings = [re.search(rf'id="{name}">(.*?)</figcaption>', page, re.DOTALL) for name in names]
    assert [text_of(finding[1]) for finding in findings if finding] == [
        "3 visits in the last 30 days. The most on one day: 3, on Wednesday 15 July.",
        "The busiest hour is 20:00 to 21:00: 3 of 3 visits began in it.",
    ]


def test_highest_bar_is_as_high_as_the_picture(editor, counted):
    page = editor.get(URL).content.decode()

    assert 'viewBox="0 0 30 100"' in page
    assert 'x="29.1" width=".8" height="100"' in page


def test_nothing_on_the_page_needs_style_or_script_inside_it(editor, counted):
    main = editor.get(URL).content.decode().split('<main id="content-start"')[1].split("</main>")[0]

    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", main)
    assert main.count("<figure>") == 5


@pytest.mark.parametrize("days", [7, 30, 90, 400])
def test_period_is_marked_as_chosen(editor, counted, days):
    page = editor.get(URL, {"days": days}).content.decode()

    assert re.findall(r'<a [^>]*href="([^"]+)" aria-current="page">', page) == [f"?days={days}"]
    assert f"3 visits in the last {days} days." in page


def test_long_period_is_told_by_week(editor, counted):
    page = editor.get(URL, {"days": 400}).content.decode()

    assert "Visits a week" in page
    assert rows(page, "Visits begun in each week")[0] == "13 July \N{EN DASH} 15 July 2026 3"


@pytest.mark.parametrize("days", ["", "0", "31", "-7", "seven", "7.0", "\u0667", "9" * 50, "<b>"])
def test_unknown_period_becomes_the_usual_one_with_a_word_about_it(editor, counted, days):
    response = editor.get(URL, {"days": days})

    page = response.content.decode()
    assert response.status_code == 200
    assert "There is no such period: these are the last 30 days." in page
    assert 'href="?days=30" aria-current="page"' in page
    assert "no such period" not in editor.get(URL).content.decode()


def test_too_few_visits_are_not_told_apart(editor, counted):
    page = editor.get(URL).content.decode()

    assert "would tell of single readers" in page
    assert "visits-landings" not in page
    assert "Went on to reporting</th>" not in page
    Visit.objects.create(landing="/")
    Visit.objects.create(landing="/")
    assert "visits-landings" in editor.get(URL).content.decode()


def test_nobody_counted_is_said_in_words(editor):
    page = editor.get(URL).content.decode()

    assert "Nobody was counted in the last 30 days." in page
    assert "<table>" not in page
    assert "<figure>" not in page


def test_pages_read_by_visits_that_began_earlier_are_shown_alone(editor):
    PageCount.objects.create(address="/parents/", views=2)

    page = editor.get(URL).content.decode()

    assert rows(page, "How often each page") == ["How parents and carers can help /parents/ 2"]
    assert page.count("<figure>") == 1


@pytest.mark.parametrize(
    "screen", ["{pk}/", "{pk}/change/", "{pk}/history/", "{pk}/delete/", "add/"]
)
def test_single_visit_has_no_screen(editor, counted, screen):
    visit = Visit.objects.first()

    assert editor.get(URL + screen.format(pk=visit.pk)).status_code == 404
    assert editor.post(URL + screen.format(pk=visit.pk), {"post": "yes"}).status_code == 404
    assert Visit.objects.count() == 3


def test_single_visit_has_no_address(counted):
    with pytest.raises(NoReverseMatch):
        reverse("admin:campaign_visit_change", args=[Visit.objects.first().pk])


def test_page_names_no_key_of_a_visit(editor, counted):
    page = editor.get(URL).content.decode()

    assert all(key and key not in page for key in Visit.objects.values_list("key", flat=True))


def test_deleting_all_visits_by_the_action_of_a_list_does_nothing(editor, counted):
    selected = list(Visit.objects.values_list("pk", flat=True))

    editor.post(URL, {"action": "delete_selected", "_selected_action": selected, "post": "yes"})

    assert Visit.objects.count() == 3


def test_queries_do_not_grow_with_the_visits(editor, counted, django_assert_max_num_queries):
    Visit.objects.bulk_create(Visit(landing=f"/page-{number}/") for number in range(50))

    with django_assert_max_num_queries(16):
        editor.get(URL)
