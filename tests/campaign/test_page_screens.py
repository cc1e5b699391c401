"""Publishing, planning and taking off by the screens beside a page's form."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaign.admin import words as admin_words
from campaign.models import Page, Publication
from campaign.publication_checks import links
from campaign.publication_checks.asking import Answer
from campaign.publishing.deletion import delete_page
from campaign.publishing.drafts import latest_revision, save_draft
from campaign.publishing.live import live_words
from campaign.publishing.publications import live_publication, publish, unpublish
from sextortion_site.staff.models import AuditEntry
from tests.campaign.editing import change_url, form_data
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(links, "ask", lambda link: Answer.GOOD)


@pytest.fixture
def page() -> Page:
    """With a draft that readers do not see."""
    page = Page.objects.get(slug="students")
    page.title = "A drafted title"
    page.save()
    save_draft(page, None)
    return page


@pytest.fixture
def writer() -> Client:
    client = Client()
    sign_in(client, new_account("wanda", "Writer"))
    return client


def screen(page: Page, name: str, *args: int) -> str:
    return reverse(f"admin:campaign_page_{name}", args=[page.pk, *args])


def shown(page: Page) -> dict[str, int]:
    """What the screen posts back of what it has shown."""
    revision = latest_revision(page)
    assert revision is not None
    return {"shown": revision.pk}


def title_now(slug: str = "students") -> str | None:
    words = live_words(slug)
    return words.page.title if words else None


def last_entry() -> tuple[str, str, str]:
    entry = AuditEntry.objects.latest("number")
    return entry.action, entry.account_name, entry.about


# --- publish ---


def test_publish_screen_says_what_changes_and_changes_nothing(editor, page):
    words = editor.get(screen(page, "publish")).content.decode()

    assert "drafted" in words[words.index("What changes for readers") :]
    assert "What the checks found" in words
    assert title_now() != "A drafted title"


def test_published_draft_is_live_and_on_record(editor, page):
    response = editor.post(screen(page, "publish"), {"why": "Checked", **shown(page)})

    live = live_publication(page)
    assert response.status_code == 302
    assert title_now() == "A drafted title"
    assert (live.made_by_name, live.why) == ("editor", "Checked")
    assert last_entry() == ("campaign.published", "editor", f"page {page.pk} revision 2")


def test_draft_that_the_screen_did_not_show_is_not_published(editor, page):
    before, seen = title_now(), shown(page)
    page.title = "Somebody's half a sentence"
    page.save()
    save_draft(page, new_account("maria", "Writer"))

    response = editor.post(screen(page, "publish"), seen)

    assert response.status_code == 422
    assert "maria saved a newer draft after this screen was opened" in response.content.decode()
    assert title_now() == before
    again = {"shown": response.context["form"]["shown"].value()}
    assert editor.post(screen(page, "publish"), again).status_code == 302
    assert title_now() == "Somebody's half a sentence"


def test_finding_that_stops_refuses_also_a_crafted_post(editor, page):
    before = title_now()
    page.sections.filter(kind="text").update(body="<p>" + "".join(map(chr, range(1000, 19000))))
    save_draft(page, None)

    words = editor.get(screen(page, "publish")).content.decode()
    editor.post(screen(page, "publish"), shown(page))

    assert "Stops publishing:" in words
    assert 'name="why"' not in words
    assert title_now() == before


def test_warning_informs_and_does_not_stop(editor, page, monkeypatch):
    monkeypatch.setattr(links, "ask", lambda link: Answer.GONE)
    section = page.sections.filter(kind="text").first()
    section.body = '<p><a href="https://gone.example.org/">There</a></p>'
    section.save()
    save_draft(page, None)

    words = editor.get(screen(page, "publish")).content.decode()

    assert "https://gone.example.org/ is not there any more." in words
    assert editor.post(screen(page, "publish"), shown(page)).status_code == 302
    assert title_now() == "A drafted title"


# --- schedule ---


def moment(**ahead: int) -> datetime.datetime:
    return (timezone.localtime() + datetime.timedelta(**ahead)).replace(second=0, microsecond=0)


def test_scheduled_draft_comes_by_itself_at_the_moment_in_britain(editor, page):
    before, at = title_now(), moment(days=2)
    posted = {"at": f"{at:%Y-%m-%dT%H:%M}", "why": "", **shown(page)}

    assert editor.post(screen(page, "schedule"), posted).status_code == 302

    planned = page.publications.to_come().get()
    assert planned.at == at
    assert title_now() == before
    assert last_entry() == ("campaign.scheduled", "editor", f"page {page.pk} revision 2")
    Publication.objects.filter(pk=planned.pk).update(at=timezone.now())
    assert title_now() == "A drafted title"


def test_time_of_summer_is_that_of_the_clock_in_britain(editor, page):
    year = timezone.localdate().year + 1
    editor.post(screen(page, "schedule"), {"at": f"{year}-07-01T09:00", **shown(page)})

    planned = page.publications.to_come().get()
    assert planned.at == datetime.datetime(year, 7, 1, 8, 0, tzinfo=datetime.UTC)
    assert f"1 July {year}, 09:00" in editor.get(change_url(page)).content.decode()


def sunday_of_change(month: int) -> datetime.date:
    """The next last Sunday of this month, when the clocks change at one o'clock."""
    last = datetime.date(timezone.localdate().year + 1, month, 31)
    return last - datetime.timedelta(days=(last.weekday() + 1) % 7)


@pytest.mark.parametrize("month", [3, 10], ids=["an hour that is skipped", "one that comes twice"])
def test_hour_in_which_the_clocks_change_is_refused_and_explained(editor, page, month):
    day = sunday_of_change(month)
    posted = {"at": f"{day}T01:30", **shown(page)}

    response = editor.post(screen(page, "schedule"), posted)

    assert response.status_code == 422
    assert "The clocks change in that hour" in response.content.decode()
    assert not page.publications.to_come().exists()


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("2020-01-01T09:00", "This moment has passed"),
        ("soon", "Write it so: 2027-01-31 09:00."),
        ("", "This field is required."),
    ],
)
def test_moment_that_cannot_be_is_refused_in_words(editor, page, at, message):
    response = editor.post(screen(page, "schedule"), {"at": at, **shown(page)})

    assert message in response.content.decode()
    assert not page.publications.to_come().exists()


def test_screen_names_the_time_zone(editor, page):
    for name in ("schedule", "unpublish"):
        assert "Europe/London" in editor.get(screen(page, name)).content.decode()


def test_what_is_planned_can_be_cancelled(editor, page):
    planned = publish(page, None, at=timezone.now() + datetime.timedelta(hours=1))
    assert "Cancel this" in editor.get(change_url(page)).content.decode()

    editor.post(screen(page, "cancel", planned.pk))

    assert not page.publications.to_come().exists()
    assert last_entry() == ("campaign.cancelled", "editor", f"page {page.pk}")


@pytest.mark.parametrize("name", ["publish", "schedule"])
def test_older_draft_that_is_planned_is_told_before_a_newer_one_goes_live(editor, page, name):
    at = moment(days=3)
    planned = publish(page, None, at=at)
    page.title = "The newest title"
    page.save()
    newest = save_draft(page, None)

    words = editor.get(screen(page, name)).content.decode()

    told = words[words.index("Already planned for this page") :]
    number = planned.revision.number
    assert f"Revision {number} goes live on {at:%-d %B %Y, %H:%M}." in told
    assert "It is older than the draft on this screen" in told
    assert screen(page, "cancel", planned.pk) in told
    assert newest.number > number


def test_the_same_draft_that_is_planned_is_told_and_not_called_older(editor, page):
    publish(page, None, at=moment(days=3))

    words = editor.get(screen(page, "publish")).content.decode()

    assert "goes live on" in words
    assert "It is older" not in words


def test_page_that_is_planned_to_be_taken_off_says_so_before_it_is_published(editor, page):
    at = moment(days=3)
    unpublish(page, None, at=at)

    for name in ("publish", "schedule", "unpublish"):
        words = editor.get(screen(page, name)).content.decode()
        assert f"It is taken off on {at:%-d %B %Y, %H:%M}." in words


def test_screen_says_nothing_of_plans_where_there_are_none(editor, page):
    assert "Already planned" not in editor.get(screen(page, "publish")).content.decode()


def test_what_has_begun_cannot_be_cancelled(editor, page):
    live = live_publication(page)

    editor.post(screen(page, "cancel", live.pk))

    assert live_publication(page) == live


# --- take off, delete, bring back ---


def test_page_is_taken_off_now(editor, client, page):
    editor.post(screen(page, "unpublish"), {"at": "", "why": "Wrong"})

    assert client.get("/students/").status_code == 404
    assert last_entry()[0] == "campaign.taken_off"


def test_page_is_taken_off_from_a_moment_on(editor, page):
    at = moment(days=1)
    editor.post(screen(page, "unpublish"), {"at": f"{at:%Y-%m-%dT%H:%M}"})

    planned = page.publications.to_come().get()
    assert (planned.at, planned.revision) == (at, None)
    assert title_now() is not None


def test_page_that_the_site_needs_is_not_taken_off(editor):
    page = Page.objects.get(slug="feedback")

    response = editor.post(screen(page, "unpublish"), {"at": ""})

    assert "The site cannot do without this page." in response.content.decode()
    assert title_now("feedback") is not None


def test_deleted_page_is_brought_back_as_a_draft(editor, client, page):
    gone = reverse("admin:campaign_page_delete", args=[page.pk])
    assert "can be brought back" in editor.get(gone).content.decode()
    editor.post(gone, {"post": "yes", "why": "Nobody reads it"})
    assert client.get("/students/").status_code == 404
    pages = reverse("admin:campaign_page_changelist")
    assert page not in editor.get(pages).context["cl"].result_list
    assert page in editor.get(pages, {"deleted": "yes"}).context["cl"].result_list
    assert "This page is deleted." in editor.get(change_url(page)).content.decode()
    assert page.publications.latest("pk").why == "Nobody reads it"

    editor.post(screen(page, "bring-back"))

    page.refresh_from_db()
    assert page.deleted_at is None
    assert title_now() is None
    assert last_entry() == ("campaign.brought_back", "editor", f"page {page.pk}")
    editor.post(screen(page, "publish"), shown(page))
    assert title_now() == "A drafted title"


@pytest.mark.parametrize("button", ["_publish", "_continue", "_save"])
def test_form_of_a_page_deleted_meanwhile_says_so_and_how_to_bring_it_back(editor, page, button):
    mine = form_data(editor.get(change_url(page))) | {"title": "My title", button: "x"}
    delete_page(page, None)

    response = editor.post(change_url(page), mine, follow=True)

    said = " ".join(map(str, response.context["messages"]))
    assert "This page was deleted on" in said
    assert "Press “Bring it back as a draft” here" in said
    assert "successfully" not in said
    assert screen(page, "bring-back") in response.content.decode()
    assert latest_revision(page).content["page"]["title"] == "My title"
    assert title_now() is None


def test_writer_whose_page_was_deleted_meanwhile_is_told_who_can_bring_it_back(writer, page):
    mine = form_data(writer.get(change_url(page))) | {"title": "My title", "_continue": "x"}
    delete_page(page, None)

    response = writer.post(change_url(page), mine, follow=True)

    assert "A publisher can bring it back." in " ".join(map(str, response.context["messages"]))
    assert screen(page, "bring-back") not in response.content.decode()


def test_page_deleted_at_the_moment_of_saving_stays_deleted(editor, page, monkeypatch):
    mine = form_data(editor.get(change_url(page))) | {"title": "My title"}
    monkeypatch.setattr(
        admin_words, "wait_for_others", lambda row: delete_page(Page.objects.get(pk=row.pk), None)
    )

    editor.post(change_url(page), mine)

    page.refresh_from_db()
    assert page.deleted_at is not None


def test_pages_deleted_by_the_action_of_the_list_are_all_kept(editor, page):
    other = Page.objects.get(slug="friends")
    data = {"action": "delete_selected", "_selected_action": [page.pk, other.pk], "post": "yes"}

    editor.post(reverse("admin:campaign_page_changelist"), data)

    gone = Page.objects.filter(pk__in=[page.pk, other.pk]).exclude(deleted_at=None)
    assert gone.count() == 2


def test_deleted_page_has_no_preview(editor, page):
    delete_page(page, None)

    assert editor.get(screen(page, "preview")).status_code == 404


@pytest.mark.parametrize("name", ["publish", "schedule", "unpublish"])
def test_deleted_page_is_not_published(editor, page, name):
    delete_page(page, None)

    assert editor.get(screen(page, name)).status_code == 404
    assert editor.post(screen(page, name), shown(page)).status_code == 404
    with pytest.raises(ValidationError, match="Bring it back first"):
        publish(page, None)
    assert title_now() is None


def test_page_whose_address_is_taken_by_now_stays_deleted_with_a_word(editor, page):
    delete_page(page, None)
    Page.objects.filter(slug="support").update(slug="students")

    response = editor.post(screen(page, "bring-back"), follow=True)

    page.refresh_from_db()
    assert page.deleted_at is not None
    assert response.context["messages"]


# --- who may ---


@pytest.mark.parametrize("name", ["publish", "schedule", "unpublish"])
def test_writer_neither_sees_nor_gets_what_changes_readers_pages(writer, page, name):
    before = title_now()
    form = writer.get(change_url(page)).content.decode()

    assert f'name="_{name}"' not in form
    assert 'name="_preview"' in form
    assert writer.get(screen(page, name)).status_code == 403
    assert writer.post(screen(page, name), {"at": "", **shown(page)}).status_code == 403
    assert title_now() == before


def test_writer_cancels_deletes_and_brings_back_nothing(writer, page):
    planned = publish(page, None, at=timezone.now() + datetime.timedelta(hours=1))

    assert writer.post(screen(page, "cancel", planned.pk)).status_code == 403
    assert "Cancel this" not in writer.get(change_url(page)).content.decode()
    gone = reverse("admin:campaign_page_delete", args=[page.pk])
    assert writer.post(gone, {"post": "yes"}).status_code == 403
    delete_page(page, None)
    assert writer.post(screen(page, "bring-back")).status_code == 403
    page.refresh_from_db()
    assert page.deleted_at is not None


@pytest.mark.parametrize("name", ["cancel", "bring-back", "editing"])
def test_what_changes_something_is_not_done_by_a_link(editor, page, name):
    args = (live_publication(page).pk,) if name == "cancel" else ()

    assert editor.get(screen(page, name, *args)).status_code == 405


def test_form_without_its_token_is_refused(page):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, new_account("nina", "Publisher"))
    before = title_now()

    assert client.post(screen(page, "publish"), shown(page)).status_code == 403
    assert title_now() == before


def test_taken_off_page_says_so(editor, page):
    unpublish(page, None)

    assert "Taken off" in editor.get(change_url(page)).content.decode()
