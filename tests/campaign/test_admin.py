"""An editor at work in the admin."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.models import (
    Editing,
    Entry,
    Feedback,
    ImageFile,
    Page,
    PageCount,
    Publication,
    Revision,
    RowVersion,
    Section,
    Service,
    SiteSettings,
    Tip,
    WarningSign,
)
from campaign.publishing.publications import publish
from sextortion_site.staff.moments import moment
from tests.campaign.editing import change_url, form_data
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

LISTS = [
    "appguide",
    "feedback",
    "figure",
    "law",
    "page",
    "resource",
    "route",
    "section",
    "service",
    "tip",
    "topic",
    "warningsign",
]


@pytest.mark.parametrize("name", LISTS)
def test_list_opens_and_searches(editor, name):
    url = reverse(f"admin:campaign_{name}_changelist")

    found = editor.get(url, {"q": "no such words anywhere"}).context["cl"].result_count
    assert editor.get(url).context["cl"].result_count >= 0
    assert found == 0


@pytest.mark.parametrize("name", LISTS)
def test_form_opens(editor, name):
    model = {model._meta.model_name: model for model in _models()}[name]
    Feedback.objects.create(message="Clear words")

    assert editor.get(change_url(model.objects.first())).status_code == 200


def _models():
    from django.apps import apps

    return apps.get_app_config("campaign").get_models()


def test_everything_that_readers_see_can_be_edited():
    from django.contrib import admin

    reached_from_its_section, counted_by_the_site = {Entry}, {PageCount}
    history = {Revision, Publication, RowVersion, Editing}
    comes_with_its_picture = {ImageFile}
    missing = {model for model in _models() if not admin.site.is_registered(model)}

    assert missing == (
        reached_from_its_section | counted_by_the_site | comes_with_its_picture | history
    )


def test_first_page_says_what_is_overdue_and_unconfirmed(editor):
    Service.objects.update(check_again_on=timezone.localdate() + datetime.timedelta(days=1))
    Service.objects.filter(key="childline").update(check_again_on=timezone.localdate())
    Service.objects.update(to_confirm="")

    page = editor.get("/staff/").content.decode()

    services = page[page.index("Services") : page.index("Ways to report")]
    assert "1 overdue" in services
    assert "to confirm" not in services


def test_overdue_filter_finds_the_row(editor):
    Service.objects.update(check_again_on=timezone.localdate() + datetime.timedelta(days=1))
    Service.objects.filter(key="childline").update(check_again_on=timezone.localdate())

    response = editor.get(reverse("admin:campaign_service_changelist"), {"check": "overdue"})

    assert [row.key for row in response.context["cl"].result_list] == ["childline"]


def test_checked_today_moves_both_dates(editor):
    row = Service.objects.get(key="childline")
    row.checked_on, row.check_again_on = datetime.date(2026, 1, 1), datetime.date(2026, 4, 1)
    row.save()

    editor.post(
        reverse("admin:campaign_service_changelist"),
        {"action": "checked_today", "_selected_action": [row.pk]},
    )

    row.refresh_from_db()
    assert row.checked_on == timezone.localdate()
    assert row.check_again_on == timezone.localdate() + datetime.timedelta(days=90)


def test_checked_today_leaves_a_row_whose_next_day_no_calendar_has_and_says_so(editor):
    row, other = Service.objects.get(key="childline"), Service.objects.get(key="galop")
    before, row.check_again_on = row.checked_on, datetime.date(9999, 12, 31)
    row.save()

    response = editor.post(
        reverse("admin:campaign_service_changelist"),
        {"action": "checked_today", "_selected_action": [row.pk, other.pk]},
        follow=True,
    )

    said = [str(message) for message in response.context["messages"]]
    assert "after the year 9999: “Childline”" in said[0]
    assert said[1].startswith("1 row was checked today.")
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.checked_on, other.checked_on) == (before, timezone.localdate())


def test_page_keeps_everything_when_saved_unchanged(editor):
    page = Page.objects.get(slug="help-now")
    parts = ("position", "kind", "heading", "body", "age", "topic")
    before = list(page.sections.values(*parts))

    response = editor.post(change_url(page), form_data(editor.get(change_url(page))))

    assert response.status_code == 302
    assert (
        list(page.sections.values("position", "kind", "heading", "body", "age", "topic")) == before
    )


def test_moving_a_page_leaves_its_old_address_behind(editor):
    page = Page.objects.get(slug="support")
    data = form_data(editor.get(change_url(page))) | {"slug": "talk"}

    editor.post(change_url(page), data)

    page.refresh_from_db()
    publish(page, None)
    assert editor.get("/support/").headers["Location"] == "/talk/"


def test_page_shows_its_length_and_reading_age(editor):
    content = editor.get(change_url(Page.objects.get(slug="help-now"))).content.decode()

    assert "words, reading age" in content


def test_section_may_be_reordered_by_number(editor):
    section = Section.objects.filter(kind="steps").first()
    first, second = section.entries.all()[:2]
    data = form_data(editor.get(change_url(section)))
    data |= {"entries-0-position": second.position, "entries-1-position": first.position}

    editor.post(change_url(section), data)

    assert list(section.entries.all()[:2]) == [second, first]


@pytest.mark.parametrize("model", [Service, WarningSign], ids=lambda model: model.__name__)
def test_rows_may_be_reordered_in_their_list(editor, model):
    row = model.objects.last()
    url = reverse(f"admin:campaign_{model._meta.model_name}_changelist")
    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "Save"}
    data |= {"form-0-id": row.pk, "form-0-position": 7, "initial-form-0-position": row.position}

    editor.post(f"{url}?q={row.key}", data)

    row.refresh_from_db()
    assert row.position == 7


def test_new_page_with_a_section_reaches_readers(editor):
    add = reverse("admin:campaign_page_add")
    data = form_data(editor.get(add))
    data |= {"title": "New here", "slug": "new-here", "menu_label": "New", "summary": "A page."}
    data |= {"reader": "young", "group": "know", "owner": "Editor"}
    data |= {"checked_on": "2026-07-01", "check_again_on": "2027-07-01"}
    data |= {"sections-TOTAL_FORMS": 1, "sections-0-kind": "text", "sections-0-age": "any"}
    data |= {"sections-0-position": 10, "sections-0-heading": "Hello"}

    response = editor.post(add, data)

    assert response.status_code == 302
    assert editor.get("/new-here/").status_code == 404
    publish(Page.objects.get(slug="new-here"), None)
    page = editor.get("/new-here/").content.decode()
    assert "<h2>Hello</h2>" in page
    assert 'href="/new-here/"' in editor.get("/").content.decode()


def test_section_leads_to_its_page_on_the_site(editor):
    section = Section.objects.filter(page__slug="help-now").first()

    assert 'href="/help-now/"' in editor.get(change_url(section)).content.decode()


def test_row_says_where_it_is_mentioned(editor):
    page = editor.get(change_url(Service.objects.get(key="childline"))).content.decode()

    assert "[[service:childline]]. In: " in page
    assert "What to do right now" in page


def test_site_settings_are_one_row_that_stays(editor):
    url = change_url(SiteSettings.objects.get())

    assert editor.get("/staff/campaign/sitesettings/").headers["Location"] == url
    assert editor.get("/staff/campaign/sitesettings/add/").status_code == 403
    assert editor.get(f"{url.removesuffix('change/')}delete/").status_code == 403


def test_first_page_warns_when_no_crisis_line_is_shown(editor):
    assert "No crisis line" not in editor.get("/staff/").content.decode()

    Service.objects.filter(kind="crisis").update(is_shown=False)

    assert "No crisis line" in editor.get("/staff/").content.decode()


def test_staff_pages_ask_for_an_account(client):
    response = client.get("/staff/campaign/page/")

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/staff/login/")


def test_list_of_pages_says_who_changed_each_when(editor):
    page = Page.objects.get(slug="students")
    data = form_data(editor.get(change_url(page))) | {"title": "Changed"}
    editor.post(change_url(page), data)

    words = editor.get(reverse("admin:campaign_page_changelist")).content.decode()

    changed = page.revisions.latest("number").made_at
    assert f'<td class="field-changed">{moment(changed)}, editor</td>' in words


def test_who_may_only_look_sees_rich_text_as_it_looks_and_no_note_to_write(client):
    sign_in(client, new_account("wanda", "Writer"))
    tip = Tip.objects.create(key="x", title="X", text="<p>Say <strong>no</strong>.</p>")

    words = client.get(change_url(tip)).content.decode()

    assert "Say <strong>no</strong>." in words
    assert "&lt;p&gt;" not in words
    assert 'name="why"' not in words
