"""The history of pages and of shared rows: kept on every way of saving, compared, restored."""

import re

import pytest
from django.urls import reverse

from campaign.models import Page, RowVersion, Service, SiteSettings, Tip
from campaign.publishing.publications import publish
from tests.campaign.editing import change_url, form_data
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def childline() -> Service:
    return Service.objects.get(key="childline")


def history(row) -> str:
    return reverse(f"admin:campaign_{row._meta.model_name}_history", args=[row.pk])


def restore(client, row, version, **data):
    url = reverse(f"admin:campaign_{row._meta.model_name}_restore", args=[row.pk])
    return client.post(url, {"version": version, **data}, follow=True)


def save(client, row, **changes):
    data = form_data(client.get(change_url(row))) | changes
    assert client.post(change_url(row), data).status_code == 302


def versions(row) -> list[RowVersion]:
    return list(RowVersion.objects.filter(model=row._meta.model_name, row_id=row.pk))


def test_first_change_keeps_what_was_before_and_who_changed_it_why(editor, childline):
    save(editor, childline, phone="0800 2222", why="They have moved")

    new, old = versions(childline)
    assert (old.content["phone"], old.made_by_name) == ("0800 1111", "")
    assert (new.content["phone"], new.made_by_name) == ("0800 2222", "editor")
    assert new.why == "They have moved"


def test_every_way_of_saving_is_kept(editor, childline):
    lists = reverse("admin:campaign_service_changelist")
    rows = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "Save"}
    row = {"form-0-id": childline.pk, "form-0-position": 7}
    row |= {"initial-form-0-position": childline.position}

    editor.post(f"{lists}?q=childline", rows | row)
    editor.post(lists, {"action": "checked_today", "_selected_action": [childline.pk]})

    assert len(versions(childline)) == 3


def test_history_says_who_when_why_and_what_changed(editor, childline):
    save(editor, childline, phone="0800 2222", why="They have moved")

    words = editor.get(history(childline)).content.decode()

    assert "They have moved" in words
    assert "Before the first change" in words
    assert "<dt>Telephone</dt>" in words
    assert "2222</ins>" in words


def test_any_two_states_are_compared(editor, childline):
    for number in ("0800 2222", "0800 3333", "0800 4444"):
        save(editor, childline, phone=number)
    newest, _third, second, first = versions(childline)

    words = editor.get(
        history(childline), {"before": first.pk, "after": second.pk}
    ).content.decode()

    assert "2222</ins>" in words
    assert "4444</ins>" not in words
    assert newest.content["phone"] == "0800 4444"


def test_restored_row_is_live_at_once_with_its_topics(client, editor, childline):
    topics = set(childline.topics.all())
    save(editor, childline, phone="0800 2222", topics=[])
    old = versions(childline)[-1]

    restore(editor, childline, old.pk, why="A mistake")

    childline.refresh_from_db()
    assert childline.phone == "0800 1111"
    assert set(childline.topics.all()) == topics
    assert "0800 1111" in client.get("/support/").content.decode()
    assert versions(childline)[0].why == "A mistake"


def test_deleted_row_comes_back_under_its_key(editor):
    tip = Tip.objects.first()
    pk, key, topics = tip.pk, tip.key, set(tip.topics.all())
    editor.post(reverse("admin:campaign_tip_delete", args=[pk]), {"post": "yes"})
    assert not Tip.objects.filter(pk=pk).exists()
    gone = reverse("admin:campaign_tip_deleted")
    assert tip.title in editor.get(gone).content.decode().replace("&#x27;", "'")

    version = RowVersion.objects.get(model="tip", row_id=pk, is_deletion=True)
    restore(editor, Tip(pk=pk), version.pk)

    back = Tip.objects.get(pk=pk)
    assert (back.key, set(back.topics.all())) == (key, topics)
    assert "Nothing was deleted." in editor.get(gone).content.decode()


def test_row_that_breaks_a_rule_of_today_is_not_restored(editor, childline):
    save(editor, childline, phone="0800 2222")
    old = versions(childline)[-1]
    old.content["key"] = "samaritans"
    old.save()

    words = restore(editor, childline, old.pk).content.decode()

    assert "It was not restored, and nothing was changed" in words
    childline.refresh_from_db()
    assert childline.phone == "0800 2222"


def test_settings_have_a_history_too(editor):
    row = SiteSettings.objects.get()
    save(editor, row, area="Elsewhere")

    assert "<dt>Area</dt>" in editor.get(history(row)).content.decode()


def test_page_shows_revisions_and_when_each_was_live(editor):
    students = Page.objects.get(slug="students")
    save(editor, students, title="Second title", why="Plainer")
    publish(students, None)

    words = editor.get(history(students)).content.decode()

    assert "Revision 2 live from here on" in words
    assert "Plainer" in words


def test_restored_page_is_a_draft(client, editor):
    students = Page.objects.get(slug="students")
    first = students.revisions.get()
    save(editor, students, title="Second title")
    publish(students, None)

    restore(editor, students, first.pk)

    students.refresh_from_db()
    assert students.title == first.content["page"]["title"]
    assert "<h1>Second title</h1>" in client.get("/students/").content.decode()


@pytest.mark.parametrize(
    "version", ["", "x", "0", "99999999", "\uff11", "\u00b2", "9" * 30, "9" * 5000]
)
def test_version_that_is_not_there_is_not_restored(editor, childline, version):
    assert restore(editor, childline, version).status_code == 404


@pytest.mark.parametrize("number", ["\u00b2", "x", "9" * 30, "9" * 5000])
@pytest.mark.parametrize("screen", ["restore", "history"])
def test_number_that_no_row_has_is_not_found(editor, number, screen):
    row = Service(pk=number)
    answer = restore(editor, row, 1) if screen == "restore" else editor.get(history(row))

    assert answer.status_code == 404


def test_why_is_kept_without_what_no_database_takes(editor, childline):
    save(editor, childline, phone="0800 2222")
    old = versions(childline)[-1]

    restore(editor, childline, old.pk, why="A\x00mistake")
    editor.post(
        reverse("admin:campaign_tip_delete", args=[Tip.objects.first().pk]),
        {"post": "yes", "why": "Said\r\n\x00twice"},
    )

    assert versions(childline)[0].why == "A mistake"
    assert RowVersion.objects.get(is_deletion=True).why == "Said twice"


def test_version_of_another_row_is_not_restored(editor, childline):
    other = Service.objects.get(key="galop")
    save(editor, other, phone="0800 2222")

    assert restore(editor, childline, versions(other)[0].pk).status_code == 404


def test_writer_restores_drafts_and_no_shared_rows(client, childline):
    save_as_publisher(client, childline)
    sign_in(client, new_account("writer", "Writer"))
    assert client.get(history(childline)).status_code == 200
    assert restore(client, childline, versions(childline)[-1].pk).status_code == 403
    students = Page.objects.get(slug="students")

    assert restore(client, students, students.revisions.get().pk).status_code == 200


def save_as_publisher(client, row) -> None:
    sign_in(client, new_account("publisher", "Publisher"))
    save(client, row, phone="0800 2222")


def test_history_of_a_section_is_that_of_its_page(editor):
    section = Page.objects.get(slug="students").sections.first()
    url = reverse("admin:campaign_section_history", args=[section.pk])

    assert editor.get(url).headers["Location"] == history(section.page)


def test_why_several_were_deleted_is_in_the_history(editor):
    rows = [Tip.objects.create(key=key, title=key) for key in ("one", "two")]
    tips = reverse("admin:campaign_tip_changelist")
    asked = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    assert "Why (a note" in editor.post(tips, asked).content.decode()

    editor.post(tips, asked | {"post": "yes", "why": "Said twice"})

    assert not Tip.objects.filter(key__in=["one", "two"]).exists()
    found = RowVersion.objects.filter(is_deletion=True).values_list("name", "why")
    assert sorted(found) == [("one", "Said twice"), ("two", "Said twice")]


def test_each_revision_can_be_looked_at(client, editor):
    page = Page.objects.get(slug="students")
    save(editor, page, title="A second title")

    words = editor.get(history(page)).content.decode()

    looks = re.findall(r'href="http://[^/]+(/staff/preview/[^"]+)"', words)
    assert len(looks) == page.revisions.count() > 1
    assert "A second title" in client.get(looks[0]).content.decode()


def test_of_a_page_that_is_live_as_it_stands_the_last_change_is_shown(editor):
    page = Page.objects.get(slug="students")
    save(editor, page, title="A second title")
    publish(page, None)

    words = editor.get(history(page)).content.decode()

    assert "<ins>" in words
    assert "Revision 2 saved" in words[: words.index("All that was saved")]
