"""The form of a page: what is saved is a draft, and it says in words where the page stands."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaign.admin.pages import PageAdmin
from campaign.models import Editing, Page, Section
from campaign.publishing.deletion import delete_page
from campaign.publishing.drafts import latest_revision
from campaign.publishing.publications import publish, unpublish
from tests.campaign.editing import change_url, form_data
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

LIST = "admin:campaign_page_changelist"


@pytest.fixture
def page() -> Page:
    return Page.objects.get(slug="students")


def words_of(client: Client, page: Page) -> str:
    return " ".join(client.get(change_url(page)).content.decode().split())


def save(client: Client, row, button: str = "_continue", **changes: str):
    data = form_data(client.get(change_url(row))) | changes | {button: "x"}
    return client.post(change_url(row), data)


def state_in_list(client: Client, page: Page) -> str:
    model_admin = client.get(reverse(LIST)).context["cl"].model_admin
    return model_admin.state(Page.objects.with_state().get(pk=page.pk))


# --- saving ---


def test_saved_draft_stays_on_the_form_and_changes_nothing_for_readers(editor, page):
    before = editor.get("/students/").content

    response = save(editor, page, title="A drafted title")

    assert response.headers["Location"] == change_url(page)
    assert latest_revision(page).content["page"]["title"] == "A drafted title"
    assert editor.get("/students/").content == before


@pytest.mark.parametrize("name", ["preview", "publish", "schedule", "unpublish"])
def test_button_saves_the_draft_and_leads_to_its_screen(editor, page, name):
    response = save(editor, page, f"_{name}", title="A drafted title")

    assert response.headers["Location"] == reverse(f"admin:campaign_page_{name}", args=[page.pk])
    assert latest_revision(page).content["page"]["title"] == "A drafted title"


def test_button_leads_nowhere_while_the_form_is_refused(editor, page):
    response = save(editor, page, "_publish", title="")

    assert response.status_code == 200
    assert page.revisions.count() == 1


def test_section_saved_on_its_own_form_is_a_draft_of_its_page(editor, page):
    before = editor.get("/students/").content

    response = save(editor, page.sections.first(), "_save", heading="New heading", why="Clearer")

    latest = latest_revision(page)
    assert response.headers["Location"] == change_url(page)
    assert latest.content["sections"][0]["heading"] == "New heading"
    assert (latest.made_by_name, latest.why) == ("editor", "Clearer")
    assert editor.get("/students/").content == before


def test_added_section_and_deleted_section_are_drafts_too(editor, page):
    before, number = editor.get("/students/").content, page.sections.count()
    add = reverse("admin:campaign_section_add")
    data = {"page": page.pk, "position": 990, "kind": "text", "age": "any", "heading": "Added"}
    data |= {"entries-TOTAL_FORMS": 0, "entries-INITIAL_FORMS": 0}
    assert editor.post(add, data).status_code == 302
    assert len(latest_revision(page).content["sections"]) == number + 1

    section = Section.objects.get(heading="Added")
    editor.post(reverse("admin:campaign_section_delete", args=[section.pk]), {"post": "yes"})

    assert len(latest_revision(page).content["sections"]) == number
    assert page.revisions.count() == 3
    assert editor.get("/students/").content == before


def test_new_page_is_only_a_draft(editor):
    add = reverse("admin:campaign_page_add")
    data = form_data(editor.get(add))
    data |= {"title": "New", "slug": "new-here", "menu_label": "New", "summary": "A page."}
    data |= {"reader": "young", "group": "know", "owner": "Editor", "_publish": "x"}
    data |= {"checked_on": "2026-07-01", "check_again_on": "2027-07-01"}

    response = editor.post(add, data)

    page = Page.objects.get(slug="new-here")
    assert response.headers["Location"] == reverse("admin:campaign_page_publish", args=[page.pk])
    assert editor.get("/new-here/").status_code == 404
    assert "Never published" in words_of(editor, page)


def test_checked_today_is_a_draft_and_says_so(editor, page):
    before = editor.get("/students/").content
    data = {"action": "checked_today", "_selected_action": [page.pk]}

    said = editor.post(reverse(LIST), data, follow=True).content.decode()

    assert "Readers see the new date once the page is published." in said
    today = timezone.localdate()
    assert latest_revision(page).content["page"]["checked_on"] == today.isoformat()
    assert editor.get("/students/").content == before


# --- where it stands ---


def test_form_and_list_say_where_the_page_stands(editor, page):
    assert "<strong>Live</strong> since" in words_of(editor, page)
    assert "newer draft" not in words_of(editor, page)
    assert state_in_list(editor, page) == "Live"

    save(editor, page, title="A drafted title")
    assert "There is a newer draft, which readers do not see." in words_of(editor, page)
    assert state_in_list(editor, page) == "Live, with a newer draft"

    at = timezone.now() + datetime.timedelta(days=2)
    publish(page, None, at=at)
    assert f"goes live on {timezone.localtime(at):%-d %B %Y, %H:%M}" in words_of(editor, page)
    assert state_in_list(editor, page) == "Live, with a newer draft, scheduled"

    page.publications.to_come().delete()
    unpublish(page, None)
    assert "Taken off" in words_of(editor, page)
    assert state_in_list(editor, page) == "Not live"


def where_readers_find_it(client: Client, row) -> str | None:
    found = re.search(r'<a href="([^"]*)" class="viewsitelink"', words_of(client, row))
    return found and found[1]


def test_form_leads_to_where_readers_find_the_page(editor, page):
    assert where_readers_find_it(editor, page) == "/students/"
    assert where_readers_find_it(editor, page.sections.first()) == "/students/"

    save(editor, page, slug="older-students")

    assert where_readers_find_it(editor, page) == "/students/"


def test_form_leads_nowhere_while_readers_do_not_get_the_page(editor, page):
    new = Page.objects.create(
        title="New",
        slug="new",
        menu_label="New",
        summary="New",
        reader=page.reader,
        group=page.group,
        owner="Me",
        checked_on=timezone.localdate(),
        check_again_on=timezone.localdate() + datetime.timedelta(days=1),
    )
    assert where_readers_find_it(editor, new) is None

    unpublish(page, None)
    assert where_readers_find_it(editor, page) is None
    assert where_readers_find_it(editor, page.sections.first()) is None

    publish(page, None)
    delete_page(page, None)
    assert where_readers_find_it(editor, page) is None


def test_form_says_who_published_it(editor, page):
    publish(page, new_account("nina", "Publisher"))

    assert "(by nina)" in words_of(editor, page)


@pytest.mark.parametrize("state", ["draft", "scheduled", "off"])
def test_list_finds_pages_by_where_they_stand(editor, page, state):
    assert page not in editor.get(reverse(LIST), {"state": state}).context["cl"].result_list
    if state == "draft":
        save(editor, page, title="A drafted title")
    elif state == "scheduled":
        publish(page, None, at=timezone.now() + datetime.timedelta(days=1))
    else:
        unpublish(page, None)

    assert list(editor.get(reverse(LIST), {"state": state}).context["cl"].result_list) == [page]


# --- who may ---


def test_writer_drafts(page):
    client = Client()
    sign_in(client, new_account("wanda", "Writer"))

    assert save(client, page, title="Wanda's title").status_code == 302

    assert latest_revision(page).content["page"]["title"] == "Wanda's title"
    assert latest_revision(page).made_by_name == "wanda"


def test_crafted_button_of_a_writer_leads_to_a_refusal(page):
    client = Client()
    sign_in(client, new_account("wanda", "Writer"))

    response = save(client, page, "_publish", title="Wanda's title")

    assert client.get(response.headers["Location"]).status_code == 403


def test_whoever_may_only_look_changes_nothing_and_is_not_editing(editor, page, monkeypatch):
    monkeypatch.setattr(PageAdmin, "has_change_permission", lambda *args: False)

    words = words_of(editor, page)

    assert "others-editing" not in words
    assert not Editing.objects.exists()
    assert 'name="_continue"' not in words
    assert editor.post(change_url(page), {"title": "x"}).status_code == 403
