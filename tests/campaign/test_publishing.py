"""Readers get what is published, from the moment that was set; a draft they never get."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaign.models import Page, Publication, Revision
from campaign.publishing.content import content_of
from campaign.publishing.deletion import bring_back, delete_page
from campaign.publishing.drafts import restore, save_draft
from campaign.publishing.live import live_words
from campaign.publishing.publications import cancel, live_publication, publish, unpublish

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def page() -> Page:
    return Page.objects.get(slug="students")


def retitle(page: Page, title: str) -> None:
    page.title = title
    page.save()


def title_now() -> str | None:
    words = live_words("students")
    return words.page.title if words else None


def test_first_content_is_published_and_is_the_draft(page: Page):
    live = live_publication(page)

    assert live is not None
    assert live.revision is not None
    assert live.revision.content == content_of(page)
    assert Revision.objects.count() == Page.objects.count()


def test_draft_changes_nothing_for_readers(client, page: Page):
    before = client.get("/students/").content
    retitle(page, "A draft")
    page.sections.all().delete()
    save_draft(page, None)

    assert client.get("/students/").content == before


def test_published_draft_reaches_readers(client, page: Page):
    retitle(page, "Published words")
    publish(page, None, "It was time")

    assert "<h1>Published words</h1>" in client.get("/students/").content.decode()


def test_saving_what_has_not_changed_makes_no_revision(page: Page):
    assert save_draft(page, None) == save_draft(page, None)
    assert page.revisions.count() == 1


def test_scheduled_revision_comes_by_itself(page: Page):
    before = title_now()
    retitle(page, "From tomorrow on")
    planned = publish(page, None, at=timezone.now() + HOUR)
    assert title_now() == before

    Publication.objects.filter(pk=planned.pk).update(at=timezone.now())

    assert title_now() == "From tomorrow on"


def test_scheduled_revision_is_the_one_that_was_scheduled(page: Page):
    retitle(page, "Scheduled")
    planned = publish(page, None, at=timezone.now() + HOUR)
    retitle(page, "A later draft")
    save_draft(page, None)

    Publication.objects.filter(pk=planned.pk).update(at=timezone.now())

    assert title_now() == "Scheduled"


def test_page_can_be_taken_off_from_a_moment_on(client, page: Page):
    planned = unpublish(page, None, at=timezone.now() + HOUR)
    assert client.get("/students/").status_code == 200

    Publication.objects.filter(pk=planned.pk).update(at=timezone.now())

    assert client.get("/students/").status_code == 404
    assert 'href="/students/"' not in client.get("/").content.decode()


def test_what_is_to_come_can_be_cancelled_and_what_was_cannot(page: Page):
    before = title_now()
    retitle(page, "Never")
    cancel(publish(page, None, at=timezone.now() + HOUR))
    live = live_publication(page)
    assert live is not None

    with pytest.raises(ValidationError, match="already begun"):
        cancel(live)

    assert page.publications.count() == 1
    assert title_now() == before


def test_moment_that_has_passed_is_refused(page: Page):
    with pytest.raises(ValidationError, match="has passed"):
        publish(page, None, at=timezone.now() - HOUR)


@pytest.mark.parametrize("at", [None, HOUR])
def test_address_of_a_page_that_is_live_or_to_come_is_refused(page: Page, at):
    delay = timezone.now() + at if at else None
    page.slug = "made-free"
    page.save()
    save_draft(page, None)
    other = Page.objects.get(slug="friends")
    other.slug = "students"  # no other draft has it any more
    other.save()

    with pytest.raises(ValidationError, match="Another page has this address"):
        publish(other, None, at=delay)


@pytest.mark.parametrize("slug", ["", "feedback", "cookies", "report"])
def test_page_that_the_site_needs_cannot_be_taken_off(slug):
    with pytest.raises(ValidationError, match="cannot do without"):
        unpublish(Page.objects.get(slug=slug), None)


def test_restored_revision_is_a_draft_word_for_word(client, page: Page):
    first = save_draft(page, None)
    section = page.sections.filter(kind="steps").first()
    assert section is not None
    section.entries.all().delete()
    page.sections.exclude(pk=section.pk).first().delete()
    page.sections.create(kind="text", heading="New", position=1)
    retitle(page, "Changed")
    publish(page, None)

    restored = restore(first, None)

    parts = content_of(page)["sections"]
    assert restored.number == 3
    assert restored.why == "Restored from revision 1"
    assert [without_ids(part) for part in parts] == [
        without_ids(part) for part in first.content["sections"]
    ]
    assert "<h1>Changed</h1>" in client.get("/students/").content.decode()


def without_ids(section: dict) -> dict:
    entries = [{**entry, "id": 0} for entry in section["entries"]]
    return {**section, "id": 0, "entries": entries}


def test_restoring_keeps_the_rows_that_are_still_there(page: Page):
    first = save_draft(page, None)
    before = list(page.sections.values_list("pk", flat=True))
    retitle(page, "Changed")

    restore(first, None)

    assert list(page.sections.values_list("pk", flat=True)) == before


def test_revision_that_breaks_a_rule_of_today_is_not_restored(page: Page):
    page.slug = "elsewhere"
    page.save()
    save_draft(page, None)
    Page.objects.filter(slug="friends").update(slug="students")
    sections = page.sections.count()

    with pytest.raises(ValidationError, match="Another page has this address"):
        restore(page.revisions.get(number=1), None)

    assert page.sections.count() == sections


def test_deleted_page_is_gone_for_readers_and_comes_back_as_a_draft(client, page: Page):
    publish(page, None, at=timezone.now() + HOUR)
    delete_page(page, None)
    assert client.get("/students/").status_code == 404
    assert not Publication.objects.to_come().filter(page=page).exists()

    bring_back(page)
    assert client.get("/students/").status_code == 404

    publish(page, None)
    assert client.get("/students/").status_code == 200


def test_deleted_page_frees_its_address(page: Page):
    delete_page(page, None)
    other = Page.objects.get(slug="friends")
    other.slug = "students"
    other.save()

    with pytest.raises(ValidationError, match="Another page has this address"):
        bring_back(page)


def test_who_when_and_why_stay_when_the_account_goes(page: Page, django_user_model):
    account = django_user_model.objects.create_user("maria")
    retitle(page, "By Maria")
    revision = save_draft(page, account, "The number changed")

    account.delete()

    revision.refresh_from_db()
    assert (revision.made_by, revision.made_by_name) == (None, "maria")
    assert revision.why == "The number changed"
