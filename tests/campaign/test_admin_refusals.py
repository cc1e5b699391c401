"""What an edit may not do, and what the editor is told of it."""

import pytest
from django.urls import reverse

from campaign.models import (
    Entry,
    Figure,
    Page,
    Section,
    Service,
    SiteSettings,
    Tip,
    Topic,
)
from tests.campaign.editing import change_url, form_data

pytestmark = pytest.mark.django_db


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


def test_row_that_a_text_mentions_cannot_be_deleted(editor):
    row = Service.objects.get(key="childline")
    url = reverse("admin:campaign_service_delete", args=[row.pk])

    page = editor.get(url).content.decode()
    editor.post(url, {"post": "yes"})

    assert "What to do right now: [[service:childline]]" in page
    assert Service.objects.filter(pk=row.pk).exists()


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
    assert page.slug == slug


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


def test_endless_text_is_refused_and_kept_in_the_form(editor):
    section = Section.objects.filter(kind="text").first()
    long = f"<p>{'word ' * 5000}</p>"
    data = form_data(editor.get(change_url(section))) | {"body": long}

    page = editor.post(change_url(section), data).content.decode()

    assert "A text has 20,000 at most." in page
    assert long[3:-4].strip() in page


def test_page_of_endless_sections_is_refused(editor):
    page = Page.objects.get(slug="students")
    data = form_data(editor.get(change_url(page)))
    data |= {"sections-TOTAL_FORMS": "9999", "sections-INITIAL_FORMS": "9999"}

    response = editor.post(change_url(page), data)

    assert response.status_code == 200
    assert "at most 50 forms" in response.content.decode()


def test_address_with_spaces_is_refused_in_words_of_the_form(editor):
    page = Page.objects.get(slug="students")
    data = form_data(editor.get(change_url(page))) | {"slug": "two words"}

    words = editor.post(change_url(page), data).content.decode()

    assert "Letters, digits and hyphens" in words
    assert "slug" not in words.split("Letters, digits")[1][:200]
