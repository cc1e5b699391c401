"""The screens beside a page's form: publish, schedule, take off, cancel, delete, bring back."""

import datetime
import secrets

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.models import Page, Publication
from campaign.publishing.live import live_words
from campaign.publishing.publications import publish
from campaign.publishing.state import state_of
from sextortion_site.staff.models import AuditEntry
from tests.campaign.editing import change_url, form_data
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def students(monkeypatch: pytest.MonkeyPatch) -> Page:
    """A page with a draft that readers do not see. No test asks another site for its links."""
    monkeypatch.setattr("campaign.publication_checks.links.ask", lambda link: None)
    monkeypatch.setattr("campaign.publication_checks.links._fault", lambda answer: "")
    found = Page.objects.get(slug="students")
    found.title = "New words"
    found.save()
    return found


@pytest.fixture
def writer(client):
    sign_in(client, new_account("writer", "Writer"))
    return client


def screen(name: str, students: Page, *more: int) -> str:
    return reverse(f"admin:campaign_page_{name}", args=[students.pk, *more])


def title_now() -> str | None:
    words = live_words("students")
    return words.page.title if words else None


def in_an_hour() -> str:
    return f"{timezone.localtime() + datetime.timedelta(hours=1):%Y-%m-%dT%H:%M}"


def test_publishing_says_what_changes_and_puts_it_on_record(editor, students):
    shown = editor.get(screen("publish", students)).content.decode()
    assert "New" in shown
    assert "<ins>" in shown
    assert title_now() != "New words"

    editor.post(screen("publish", students), {"why": "It was time"})

    assert title_now() == "New words"
    live = state_of(students).live
    assert live is not None
    assert (live.made_by_name, live.why) == ("editor", "It was time")
    entry = AuditEntry.objects.get(action="campaign.published")
    assert entry.about == f"page {students.pk} revision 2"


def test_scheduled_page_comes_at_its_moment_in_british_time(editor, students):
    editor.post(screen("schedule", students), {"at": "2027-07-01T09:30"})

    planned = Publication.objects.to_come().get()
    assert planned.at == datetime.datetime(2027, 7, 1, 8, 30, tzinfo=datetime.UTC)
    assert title_now() != "New words"
    assert "1 July 2027, 09:30" in editor.get(change_url(students)).content.decode()


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        ("", "This field is required."),
        ("tomorrow", "Write it so: 2027-01-31 09:00."),
        ("2026-01-01T09:00", "This moment has passed"),
        ("2027-03-28T01:30", "ambiguous or it may not exist"),  # the clocks go forward
        ("2027-10-31T01:30", "ambiguous or it may not exist"),  # that hour comes twice
    ],
)
def test_moment_that_makes_no_sense_is_refused_in_words(editor, students, at, fault):
    response = editor.post(screen("schedule", students), {"at": at, "why": "my words"})

    assert response.status_code == 422
    assert fault in response.content.decode()
    assert "my words" in response.content.decode()
    assert not Publication.objects.to_come().exists()


def test_what_is_scheduled_can_be_cancelled_once(editor, students):
    planned = publish(students, None, at=timezone.now() + datetime.timedelta(hours=1))

    editor.post(screen("cancel", students, planned.pk))

    assert not Publication.objects.to_come().exists()
    assert editor.post(screen("cancel", students, planned.pk)).status_code == 404


def test_what_is_live_cannot_be_cancelled(editor, students):
    live = state_of(students).live

    answer = editor.post(screen("cancel", students, live.pk), follow=True)

    assert "This has already begun." in answer.content.decode()
    assert state_of(students).live == live


def test_page_is_taken_off_at_once_or_later(client, editor, students):
    editor.post(screen("unpublish", students), {"at": in_an_hour()})
    assert client.get("/students/").status_code == 200

    editor.post(screen("unpublish", students), {"at": ""})

    assert client.get("/students/").status_code == 404
    assert "Taken off" in editor.get(change_url(students)).content.decode()


def test_page_that_the_site_needs_is_not_taken_off(editor, students):
    home = Page.objects.get(slug="")

    response = editor.post(screen("unpublish", home), {"at": ""})

    assert response.status_code == 422
    assert "cannot do without" in response.content.decode()


def test_page_too_heavy_for_a_bad_phone_is_not_published(editor, students):
    for _number in range(30):
        body = f"<p>{secrets.token_hex(400)}</p>"
        students.sections.create(kind="text", heading=secrets.token_hex(30), body=body)

    response = editor.post(screen("publish", students), {"why": ""})

    assert "bytes on the wire" in response.content.decode()
    assert "Readers get it now" not in response.content.decode()
    assert title_now() != "New words"


@pytest.mark.parametrize("name", ["publish", "schedule", "unpublish", "bring-back"])
def test_writer_cannot_publish_by_any_screen(writer, students, name):
    before = Publication.objects.count()

    assert writer.post(screen(name, students), {"at": in_an_hour()}).status_code == 403

    assert Publication.objects.count() == before
    assert writer.get(change_url(students)).status_code == 200


def test_writer_sees_no_button_to_publish_and_pressing_one_leads_nowhere(writer, students):
    form = writer.get(change_url(students))
    assert 'name="_publish"' not in form.content.decode()

    answer = writer.post(change_url(students), form_data(form) | {"_publish": "1"}, follow=True)

    assert answer.status_code == 403
    assert title_now() != "New words"


def test_deleted_page_is_found_and_brought_back_with_its_words(client, editor, students):
    sections = students.sections.count()
    editor.post(reverse("admin:campaign_page_delete", args=[students.pk]), {"post": "yes"})
    assert client.get("/students/").status_code == 404
    listed = editor.get(reverse("admin:campaign_page_changelist"), {"deleted": "yes"})
    assert [row.pk for row in listed.context["cl"].result_list] == [students.pk]

    editor.post(screen("bring-back", students))

    students.refresh_from_db()
    assert students.deleted_at is None
    assert students.sections.count() == sections
    assert client.get("/students/").status_code == 404
    publish(students, None)
    assert client.get("/students/").status_code == 200


def test_several_pages_are_deleted_by_the_action_of_the_list_and_all_are_kept(editor, students):
    other = Page.objects.get(slug="friends")
    data = {"action": "delete_selected", "_selected_action": [students.pk, other.pk], "post": "yes"}

    editor.post(reverse("admin:campaign_page_changelist"), data)

    assert Page.objects.filter(pk__in=[students.pk, other.pk]).exclude(deleted_at=None).count() == 2


def test_buttons_save_the_draft_before_they_lead_on(editor, students):
    data = form_data(editor.get(change_url(students))) | {
        "title": "Typed just now",
        "_preview": "1",
    }

    response = editor.post(change_url(students), data)

    assert response.headers["Location"] == screen("preview", students)
    assert state_of(students).draft.content["page"]["title"] == "Typed just now"
    assert title_now() not in {"Typed just now", "New words"}


def test_list_says_where_each_page_stands(editor, students):
    publish(students, None)
    students.title = "Newer"
    students.save()
    editor.get(screen("preview", students))  # keeps the draft

    listed = editor.get(reverse("admin:campaign_page_changelist"), {"state": "draft"})

    assert "Live, with a newer draft" in listed.content.decode()
    assert [row.pk for row in listed.context["cl"].result_list] == [students.pk]
