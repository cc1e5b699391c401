"""Two editors at once: neither loses words, neither overwrites unawares."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaign.models import Editing, Page, Section, Service, SiteSettings
from campaign.publishing.drafts import latest_revision, save_draft
from tests.campaign.editing import change_url, form_data
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Page:
    return Page.objects.get(slug="students")


@pytest.fixture
def section() -> Section:
    """With entries."""
    return Section.objects.filter(kind="steps").first()


@pytest.fixture
def other() -> Client:
    client = Client()
    sign_in(client, new_account("maria", "Writer"))
    return client


@pytest.fixture
def other_publisher() -> Client:
    client = Client()
    sign_in(client, new_account("paula", "Publisher"))
    return client


def saved(client: Client, row, **changes: str) -> None:
    """Opens the form and saves it with these changes."""
    data = form_data(client.get(change_url(row))) | changes
    assert client.post(change_url(row), data).status_code == 302


def test_page_that_another_has_saved_is_not_overwritten(editor, other, page):
    mine = form_data(editor.get(change_url(page))) | {"title": "My title"}
    saved(other, page, summary="Their summary")

    response = editor.post(change_url(page), mine)

    page.refresh_from_db()
    assert (page.title != "My title", page.summary) == (True, "Their summary")
    assert "maria saved this on" in response.content.decode()
    assert form_data(response)["title"] == "My title"


def test_form_that_came_back_shows_what_the_other_changed(editor, other, page):
    mine = form_data(editor.get(change_url(page)))
    saved(other, page, summary="Their very own summary")

    changed = editor.post(change_url(page), mine).content.decode()

    assert "What they changed" in changed
    assert "Their very own summary" in changed[changed.index("What they changed") :]


def test_second_press_saves_on_top_and_theirs_stays_in_the_history(editor, other, page):
    mine = form_data(editor.get(change_url(page))) | {"title": "My title"}
    saved(other, page, title="Their title")
    again = form_data(editor.post(change_url(page), mine))

    assert editor.post(change_url(page), again).status_code == 302

    titles = [revision.content["page"]["title"] for revision in page.revisions.all()[:2]]
    assert titles == ["My title", "Their title"]


def test_what_i_had_not_touched_keeps_their_words(editor, other, page):
    """Of the page, of its sections, and of a field that is a box to tick."""
    mine = form_data(editor.get(change_url(page))) | {"title": "My title"}
    mine |= {"sections-1-heading": "My heading"}
    first, second = page.sections.all()[:2]
    theirs = {"summary": "Their summary", "is_in_menu": "" if page.is_in_menu else "on"}
    saved(other, page, **theirs, **{"sections-0-heading": "Their heading"})

    again = form_data(editor.post(change_url(page), mine))
    assert editor.post(change_url(page), again).status_code == 302

    was_in_menu = page.is_in_menu
    for row in (page, first, second):
        row.refresh_from_db()
    assert (page.title, page.summary) == ("My title", "Their summary")
    assert page.is_in_menu != was_in_menu
    assert (first.heading, second.heading) == ("Their heading", "My heading")


def test_rich_text_that_the_editor_only_wrote_anew_counts_as_not_touched(editor, other, page):
    section = page.sections.filter(kind="text").first()
    section.body = "<p>One</p>\n<ul>\n<li><p>Two</p></li>\n</ul>"
    section.save()
    save_draft(page, None)
    mine = form_data(editor.get(change_url(section))) | {"heading": "My heading"}
    mine["body"] = "<p>One</p><ul><li><p>Two</p></li></ul>"
    saved(other, section, body="<p>Their words</p>")

    again = form_data(editor.post(change_url(section), mine))
    assert editor.post(change_url(section), again).status_code == 302

    section.refresh_from_db()
    assert (section.heading, section.body) == ("My heading", "<p>Their words</p>")


def test_topics_of_a_shared_row_that_i_had_not_touched_keep_their_choice(editor, other_publisher):
    row = Service.objects.get(key="childline")
    mine = form_data(editor.get(change_url(row))) | {"about": "My words"}
    kept = [str(row.topics.first().pk)]
    saved(other_publisher, row, topics=kept)

    again = form_data(editor.post(change_url(row), mine))
    assert editor.post(change_url(row), again).status_code == 302

    row.refresh_from_db()
    assert row.about == "My words"
    assert [str(topic.pk) for topic in row.topics.all()] == kept


def test_second_press_is_refused_again_when_they_have_saved_once_more(editor, other, page):
    mine = form_data(editor.get(change_url(page))) | {"title": "My title"}
    saved(other, page, title="Their title")
    again = form_data(editor.post(change_url(page), mine))
    saved(other, page, title="Their second title")

    assert "maria saved this on" in editor.post(change_url(page), again).content.decode()
    page.refresh_from_db()
    assert page.title == "Their second title"


def test_whoever_saves_twice_in_a_row_is_not_refused(editor, page):
    saved(editor, page, title="One")
    saved(editor, page, title="Two")

    page.refresh_from_db()
    assert page.title == "Two"


def test_form_without_its_number_overwrites_nothing(editor, page):
    data = form_data(editor.get(change_url(page))) | {"title": "My title"}
    del data["seen"]

    assert editor.post(change_url(page), data).status_code == 200
    page.refresh_from_db()
    assert page.title != "My title"


def test_section_saved_on_its_own_form_counts_for_its_page(editor, other, page):
    mine = form_data(editor.get(change_url(page))) | {"title": "My title"}
    saved(other, page.sections.first(), heading="Their heading")

    assert "maria saved this on" in editor.post(change_url(page), mine).content.decode()
    assert page.sections.first().heading == "Their heading"


def test_page_saved_meanwhile_counts_for_its_section(editor, other, section):
    mine = form_data(editor.get(change_url(section))) | {"heading": "My heading"}
    saved(other, section.page, **{"sections-0-heading": "Their heading"})

    response = editor.post(change_url(section), mine)

    assert "maria saved this on" in response.content.decode()
    assert form_data(response)["heading"] == "My heading"
    assert not Section.objects.filter(heading="My heading").exists()


def test_section_that_another_added_stays(editor, other, page):
    mine = form_data(editor.get(change_url(page))) | {"title": "My title"}
    number = page.sections.count()
    theirs = form_data(other.get(change_url(page)))
    theirs |= {"sections-TOTAL_FORMS": number + 1, f"sections-{number}-kind": "text"}
    theirs |= {f"sections-{number}-position": 990, f"sections-{number}-age": "any"}
    theirs |= {f"sections-{number}-heading": "Their section"}
    assert other.post(change_url(page), theirs).status_code == 302

    again = form_data(editor.post(change_url(page), mine))
    assert editor.post(change_url(page), again).status_code == 302

    assert page.sections.filter(heading="Their section").exists()


@pytest.mark.parametrize("lost", [0, 1])
def test_section_that_another_deleted_comes_back_with_my_words(editor, other, page, lost):
    gone = page.sections.all()[lost]
    mine = form_data(editor.get(change_url(page)))
    mine |= {f"sections-{lost}-heading": "My heading", f"sections-{lost}-body": "<p>Mine</p>"}
    others_headings = set(page.sections.exclude(pk=gone.pk).values_list("heading", flat=True))
    theirs = form_data(other.get(change_url(page))) | {f"sections-{lost}-DELETE": "on"}
    assert other.post(change_url(page), theirs).status_code == 302

    refused = editor.post(change_url(page), mine)

    words = refused.content.decode()
    assert "Somebody deleted a part of this while you had it open" in words
    assert "My heading" in words
    assert not page.sections.filter(heading="My heading").exists()
    assert editor.post(change_url(page), form_data(refused)).status_code == 302
    back = page.sections.get(heading="My heading")
    assert (back.body, back.pk != gone.pk) == ("<p>Mine</p>", True)
    rest = set(page.sections.exclude(pk=back.pk).values_list("heading", flat=True))
    assert rest == others_headings


def test_entry_that_another_deleted_comes_back_with_my_words(editor, other, section):
    mine = form_data(editor.get(change_url(section))) | {"entries-1-lead": "My lead"}
    theirs = form_data(other.get(change_url(section))) | {"entries-1-DELETE": "on"}
    assert other.post(change_url(section), theirs).status_code == 302

    refused = editor.post(change_url(section), mine)

    assert "My lead" in refused.content.decode()
    assert editor.post(change_url(section), form_data(refused)).status_code == 302
    assert section.entries.filter(lead="My lead").count() == 1


def test_words_for_a_section_that_is_gone_are_kept_and_can_be_put_in_as_new(editor, other, section):
    page, entries = section.page, section.entries.count()
    url = change_url(section)
    mine = form_data(editor.get(url)) | {"heading": "My heading", "entries-0-lead": "My lead"}
    gone = reverse("admin:campaign_section_delete", args=[section.pk])
    assert other.post(gone, {"post": "yes"}).status_code == 302

    refused = editor.post(url, mine)

    words = refused.content.decode()
    assert "Somebody deleted this while you had it open" in words
    assert "My heading" in words
    assert "My lead" in words
    assert not page.sections.filter(heading="My heading").exists()
    assert editor.post(url, form_data(refused)).status_code == 302
    back = page.sections.get(heading="My heading")
    assert back.entries.count() == entries
    assert back.entries.first().lead == "My lead"


def test_shared_row_that_another_has_saved_is_not_overwritten(editor):
    publisher = Client()
    sign_in(publisher, new_account("nina", "Publisher"))
    row = Service.objects.get(key="childline")
    mine = form_data(editor.get(change_url(row))) | {"hours": "My hours"}
    saved(publisher, row, hours="Their hours")

    refused = editor.post(change_url(row), mine)

    row.refresh_from_db()
    assert row.hours == "Their hours"
    assert "nina saved this on" in refused.content.decode()
    assert editor.post(change_url(row), form_data(refused)).status_code == 302
    row.refresh_from_db()
    assert row.hours == "My hours"


def test_first_conflict_on_a_row_shows_what_the_other_changed(editor):
    publisher = Client()
    sign_in(publisher, new_account("nina", "Publisher"))
    row = Service.objects.get(key="childline")
    mine = form_data(editor.get(change_url(row))) | {"cost": "My cost"}
    saved(publisher, row, hours="Their very own hours")

    words = editor.post(change_url(row), mine).content.decode()

    assert "Their very own hours" in words[words.index("What they changed") :]


def test_site_settings_that_another_has_saved_are_not_overwritten(editor):
    publisher = Client()
    sign_in(publisher, new_account("nina", "Publisher"))
    row = SiteSettings.objects.get()
    mine = form_data(editor.get(change_url(row))) | {"site_name": "My name"}
    saved(publisher, row, site_name="Their name")

    assert "nina saved this on" in editor.post(change_url(row), mine).content.decode()
    row.refresh_from_db()
    assert row.site_name == "Their name"


# --- who else is here ---


def test_whoever_else_has_the_page_open_is_named(editor, other, page):
    assert editor.get(change_url(page)).context["others"] == []
    ping = reverse("admin:campaign_page_editing", args=[page.pk])

    assert other.get(change_url(page)).context["others"] == ["editor"]
    assert editor.post(ping).json() == {"others": ["maria"]}


def test_whoever_was_not_seen_for_a_minute_is_forgotten(editor, other, page):
    other.get(change_url(page))
    Editing.objects.update(seen_at=timezone.now() - datetime.timedelta(seconds=61))

    assert editor.get(change_url(page)).context["others"] == []
    assert Editing.objects.count() == 1


def test_whoever_has_another_page_open_is_not_named(editor, other, page):
    other.get(change_url(Page.objects.get(slug="support")))

    assert editor.get(change_url(page)).context["others"] == []


def test_asking_who_is_here_keeps_nobody_signed_in(editor, page):
    session = editor.session
    session["seen_at"] = before = session.get("seen_at", 0) or timezone.now().timestamp() - 600
    session.save()

    editor.post(reverse("admin:campaign_page_editing", args=[page.pk]))
    assert editor.session["seen_at"] == before
    editor.get(change_url(page))
    assert editor.session["seen_at"] > before


def test_draft_says_who_and_why(editor, page):
    saved(editor, page, title="New", why="A reader asked")

    latest = latest_revision(page)
    assert (latest.made_by_name, latest.why) == ("editor", "A reader asked")
