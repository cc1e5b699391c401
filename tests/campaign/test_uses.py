"""Where a shared row appears: what a change reaches, and what keeps it from being deleted."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.models import Figure, Page, Service, Tip, Topic
from campaign.publishing.drafts import save_draft
from campaign.publishing.publications import publish
from campaign.uses import appearances_of, listings_of, uses_of
from tests.campaign.editing import change_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def students() -> Page:
    return Page.objects.get(slug="students")


def pages(row, is_live: bool) -> set[str]:
    return {place.page for place in appearances_of(row) if place.is_live == is_live}


def test_row_appears_where_its_topic_is_listed_and_where_a_text_mentions_it():
    childline = Service.objects.get(key="childline")

    assert {"Talk to someone", "What to do right now"} <= pages(childline, is_live=True)


def test_row_of_no_list_and_no_text_appears_nowhere(editor):
    tip = Tip.objects.create(key="alone", title="Alone")

    assert "students" not in str(appearances_of(tip))


def test_mention_in_a_draft_is_told_apart_from_one_that_readers_get(students):
    row = Service.objects.get(key="galop")
    assert str(students) not in pages(row, is_live=True)
    students.sections.create(kind="text", heading="More", body="<p>[[service:galop]]</p>")
    assert str(students) in pages(row, is_live=False)

    publish(students, None)

    assert str(students) in pages(row, is_live=True)


def test_mention_that_readers_still_get_counts_though_the_draft_has_lost_it(students):
    figure = Figure.objects.create(
        key="mine",
        value="7",
        label="things",
        period="2026",
        source="a test",
        owner="me",
        grade="A",
        checked_on=timezone.localdate(),
        check_again_on=timezone.localdate() + datetime.timedelta(days=9),
    )
    section = students.sections.create(kind="text", heading="So", body="<p>[[figure:mine]]</p>")
    publish(students, None)
    section.delete()
    save_draft(students, None)

    assert uses_of(figure) == [str(students)]


def test_mention_that_is_scheduled_counts(students):
    row = Service.objects.get(key="galop")
    before = uses_of(row)
    section = students.sections.create(kind="text", heading="So", body="<p>[[service:galop]]</p>")
    publish(students, None, at=timezone.now() + datetime.timedelta(days=1))
    section.delete()

    assert set(uses_of(row)) == {*before, str(students)}


def test_row_that_readers_get_by_a_mention_is_not_deleted(editor, students):
    row = Service.objects.get(key="childline")

    answer = editor.post(reverse("admin:campaign_service_delete", args=[row.pk]), {"post": "yes"})

    assert answer.status_code == 200
    assert Service.objects.filter(pk=row.pk).exists()


def test_topic_that_a_live_page_lists_is_not_deleted_though_no_draft_has_it(editor, students):
    topic = Topic.objects.create(slug="mine", name="Mine")
    section = students.sections.create(kind="tips", heading="Tips", topic=topic)
    publish(students, None)
    section.delete()
    assert listings_of(topic) == [str(students)]

    editor.post(reverse("admin:campaign_topic_delete", args=[topic.pk]), {"post": "yes"})

    assert Topic.objects.filter(pk=topic.pk).exists()


def test_form_says_on_which_pages_the_row_appears(editor):
    words = editor.get(change_url(Service.objects.get(key="childline"))).content.decode()

    assert "Live: " in words
    assert "Talk to someone" in words


def test_form_says_that_a_crisis_line_stands_on_every_page(editor):
    childline, galop = (Service.objects.get(key=key) for key in ("childline", "galop"))

    assert "At the top of every page." in editor.get(change_url(childline)).content.decode()
    assert "At the top of every page." not in editor.get(change_url(galop)).content.decode()


def test_number_of_queries_is_bounded(django_assert_max_num_queries):
    row = Service.objects.get(key="childline")

    with django_assert_max_num_queries(10):
        appearances_of(row)


def test_note_for_staff_is_no_place_that_readers_see(students):
    row = Service.objects.get(key="galop")
    students.sections.create(
        kind="text", heading="More", body="<p>x</p>", to_confirm="[[service:galop]]?"
    )
    publish(students, None)

    assert str(students) not in uses_of(row)
    assert str(students) not in pages(row, is_live=True)
