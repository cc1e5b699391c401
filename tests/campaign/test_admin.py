import datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from campaign.models import Entry, OldAddress, Page, Section, Service, SiteSettings, WarningSign

pytestmark = pytest.mark.django_db

LISTS = [
    "appguide",
    "feedback",
    "figure",
    "law",
    "oldaddress",
    "page",
    "resource",
    "route",
    "section",
    "service",
    "tip",
    "topic",
    "warningsign",
]


@pytest.fixture
def editor(client):
    account = get_user_model().objects.create_superuser("editor", password="a long one, for now")  # noqa: S106 - a test's own account
    client.force_login(account)
    return client


def change_url(row) -> str:
    return reverse(f"admin:campaign_{row._meta.model_name}_change", args=[row.pk])


def form_data(response) -> dict[str, object]:
    """What the browser would post back from this form, its inlines included."""
    admin_form = response.context["adminform"].form
    formsets = [formset.formset for formset in response.context["inline_admin_formsets"]]
    forms = [admin_form, *(f.management_form for f in formsets), *(f for s in formsets for f in s)]
    data: dict[str, object] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, list):
                value = [getattr(item, "pk", item) for item in value]
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


@pytest.mark.parametrize("name", LISTS)
def test_list_opens_searches_and_filters(editor, name):
    url = reverse(f"admin:campaign_{name}_changelist")

    assert editor.get(url).status_code == 200
    assert editor.get(url, {"q": "police"}).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_form_opens(editor, name):
    model = {model._meta.model_name: model for model in _models()}[name]
    row = model.objects.first()

    if row is not None:
        assert editor.get(change_url(row)).status_code == 200


def _models():
    from django.apps import apps

    return apps.get_app_config("campaign").get_models()


def test_everything_that_readers_see_can_be_edited():
    from django.contrib import admin

    reached_from_its_section = {Entry}
    missing = {model for model in _models() if not admin.site.is_registered(model)}

    assert missing == reached_from_its_section


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

    assert OldAddress.objects.get(slug="support").page == page


def test_page_shows_its_length_and_reading_age(editor):
    content = editor.get(change_url(Page.objects.get(slug="help-now"))).content.decode()

    assert "words, reading age" in content


def test_unknown_mention_is_refused_with_a_clear_word(editor):
    section = Section.objects.filter(kind="text").first()
    data = form_data(editor.get(change_url(section))) | {"body": "<p>Ring [[service:nobody]]</p>"}

    response = editor.post(change_url(section), data)

    assert response.status_code == 200
    assert "There is no [[service:nobody]]" in response.content.decode()


def test_entry_that_does_not_fit_its_section_is_refused(editor):
    section = Section.objects.filter(kind="doors").first()
    data = form_data(editor.get(change_url(section))) | {"entries-0-page": ""}

    response = editor.post(change_url(section), data)

    assert "Links to other pages, and only they, lead to a page." in response.content.decode()


def test_section_may_be_reordered_by_number(editor):
    section = Section.objects.filter(kind="steps").first()
    first, second = section.entries.all()[:2]
    data = form_data(editor.get(change_url(section)))
    data |= {"entries-0-position": second.position, "entries-1-position": first.position}

    editor.post(change_url(section), data)

    assert list(section.entries.all()[:2]) == [second, first]


def test_signs_may_be_reordered_in_their_list(editor):
    sign = WarningSign.objects.first()
    url = reverse("admin:campaign_warningsign_changelist")
    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "Save"}

    editor.post(f"{url}?q={sign.key}", data | {"form-0-id": sign.pk, "form-0-position": 999})

    sign.refresh_from_db()
    assert sign.position == 999


def test_section_leads_to_its_page_on_the_site(editor):
    section = Section.objects.filter(page__slug="help-now").first()

    assert 'href="/help-now/"' in editor.get(change_url(section)).content.decode()


def test_row_that_a_text_mentions_cannot_be_deleted(editor):
    row = Service.objects.get(key="childline")
    url = reverse("admin:campaign_service_delete", args=[row.pk])

    page = editor.get(url).content.decode()
    editor.post(url, {"post": "yes"})

    assert "What to do right now: [[service:childline]]" in page
    assert Service.objects.filter(pk=row.pk).exists()


def test_row_says_where_it_is_mentioned(editor):
    page = editor.get(change_url(Service.objects.get(key="childline"))).content.decode()

    assert "[[service:childline]]. On: " in page
    assert "What to do right now" in page


def test_key_does_not_change_once_it_is_saved(editor):
    row = Service.objects.get(key="childline")
    data = form_data(editor.get(change_url(row))) | {"key": "kidline"}

    editor.post(change_url(row), data)

    row.refresh_from_db()
    assert row.key == "childline"


def test_grade_c_cannot_be_shown(editor):
    row = Service.objects.get(key="childline")
    data = form_data(editor.get(change_url(row))) | {"grade": "C"}

    response = editor.post(change_url(row), data)

    assert "A fact of grade C cannot be shown: check it first." in response.content.decode()


def test_site_settings_are_one_row_that_stays(editor):
    url = change_url(SiteSettings.objects.get())

    assert editor.get("/staff/campaign/sitesettings/").headers["Location"] == url
    assert editor.get("/staff/campaign/sitesettings/add/").status_code == 403
    assert editor.get(f"{url.removesuffix('change/')}delete/").status_code == 403


def test_destination_on_a_page_without_https_is_refused(editor):
    url = change_url(SiteSettings.objects.get())
    data = form_data(editor.get(url)) | {"leave_url": "http://www.example.org/"}

    assert "must begin with https" in editor.post(url, data).content.decode()


def test_script_in_a_text_is_taken_out_when_saved(editor):
    section = Section.objects.filter(kind="text").first()
    body = '<p>Hello <a href="javascript:alert(1)" onclick="x()">you</a></p><script>x()</script>'
    data = form_data(editor.get(change_url(section))) | {"body": body}

    editor.post(change_url(section), data)

    section.refresh_from_db()
    assert section.body == "<p>Hello <a>you</a></p>"


def test_staff_pages_ask_for_an_account(client):
    response = client.get("/staff/campaign/page/")

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/staff/login/")
