"""The first page tells everybody what they may see, and stays when a part of it fails."""

import datetime
import logging

import pytest
from django.db import DatabaseError
from django.utils import timezone

from campaign.models import Feedback, Page
from campaign.publishing.drafts import save_draft
from campaign.publishing.publications import publish
from reporting import panels as officers
from reporting.models import Report
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

HEADINGS = {
    "Reports": {"Triage officer", "Case officer", "Safeguarding lead", "Records"},
    "Drafts that readers do not see": {"Writer", "Publisher"},
    "Scheduled": {"Writer", "Publisher"},
    "To be checked": {"Writer", "Publisher"},
    "What readers wrote lately": {"Writer", "Publisher"},
    "Accounts": {"Administrator"},
}
ROLES = set().union(*HEADINGS.values()) | {"Auditor", "Key custodian"}


def first_page(client, *roles: str) -> str:
    sign_in(client, new_account("somebody", *roles))
    return client.get("/staff/").content.decode()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_everybody_is_told_what_they_may_see(client, role):
    page = first_page(client, role)

    told = {heading for heading in HEADINGS if f"<h2>{heading}</h2>" in page}
    assert told == {heading for heading, roles in HEADINGS.items() if role in roles}


def test_drafts_and_what_is_scheduled_are_named_with_who_and_when(client, django_user_model):
    page = Page.objects.get(slug="students")
    page.title = "A title to come"
    page.save()
    maria = new_account("maria")
    save_draft(page, maria)
    publish(page, maria, at=timezone.now() + datetime.timedelta(days=2))

    told = first_page(client, "Writer")

    assert "A title to come</a>: newer than what is live" in told
    assert "maria" in told
    assert "A title to come</a> goes live" in told


def test_feedback_is_told_as_it_is_and_no_markup(client):
    Feedback.objects.create(message="<b>Bigger</b> text, please")

    assert "&lt;b&gt;Bigger&lt;/b&gt; text, please" in first_page(client, "Publisher")


def test_accounts_without_a_second_step_are_named(client, django_user_model):
    django_user_model.objects.create_user("newcomer", is_staff=True)

    assert "newcomer</a>: no second step yet" in first_page(client, "Administrator")


def test_panel_that_fails_leaves_the_others_and_no_words_in_the_log(client, monkeypatch, caplog):
    def down(*args):
        raise DatabaseError("a secret of the table")

    monkeypatch.setattr(officers, "unanswered", down)
    Report.objects.all()
    with caplog.at_level(logging.ERROR):
        page = first_page(client, "Triage officer", "Publisher")

    assert "The part “queue” could not be shown just now." in page
    assert "<h2>Scheduled</h2>" in page
    assert "a secret" not in caplog.text
    assert "reporting.panels.queue failed: DatabaseError" in caplog.text


def test_first_page_needs_few_queries(client, django_assert_max_num_queries):
    sign_in(client, new_account("somebody", *ROLES))

    with django_assert_max_num_queries(80):
        client.get("/staff/")
