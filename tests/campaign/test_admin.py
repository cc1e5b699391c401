import datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from campaign.models import (
    Entry,
    Feedback,
    Figure,
    OldAddress,
    Page,
    Section,
    Service,
    SiteSettings,
    Tip,
    Topic,
    WarningSign,
)

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
def test_list_opens_and_searches(editor, name):
    url = reverse(f"admin:campaign_{name}_changelist")

    found = editor.get(url, {"q": "no such words anywhere"}).context["cl"].result_count
    assert editor.get(url).context["cl"].result_count >= 0
    assert found == 0


@pytest.mark.parametrize("name", LISTS)
def test_form_opens(editor, name):
    model = {model._meta.model_name: model for model in _models()}[name]
    Feedback.objects.create(message="Clear words")
    OldAddress.objects.create(slug="old", page=Page.objects.first())

    assert editor.get(change_url(model.objects.first())).status_code == 200


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


@pytest.mark.parametrize("model", [Page, Service, WarningSign], ids=lambda model: model.__name__)
def test_rows_may_be_reordered_in_their_list(editor, model):
    row = model.objects.last()
    url = reverse(f"admin:campaign_{model._meta.model_name}_changelist")
    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "Save"}
    found_by = row.slug if isinstance(row, Page) else row.key

    editor.post(f"{url}?q={found_by}", data | {"form-0-id": row.pk, "form-0-position": 7})

    row.refresh_from_db()
    assert row.position == 7


def test_new_page_with_a_section_reaches_readers(editor):
    add = reverse("admin:campaign_page_add")
    data = form_data(editor.get(add))
    data |= {"title": "New here", "slug": "new-here", "menu_label": "New", "summary": "A page."}
    data |= {"reader": "young", "group": "know", "owner": "Editor", "is_published": "on"}
    data |= {"checked_on": "2026-07-01", "check_again_on": "2027-07-01"}
    data |= {"sections-TOTAL_FORMS": 1, "sections-0-kind": "text", "sections-0-age": "any"}
    data |= {"sections-0-position": 10, "sections-0-heading": "Hello"}

    response = editor.post(add, data)

    assert response.status_code == 302
    page = editor.get("/new-here/").content.decode()
    assert "<h2>Hello</h2>" in page
    assert 'href="/new-here/"' in editor.get("/").content.decode()


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

    assert "[[service:childline]]. In: " in page
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
    body = (
        '<p onclick="x()">Hello <a href="/support/" onclick="x()">you</a></p><script>x()</script>'
    )
    data = form_data(editor.get(change_url(section))) | {"body": body}

    editor.post(change_url(section), data)

    section.refresh_from_db()
    assert section.body == '<p>Hello <a href="/support/">you</a></p>'


@pytest.mark.parametrize("link", ["http://example.org", "//example.org", "javascript:alert(1)"])
def test_link_that_would_be_taken_out_is_refused_with_a_clear_word(editor, link):
    section = Section.objects.filter(kind="text").first()
    body = f'<p><a href="{link}">you</a></p>'
    data = form_data(editor.get(change_url(section))) | {"body": body}

    response = editor.post(change_url(section), data)

    assert f"A link begins with https:// or /, not so: {link}" in response.content.decode()


@pytest.mark.parametrize(
    ("slug", "change", "message"),
    [
        ("", {"slug": "home"}, "This page must keep its address."),
        ("feedback", {"slug": "tell-us"}, "This page must keep its address."),
        ("feedback", {"is_published": ""}, "The site cannot do without this page."),
        ("support", {"slug": "staff"}, "This address belongs to another part of the site."),
        ("support", {"slug": "leave"}, "This address belongs to another part of the site."),
    ],
)
def test_edit_that_would_break_an_address_is_refused(editor, slug, change, message):
    page = Page.objects.get(slug=slug)
    data = form_data(editor.get(change_url(page))) | change

    response = editor.post(
        change_url(page),
        {k: v for k, v in data.items() if v != ""} | {"slug": change.get("slug", slug)},
    )

    assert message in response.content.decode()
    page.refresh_from_db()
    assert (page.slug, page.is_published) == (slug, True)


def test_page_that_the_site_needs_cannot_be_deleted(editor):
    page = Page.objects.get(slug="feedback")
    one_by_one = reverse("admin:campaign_page_delete", args=[page.pk])
    by_action = {"action": "delete_selected", "_selected_action": [page.pk], "post": "yes"}

    assert editor.post(one_by_one, {"post": "yes"}).status_code == 403
    editor.post(reverse("admin:campaign_page_changelist"), by_action)

    assert Page.objects.filter(slug="feedback").exists()


def test_kind_that_the_entries_do_not_fit_is_refused(editor):
    section = Section.objects.filter(kind="steps").first()
    data = form_data(editor.get(change_url(section))) | {"kind": "text"}

    response = editor.post(change_url(section), data)

    assert "Change or delete its entries first" in response.content.decode()


def test_figure_that_a_text_mentions_cannot_be_hidden(editor):
    row = Figure.objects.get(key="notts-2023")
    data = form_data(editor.get(change_url(row)))
    del data["is_shown"]

    response = editor.post(change_url(row), data)

    assert "Change these texts first, which mention it: About the campaign" in (
        response.content.decode()
    )


def test_row_that_another_row_mentions_cannot_be_deleted(editor):
    Tip.objects.filter(key=Tip.objects.first().key).update(text="<p>[[service:galop]]</p>")
    Entry.objects.filter(text__contains="[[service:galop]]").delete()
    Section.objects.filter(body__contains="[[service:galop]]").update(body="<p>x</p>")
    row = Service.objects.get(key="galop")

    editor.post(reverse("admin:campaign_service_delete", args=[row.pk]), {"post": "yes"})

    assert Service.objects.filter(key="galop").exists()


def test_key_of_a_topic_stays(editor):
    topic = Topic.objects.get(slug="removal")

    editor.post(change_url(topic), {"name": "Removal tools", "slug": "tools"})

    topic.refresh_from_db()
    assert (topic.slug, topic.name) == ("removal", "Removal tools")


def test_day_of_the_check_cannot_lie_ahead(editor):
    row = Service.objects.get(key="childline")
    data = form_data(editor.get(change_url(row)))
    data |= {"checked_on": "2096-01-01", "check_again_on": "2097-01-01"}

    assert "This day has not come yet." in editor.post(change_url(row), data).content.decode()


def test_first_page_warns_when_no_crisis_line_is_shown(editor):
    assert "No crisis line" not in editor.get("/staff/").content.decode()

    Service.objects.filter(kind="crisis").update(is_shown=False)

    assert "No crisis line" in editor.get("/staff/").content.decode()


def test_staff_pages_ask_for_an_account(client):
    response = client.get("/staff/campaign/page/")

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/staff/login/")
