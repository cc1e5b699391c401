"""Shared rows and settings are live once saved: no page that readers get may break by one."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign import frame
from campaign.models import Page, RowVersion, Service, SiteSettings, Tip, Topic
from campaign.publication_checks import weight
from campaign.publishing.content import draft_words
from campaign.publishing.live import live_words
from campaign.publishing.publications import publish, unpublish
from campaign.publishing.rows import keep_version
from sextortion_site.staff.moments import moment
from tests.campaign.editing import change_url, form_data

pytestmark = pytest.mark.django_db

COPIED = ["kind", "who_for", "owner", "source", "grade", "checked_on", "check_again_on", "phone"]


@pytest.fixture
def tip() -> Tip:
    """One that readers get."""
    return Tip.objects.first()


def letters(number: int) -> str:
    """Words that hardly compress."""
    return "<p>" + "".join(chr(0x4E00 + (place * 7919) % 20000) for place in range(number)) + "</p>"


def with_text(client, row, text: str) -> dict[str, object]:
    return form_data(client.get(change_url(row))) | {"text": text}


def size() -> int:
    return weight.weight_of(live_words("chatting-safely"))


def test_row_that_would_make_a_page_too_heavy_is_refused_with_every_word(editor, tip):
    before, text = tip.text, letters(4000)

    response = editor.post(change_url(tip), with_text(editor, tip, text))

    [said] = response.context["adminform"].form.non_field_errors()
    assert f"“{page_title()}”: The page weighs " in said
    assert "more than the 14,600" in said
    assert form_data(response)["text"] == text
    tip.refresh_from_db()
    assert tip.text == before
    assert not RowVersion.objects.exists()


def page_title() -> str:
    return Page.objects.get(slug="chatting-safely").title


def test_new_row_that_would_make_a_page_too_heavy_is_refused_and_can_be_shortened(editor, tip):
    add = reverse("admin:campaign_tip_add")
    data = {"title": "New", "key": "new", "position": 1, "topics": [tip.topics.first().pk]}

    refused = editor.post(add, data | {"text": letters(4000)})

    assert "The page weighs" in str(refused.context["adminform"].form.non_field_errors())
    assert not Tip.objects.filter(key="new").exists()
    assert editor.post(add, form_data(refused) | {"text": "<p>Short</p>"}).status_code == 302
    assert Tip.objects.get(key="new").text == "<p>Short</p>"


def test_topic_that_brings_a_heavy_row_onto_a_page_is_refused(editor, tip):
    topic = tip.topics.first()
    heavy = Tip.objects.create(key="heavy", title="Heavy", text=letters(4000))
    data = form_data(editor.get(change_url(heavy))) | {"topics": [topic.pk]}

    response = editor.post(change_url(heavy), data)

    assert "The page weighs" in str(response.context["adminform"].form.non_field_errors())
    assert not heavy.topics.exists()


def test_row_that_stands_on_no_page_may_be_long(editor):
    row = Tip.objects.create(key="nowhere", title="Nowhere")
    row.topics.add(Topic.objects.create(slug="nothing", name="Nothing"))

    assert editor.post(change_url(row), with_text(editor, row, letters(4000))).status_code == 302


def test_page_that_is_planned_counts_too_and_its_day_is_named(editor, tip):
    page = Page.objects.get(slug="chatting-safely")
    at = timezone.now() + datetime.timedelta(days=3)
    publish(page, None, at=at)
    unpublish(page, None)

    response = editor.post(change_url(tip), with_text(editor, tip, letters(4000)))

    said = str(response.context["adminform"].form.non_field_errors())
    assert f"planned for {moment(at)}" in said


@pytest.mark.parametrize(
    "text", ["<p><a>no address</a></p>", '<p><a href="/a/"></a></p>', "<ul>x</ul>"]
)
def test_row_that_would_break_the_markup_of_a_page_is_refused(editor, tip, text):
    response = editor.post(change_url(tip), with_text(editor, tip, text))

    said = str(response.context["adminform"].form.non_field_errors())
    assert page_title() in said
    assert str(tip) in said.replace("&#x27;", "'")


def test_page_that_is_too_heavy_already_lets_a_row_be_put_right(editor, tip, monkeypatch):
    monkeypatch.setattr(weight, "BUDGET", size() - 10)

    shorter = editor.post(change_url(tip), with_text(editor, tip, "<p>a</p>"))

    assert shorter.status_code == 302
    longer = editor.post(change_url(tip), with_text(editor, tip, letters(100)))
    assert longer.status_code == 200


def test_page_that_comes_near_the_most_is_told_once_the_row_is_saved(editor, tip, monkeypatch):
    monkeypatch.setattr(weight, "NEAR", size())

    response = editor.post(change_url(tip), with_text(editor, tip, letters(30)), follow=True)

    said = " ".join(map(str, response.context["messages"]))
    assert f"“{page_title()}”: The page weighs" in said
    assert "little room is left" in said


def test_page_that_was_as_near_before_is_not_told_again(editor, tip, monkeypatch):
    monkeypatch.setattr(weight, "NEAR", size() - 1000)

    response = editor.post(change_url(tip), with_text(editor, tip, "<p>a</p>"), follow=True)

    assert "little room" not in " ".join(map(str, response.context["messages"]))


def test_settings_count_for_every_page_and_no_reader_gets_what_is_only_tried(
    editor, client, monkeypatch
):
    settings = SiteSettings.objects.get()
    size, title = max((weight.weight_of(draft_words(page)), page.title) for page in pages())
    monkeypatch.setattr(weight, "BUDGET", size)
    monkeypatch.setattr(frame, "FRESH_SECONDS", 60.0)
    client.get("/")  # from here on this process has a frame
    data = form_data(editor.get(change_url(settings))) | {"beta_notice": "zqxjkvwypf " * 14}

    response = editor.post(change_url(settings), data)

    assert title in str(response.context["adminform"].form.non_field_errors())
    settings.refresh_from_db()
    assert "zqxj" not in settings.beta_notice
    assert "zqxj" not in client.get("/").content.decode()


def pages() -> list[Page]:
    return list(Page.objects.all())


def test_crisis_line_counts_for_every_page(editor, monkeypatch):
    row = Service.objects.filter(kind="crisis").first()
    monkeypatch.setattr(weight, "BUDGET", weight.weight_of(live_words("accessibility")))
    data = form_data(editor.get(change_url(row))) | {"name": "Zyx wvut qponm lkji hgfe dcba 97531"}

    response = editor.post(change_url(row), data)

    title = Page.objects.get(slug="accessibility").title
    assert title in str(response.context["adminform"].form.non_field_errors())


def restore(client, row, version):
    url = reverse(f"admin:campaign_{row._meta.model_name}_restore", args=[row.pk])
    return client.post(url, {"version": version.pk}, follow=True)


def test_version_that_would_make_a_page_too_heavy_is_not_restored(editor, tip):
    before = tip.text
    heavy = keep_version(Tip(pk=tip.pk, key=tip.key, title=tip.title, text=letters(4000)), None)
    heavy.content["topics"] = [topic.pk for topic in tip.topics.all()]
    heavy.save()

    said = restore(editor, tip, heavy).content.decode()

    assert "It was not restored, and nothing was changed" in said
    assert f"“{page_title()}”: The page weighs" in said
    tip.refresh_from_db()
    assert tip.text == before


def test_deleted_row_that_would_make_a_page_too_heavy_is_not_brought_back(editor, tip):
    topics = [topic.pk for topic in tip.topics.all()]
    heavy = Tip.objects.create(key="heavy", title="Heavy", text=letters(4000))
    pk, version = heavy.pk, keep_version(heavy, None, is_deletion=True)
    version.content["topics"] = topics
    version.save()
    heavy.delete()

    assert "The page weighs" in restore(editor, Tip(pk=pk), version).content.decode()
    assert not Tip.objects.filter(pk=pk).exists()


def test_position_that_would_make_a_page_too_heavy_is_refused(editor, monkeypatch):
    """Another service then stands at the top of every page."""
    crisis = list(Service.objects.shown().filter(kind="crisis"))
    last = Service.objects.create(
        **{field: getattr(crisis[0], field) for field in COPIED},
        key="long",
        name="Zyx wvutq ponmlk jihgf edcba 97531 qwert yuiop",
        position=900,
    )
    for number in range(4 - len(crisis)):
        Service.objects.create(
            **{field: getattr(crisis[0], field) for field in COPIED},
            key=f"more-{number}",
            name="More",
            position=800,
        )
    monkeypatch.setattr(weight, "BUDGET", max(weight.weight_of(draft_words(p)) for p in pages()))
    lists = reverse("admin:campaign_service_changelist")
    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "Save"}
    data |= {"form-0-id": last.pk, "form-0-position": 1, "initial-form-0-position": 900}

    said = editor.post(f"{lists}?q=long", data).content.decode()

    assert "must not be so" in said
    assert "The page weighs" in said
    assert 'value="1"' in said
    last.refresh_from_db()
    assert last.position == 900
