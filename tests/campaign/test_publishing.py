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
def students() -> Page:
    return Page.objects.get(slug="students")


def retitle(students: Page, title: str) -> None:
    students.title = title
    students.save()


def title_now() -> str | None:
    words = live_words("students")
    return words.page.title if words else None


def test_first_content_is_published_and_is_the_draft(students: Page):
    live = live_publication(students)

    assert live is not None
    assert live.revision is not None
    assert live.revision.content == content_of(students)
    assert Revision.objects.count() == Page.objects.count()


def test_draft_changes_nothing_for_readers(client, students: Page):
    before = client.get("/students/").content
    retitle(students, "A draft")
    students.sections.all().delete()
    save_draft(students, None)

    assert client.get("/students/").content == before


def test_published_draft_reaches_readers(client, students: Page):
    retitle(students, "Published words")
    publish(students, None, "It was time")

    assert "<h1>Published words</h1>" in client.get("/students/").content.decode()


def test_saving_what_has_not_changed_makes_no_revision(students: Page):
    assert save_draft(students, None) == save_draft(students, None)
    assert students.revisions.count() == 1


def test_scheduled_revision_comes_by_itself(students: Page):
    before = title_now()
    retitle(students, "From tomorrow on")
    planned = publish(students, None, at=timezone.now() + HOUR)
    assert title_now() == before

    Publication.objects.filter(pk=planned.pk).update(at=timezone.now())

    assert title_now() == "From tomorrow on"


def test_scheduled_revision_is_the_one_that_was_scheduled(students: Page):
    retitle(students, "Scheduled")
    planned = publish(students, None, at=timezone.now() + HOUR)
    retitle(students, "A later draft")
    save_draft(students, None)

    Publication.objects.filter(pk=planned.pk).update(at=timezone.now())

    assert title_now() == "Scheduled"


def test_page_can_be_taken_off_from_a_moment_on(client, students: Page):
    planned = unpublish(students, None, at=timezone.now() + HOUR)
    assert client.get("/students/").status_code == 200

    Publication.objects.filter(pk=planned.pk).update(at=timezone.now())

    assert client.get("/students/").status_code == 404
    assert 'href="/students/"' not in client.get("/").content.decode()


def test_what_is_to_come_can_be_cancelled_and_what_was_cannot(students: Page):
    before = title_now()
    retitle(students, "Never")
    cancel(publish(students, None, at=timezone.now() + HOUR))
    live = live_publication(students)
    assert live is not None

    with pytest.raises(ValidationError, match="already begun"):
        cancel(live)

    assert students.publications.count() == 1
    assert title_now() == before


def test_moment_that_has_passed_is_refused(students: Page):
    with pytest.raises(ValidationError, match="has passed"):
        publish(students, None, at=timezone.now() - HOUR)


@pytest.mark.parametrize("at", [None, HOUR])
def test_address_of_a_page_that_is_live_or_to_come_is_refused(students: Page, at):
    delay = timezone.now() + at if at else None
    students.slug = "made-free"
    students.save()
    save_draft(students, None)
    other = Page.objects.get(slug="friends")
    other.slug = "students"  # no other draft has it any more
    other.save()

    with pytest.raises(ValidationError, match="Another page has this address"):
        publish(other, None, at=delay)


@pytest.mark.parametrize("slug", ["", "feedback", "cookies", "report"])
def test_page_that_the_site_needs_cannot_be_taken_off(slug):
    with pytest.raises(ValidationError, match="cannot do without"):
        unpublish(Page.objects.get(slug=slug), None)


def test_restored_revision_is_a_draft_word_for_word(client, students: Page):
    first = save_draft(students, None)
    section = students.sections.filter(kind="steps").first()
    assert section is not None
    section.entries.all().delete()
    students.sections.exclude(pk=section.pk).first().delete()
    students.sections.create(kind="text", heading="New", position=1)
    retitle(students, "Changed")
    publish(students, None)

    restored = restore(first, None)

    parts = content_of(students)["sections"]
    assert restored.number == 3
    assert restored.why == "Restored from revision 1"
    assert [without_ids(part) for part in parts] == [
        without_ids(part) for part in first.content["sections"]
    ]
    assert "<h1>Changed</h1>" in client.get("/students/").content.decode()


def without_ids(section: dict) -> dict:
    entries = [{**entry, "id": 0} for entry in section["entries"]]
    return {**section, "id": 0, "entries": entries}


def test_restoring_keeps_the_rows_that_are_still_there(students: Page):
    first = save_draft(students, None)
    before = list(students.sections.values_list("pk", flat=True))
    retitle(students, "Changed")

    restore(first, None)

    assert list(students.sections.values_list("pk", flat=True)) == before


def test_revision_that_breaks_a_rule_of_today_is_not_restored(students: Page):
    students.slug = "elsewhere"
    students.save()
    save_draft(students, None)
    Page.objects.filter(slug="friends").update(slug="students")
    sections = students.sections.count()

    with pytest.raises(ValidationError, match="Another page has this address"):
        restore(students.revisions.get(number=1), None)

    assert students.sections.count() == sections


def test_deleted_page_is_gone_for_readers_and_comes_back_as_a_draft(client, students: Page):
    publish(students, None, at=timezone.now() + HOUR)
    delete_page(students, None)
    assert client.get("/students/").status_code == 404
    assert not Publication.objects.to_come().filter(page=students).exists()

    bring_back(students)
    assert client.get("/students/").status_code == 404

    publish(students, None)
    assert client.get("/students/").status_code == 200


def test_deleted_page_frees_its_address(students: Page):
    delete_page(students, None)
    other = Page.objects.get(slug="friends")
    other.slug = "students"
    other.save()

    with pytest.raises(ValidationError, match="Another page has this address"):
        bring_back(students)


def test_who_when_and_why_stay_when_the_account_goes(students: Page, django_user_model):
    account = django_user_model.objects.create_user("maria")
    retitle(students, "By Maria")
    revision = save_draft(students, account, "The number changed")

    account.delete()

    revision.refresh_from_db()
    assert (revision.made_by, revision.made_by_name) == (None, "maria")
    assert revision.why == "The number changed"


def test_page_that_somebody_deleted_since_it_was_read_is_not_published(students: Page):
    delete_page(Page.objects.get(pk=students.pk), None)

    with pytest.raises(ValidationError, match="Bring it back first"):
        publish(students, None)

    assert title_now() is None
