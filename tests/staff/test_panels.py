"""The first page of staff: what waits for whom, and nothing that is none of theirs."""

import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from campaign.models import Feedback, Page, Publication, Service, SiteSettings
from campaign.publishing.drafts import save_draft
from campaign.publishing.publications import publish, unpublish
from reporting.models import Mailbox, Message, Report, State
from sextortion_site.staff import audit
from sextortion_site.staff.roles import ROLES
from sextortion_site.staff.sign_in import tries
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
EDITORS = {"panel-drafts", "panel-scheduled", "panel-due", "panel-feedback"}
SEEN_BY = {
    "Writer": EDITORS,
    "Publisher": EDITORS,
    "Triage officer": {"panel-queue"},
    "Case officer": {"panel-queue"},
    "Safeguarding lead": {"panel-queue"},
    "Records": {"panel-queue"},
    "Key custodian": set(),
    "Auditor": {"panel-audit-trail"},
    "Administrator": {"panel-accounts"},
}
ALL = set().union(*SEEN_BY.values())
# The session, the account, its rights and its second factor; then what the panels ask.
MOST_QUERIES = 45


@pytest.fixture
def page() -> Page:
    return Page.objects.get(slug="students")


def first_page(client: Any, *roles: str) -> str:
    sign_in(client, new_account("someone", *roles))
    response = client.get("/staff/")
    assert response.status_code == 200
    return response.content.decode()


def panel(html: str, name: str) -> str:
    return html.split(f'id="panel-{name}"')[1].split("</section>")[0]


def new_report(state: str = State.RECEIVED, **values: Any) -> Report:
    return Report.objects.create(
        state=state,
        envelope=b"sealed",
        retain_until=timezone.localdate() + datetime.timedelta(days=90),
        **values,
    )


def write(report: Report, *from_reporter: bool) -> None:
    mailbox = Mailbox.objects.create(
        report=report,
        lookup=str(uuid4()),
        salt=b"s",
        verifier=b"v",
        public_key=b"p",
        sealed_key=b"k",
    )
    for is_from_reporter in from_reporter:
        Message.objects.create(
            mailbox=mailbox, is_from_reporter=is_from_reporter, for_team=b"t", for_reporter=b"r"
        )


@pytest.mark.parametrize("role", ROLES.values())
def test_each_role_sees_its_own_panels_and_no_other(client, role):
    html = first_page(client, role)

    assert {name for name in ALL if f'id="{name}"' in html} == SEEN_BY[role]


def test_account_without_a_role_sees_no_panel(client):
    assert 'class="panels"' not in first_page(client)


def test_whoever_has_two_roles_sees_the_panels_of_both(client):
    html = first_page(client, "Writer", "Case officer")

    assert {name for name in ALL if f'id="{name}"' in html} == EDITORS | {"panel-queue"}


# --- editors ---


def test_draft_is_named_with_who_wrote_it_and_when(client, page):
    author = new_account("maria", "Writer")
    page.title = "Words that wait"
    page.save()
    revision = save_draft(page, author)

    drafts = panel(first_page(client, "Writer"), "drafts")

    assert "Words that wait" in drafts
    assert "maria" in drafts
    assert f"{timezone.localtime(revision.made_at):%H:%M}" in drafts


def test_published_and_deleted_pages_are_no_drafts(client, page):
    deleted = Page.objects.get(slug="friends")
    for row in (page, deleted):
        row.title = f"Now {row.slug}"
        row.save()
        save_draft(row, None)
    publish(page, None)
    Page.objects.filter(pk=deleted.pk).update(deleted_at=timezone.now())

    drafts = panel(first_page(client, "Writer"), "drafts")

    assert "Now students" not in drafts
    assert "Now friends" not in drafts


def test_page_that_was_taken_off_is_a_draft_once_it_is_changed(client, page):
    unpublish(page, None)
    assert page.title not in panel(first_page(client, "Writer"), "drafts")

    page.title = "Words for a second try"
    page.save()
    save_draft(page, None)

    drafts = panel(client.get("/staff/").content.decode(), "drafts")
    assert "Words for a second try</a> (not live)" in drafts


def test_page_that_was_never_published_is_a_draft(client, page):
    page.publications.all().delete()

    assert page.title in panel(first_page(client, "Writer"), "drafts")


def test_page_that_is_live_with_older_words_again_is_a_draft(client, page):
    first = page.revisions.get()
    page.title = "Words that were live"
    page.save()
    publish(page, None)
    publish(page, None, revision=first)

    assert "Words that were live" in panel(first_page(client, "Writer"), "drafts")


def test_many_drafts_end_in_a_link_to_the_list(client):
    for page in Page.objects.all()[:11]:
        page.title = f"{page.title}!"
        page.save()
        save_draft(page, None)

    drafts = panel(first_page(client, "Writer"), "drafts")

    assert drafts.count("<li>") == 10
    assert "?state=draft" in drafts


def test_publisher_cancels_what_is_scheduled(client, page):
    at = timezone.now() + HOUR
    planned = publish(page, new_account("maria", "Publisher"), at=at)

    scheduled = panel(first_page(client, "Publisher"), "scheduled")
    address = scheduled.split('action="')[1].split('"')[0]
    client.post(address)

    assert f"{timezone.localtime(at):%H:%M}" in scheduled
    assert "Planned by maria" in scheduled
    assert not Publication.objects.filter(pk=planned.pk).exists()


def test_writer_sees_what_is_scheduled_and_cannot_cancel_it(client, page):
    unpublish(page, None, at=timezone.now() + HOUR)

    scheduled = panel(first_page(client, "Writer"), "scheduled")

    assert "It is taken off on" in scheduled
    assert "<form" not in scheduled


def test_what_has_begun_is_not_scheduled(client, page):
    publish(page, None)

    assert "Nothing is scheduled." in panel(first_page(client, "Writer"), "scheduled")


def test_page_that_is_due_is_counted_until_it_is_deleted(client, page):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    Page.objects.update(check_again_on=tomorrow)
    Page.objects.filter(pk=page.pk).update(check_again_on=timezone.localdate())
    html = first_page(client, "Writer")
    assert "1 overdue" in panel(html, "due").split("<tr>")[2]

    Page.objects.filter(pk=page.pk).update(deleted_at=timezone.now())

    assert "overdue" not in panel(client.get("/staff/").content.decode(), "due").split("<tr>")[2]


def test_missing_crisis_line_is_said(client):
    Service.objects.update(is_shown=False)

    assert "No crisis line" in panel(first_page(client, "Writer"), "due")


def test_words_to_confirm_are_counted(client):
    SiteSettings.objects.update(to_confirm="The force's name")

    row = next(
        row
        for row in panel(first_page(client, "Writer"), "due").split("<tr>")
        if "/sitesettings/" in row
    )

    assert "1 to confirm" in row


def test_last_five_of_feedback_are_shown_as_plain_text(client):
    for number in range(6):
        Feedback.objects.create(message=f"Number {number} <b>bold</b><script>x</script>")

    feedback = panel(first_page(client, "Writer"), "feedback")

    assert "Number 0" not in feedback
    assert [f"Number {number}" in feedback for number in range(1, 6)] == [True] * 5
    assert "&lt;b&gt;bold&lt;/b&gt;&lt;script&gt;" in feedback
    assert "<script>" not in feedback


# --- officers ---


def test_reports_are_counted_by_their_state(client):
    for state in (State.RECEIVED, State.RECEIVED, State.OPENED):
        new_report(state)
    new_report(is_unchecked=True)
    new_report(State.CLOSED, is_unchecked=True)

    queue = panel(first_page(client, "Triage officer"), "queue")

    assert "<dt>Received</dt><dd>3</dd>" in queue
    assert "<dt>Opened</dt><dd>1</dd>" in queue
    assert "<dt>Passed to an officer</dt><dd>0</dd>" in queue
    assert "<dt>Closed</dt><dd>1</dd>" in queue
    assert "1 of those received was sent as a machine might" in queue
    assert "The oldest that nobody has opened" in queue


def test_mailbox_waits_while_the_last_message_is_the_reporters(client):
    write(new_report(), True)
    write(new_report(), True, False)
    write(new_report(), True, False, True)
    write(new_report())

    queue = panel(first_page(client, "Case officer"), "queue")

    assert "waits for an answer</dt><dd>2</dd>" in queue


def test_queue_without_reports_says_nothing_of_an_oldest(client):
    assert "oldest" not in panel(first_page(client, "Case officer"), "queue")


# --- administrators and auditors ---


def test_locked_accounts_and_those_without_a_second_step_are_named(client):
    locked = new_account("locked-one", "Writer")
    for _ in range(tries.MOST_TRIES):
        tries.take(locked)
    users: Any = get_user_model().objects
    users.create_user("no-second-step", is_staff=True)
    users.create_user("closed-one", is_staff=True, is_active=False)

    accounts = panel(first_page(client, "Administrator"), "accounts")
    locked_names, names_without = accounts.split("Without a second step")

    assert "locked-one" in locked_names
    assert "no-second-step" in names_without
    assert "locked-one" not in names_without
    assert "closed-one" not in accounts


def test_auditor_sees_how_often_signing_in_failed(client):
    for _ in range(3):
        audit.record("staff.sign_in_failed", by=None, about="account maria")

    assert ">3</a>" in panel(first_page(client, "Auditor"), "audit-trail")


# --- all of it ---


def secret_of(request):
    raise ValueError("words of a reporter")


def broken_query(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


@pytest.mark.parametrize("broken", ["secret_of", "broken_query"])
def test_panel_that_fails_leaves_the_others_and_no_words_in_the_log(
    client, settings, caplog, broken
):
    settings.STAFF_PANELS = [f"{__name__}.{broken}", *settings.STAFF_PANELS]

    html = first_page(client, "Writer")

    assert "One box of this page could not be shown" in html
    assert "words of a reporter" not in html + caplog.text
    assert f"{broken} could not be drawn" in caplog.text
    assert all(f'id="{name}"' in html for name in EDITORS)


def test_number_of_queries_does_not_grow_with_the_rows(client, django_assert_max_num_queries):
    for page in Page.objects.all():
        page.title = f"{page.title}!"
        page.save()
        publish(page, None, at=timezone.now() + HOUR)
        new_report()
        new_account(f"account-{page.pk}", "Writer")
    sign_in(client, new_account("someone", *ROLES.values()))

    with django_assert_max_num_queries(MOST_QUERIES) as queries:
        client.get("/staff/")

    assert len(queries) > len(ALL)
