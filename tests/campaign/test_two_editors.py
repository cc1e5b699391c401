"""Two editors at once: neither loses words."""

import pytest
from django.test import Client
from django.urls import reverse

from campaign.editing import FORGOTTEN_AFTER
from campaign.models import Editing, Page, Service
from tests.campaign.editing import change_url, form_data
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

SAVED_SINCE = "saved this on"


@pytest.fixture
def maria() -> Client:
    client = Client()
    sign_in(client, new_account("maria", "Publisher"))
    return client


@pytest.fixture
def students() -> Page:
    return Page.objects.get(slug="students")


def test_older_form_does_not_overwrite_and_keeps_what_was_typed(editor, maria, students):
    mine, hers = (form_data(who.get(change_url(students))) for who in (editor, maria))
    maria.post(change_url(students), hers | {"title": "Hers"})

    response = editor.post(change_url(students), mine | {"title": "Mine", "summary": "My summary"})

    words = response.content.decode()
    assert f"maria {SAVED_SINCE}" in words
    assert 'value="Mine"' in words
    assert "My summary" in words
    students.refresh_from_db()
    assert students.title == "Hers"


def test_second_press_saves_on_top_and_hers_stays_in_the_history(editor, maria, students):
    mine, hers = (form_data(who.get(change_url(students))) for who in (editor, maria))
    maria.post(change_url(students), hers | {"title": "Hers"})
    refused = editor.post(change_url(students), mine | {"title": "Mine"})

    response = editor.post(change_url(students), form_data(refused) | {"title": "Mine"})

    assert response.status_code == 302
    students.refresh_from_db()
    assert students.title == "Mine"
    titles = [revision.content["page"]["title"] for revision in students.revisions.all()]
    assert titles[:2] == ["Mine", "Hers"]


def test_who_saves_twice_in_a_row_is_not_refused(editor, students):
    data = form_data(editor.get(change_url(students)))
    for title in ("One", "Two"):
        response = editor.post(change_url(students), data | {"title": title, "_continue": "1"})
        assert response.status_code == 302
        data = form_data(editor.get(response.headers["Location"]))

    students.refresh_from_db()
    assert students.title == "Two"


def test_section_that_she_has_deleted_comes_back_with_my_words(editor, maria, students):
    mine = form_data(editor.get(change_url(students)))
    section = students.sections.get(kind="text", heading="You do not have to fix this alone")
    number = next(
        key.split("-")[1] for key, value in mine.items() if value == section.pk and "-id" in key
    )
    mine[f"sections-{number}-body"] = "<p>Words that nobody may lose.</p>"
    maria.post(reverse("admin:campaign_section_delete", args=[section.pk]), {"post": "yes"})
    assert not students.sections.filter(pk=section.pk).exists()

    refused = editor.post(change_url(students), mine)
    assert "Words that nobody may lose." in refused.content.decode()
    saved = editor.post(change_url(students), form_data(refused))

    assert saved.status_code == 302
    assert (
        students.sections.get(body="<p>Words that nobody may lose.</p>").heading == section.heading
    )


def test_section_that_she_has_added_stays(editor, maria, students):
    mine = form_data(editor.get(change_url(students)))
    students.sections.create(kind="text", heading="Added by her")
    maria.post(change_url(students), form_data(maria.get(change_url(students))))

    refused = editor.post(change_url(students), mine)
    editor.post(change_url(students), form_data(refused))

    assert students.sections.filter(heading="Added by her").exists()


def test_form_of_a_section_and_form_of_its_page_know_of_each_other(editor, maria, students):
    section = students.sections.first()
    mine = form_data(editor.get(change_url(section)))
    maria.post(change_url(students), form_data(maria.get(change_url(students))) | {"title": "Hers"})

    response = editor.post(change_url(section), mine | {"heading": "My heading"})

    assert SAVED_SINCE in response.content.decode()
    assert "My heading" in response.content.decode()


def test_shared_row_is_not_overwritten_either(editor, maria):
    row = Service.objects.get(key="childline")
    mine, hers = (form_data(who.get(change_url(row))) for who in (editor, maria))
    maria.post(change_url(row), hers | {"hours": "Always"})

    response = editor.post(change_url(row), mine | {"hours": "Never"})

    assert f"maria {SAVED_SINCE}" in response.content.decode()
    row.refresh_from_db()
    assert row.hours == "Always"


def test_who_else_has_the_page_open_is_said_at_once_and_forgotten_after_a_minute(
    editor, maria, students
):
    maria.get(change_url(students))
    assert "maria</span>" in editor.get(change_url(students)).content.decode()

    for editing in Editing.objects.filter(account__username="maria"):
        editing.seen_at -= FORGOTTEN_AFTER * 2
        editing.save()

    ask = reverse("admin:campaign_page_editing", args=[students.pk])
    assert editor.post(ask).json() == {"others": []}


def test_asking_who_else_is_there_keeps_nobody_signed_in(editor, students):
    editor.get(change_url(students))
    session = editor.session
    session["seen_at"] -= 20 * 60
    session.save()
    before = editor.session["seen_at"]

    editor.post(reverse("admin:campaign_page_editing", args=[students.pk]))
    assert editor.session["seen_at"] == before

    editor.get(change_url(students))
    assert editor.session["seen_at"] > before
