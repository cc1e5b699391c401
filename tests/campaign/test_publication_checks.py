"""What is checked before a page is published: what stops it, what informs, and what is fine."""

import datetime

import pytest
from django.urls import reverse

from campaign.models import Page, Publication
from campaign.publication_checks import (
    CHECKS,
    Finding,
    Level,
    check_page,
    facts,
    links,
    markup,
    stops,
    weight,
)
from campaign.publication_checks.asking import Answer
from campaign.publishing.content import PageWords, draft_words
from campaign.publishing.drafts import save_draft
from tests.campaign.page_words import one_section, told

pytestmark = pytest.mark.django_db

# What the starter content is told of beside its facts and notes. Each was looked at.
TOLD_OF_STARTER = {
    "parents": ["The page weighs", "bytes: little room is left."],
    "report": ["The page has", "words: many readers stop before the end. Make it shorter."],
    "support": ["The page has", "words: many readers stop before the end. Make it shorter."],
}
LONG_AGO = datetime.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(links, "ask", lambda link: Answer.GOOD)


@pytest.fixture
def words() -> PageWords:
    return one_section(body="<p>Stop replying. Tell someone. We can help you.</p>")


# --- all of them ---


def test_starter_content_gives_no_stop_and_no_new_warning():
    of_others = [check for check in CHECKS if check is not facts.check]
    found = {
        page.slug: [finding for check in of_others for finding in check(draft_words(page))]
        for page in Page.objects.all()
    }

    assert not any(stops(findings) for findings in found.values())
    assert {slug for slug, findings in found.items() if findings} == TOLD_OF_STARTER.keys()
    for slug, (begins, ends) in TOLD_OF_STARTER.items():
        [finding] = found[slug]
        assert finding.what.startswith(begins)
        assert finding.what.endswith(ends)


def test_starter_content_is_told_of_every_note_of_what_is_to_confirm():
    for page in Page.objects.all():
        notes = page.sections.exclude(to_confirm="").count()
        said = [finding for finding in facts.check(draft_words(page)) if finding.where]

        assert len(said) == notes, page.slug
        assert all(finding.what.startswith("Still to confirm: ") for finding in said)
        assert all(len(finding.what) < 200 for finding in said)


def test_what_stops_comes_first_and_mentions_are_words(words):
    words.page.check_again_on = LONG_AGO
    words.sections[0].section.heading = "In [[area]]"
    words.sections[0].section.to_confirm = "Ask [[force]]"
    words.sections[0].section.body = "<p>Broken <b>markup</b></p>"

    findings = check_page(words)

    assert [finding.level for finding in findings][:2] == [Level.STOP, Level.WARNING]
    assert "Nottinghamshire" in str(findings)
    assert "[[" not in str(findings)


def test_one_stop_is_enough_to_stop():
    warning, stop = Finding(Level.WARNING, "a"), Finding(Level.STOP, "b")

    assert not stops([warning])
    assert stops([warning, stop])


def test_page_that_is_stopped_is_not_published(editor, monkeypatch):
    page = Page.objects.get(slug="students")
    before = Publication.objects.count()
    monkeypatch.setattr(weight, "BUDGET", 100)

    response = editor.post(
        reverse("admin:campaign_page_publish", args=[page.pk]), {"shown": save_draft(page, None).pk}
    )

    assert Publication.objects.count() == before
    assert "finding stop" in response.content.decode()


def test_page_with_warnings_is_published(editor):
    page = Page.objects.get(slug="students")
    before = Publication.objects.count()
    address = reverse("admin:campaign_page_publish", args=[page.pk])

    assert "finding warning" in editor.get(address).content.decode()
    editor.post(address, {"shown": save_draft(page, None).pk})

    assert Publication.objects.count() == before + 1


# --- weight ---


@pytest.mark.parametrize("page", ["", "help-now", "report", "feedback", "cookies", "parents"])
def test_weight_is_what_readers_get(client, page):
    row = Page.objects.get(slug=page)

    response = client.get(row.words_address, headers={"Accept-Encoding": "br"})

    assert weight.weight_of(draft_words(row)) == len(response.content)


def test_page_over_the_budget_stops_and_one_near_it_is_told(words, monkeypatch):
    size = weight.weight_of(words)
    monkeypatch.setattr(weight, "NEAR", size)
    monkeypatch.setattr(weight, "BUDGET", size)
    assert told(weight.check, words) == []

    monkeypatch.setattr(weight, "NEAR", size - 1)
    assert "little room is left" in told(weight.check, words)[0]

    monkeypatch.setattr(weight, "BUDGET", size - 1)
    assert f"{size:,}" in told(weight.check, words, Level.STOP)[0]


# --- markup ---


@pytest.mark.parametrize(
    "text",
    [
        "<p>open",
        "<p>a</strong></p>",
        "<p><strong>a</p></strong>",
        "<b>a</b>",
        '<p class="x">a</p>',
        '<p onclick="x">a</p>',
        "<script>a</script>",
        "<ul><ul><li>a</li></ul></ul>",
        "<li>a</li>",
        "<ul><p>a</p></ul>",
        "<ul>a</ul>",
        "<ul><li>a</li>b</ul>",
        "<p><p>a</p></p>",
        "<p>a<ul><li>b</li></ul></p>",
        "<strong><p>a</p></strong>",
        "<ul><li><strong><p>a</p></strong></li></ul>",
        "<p><a>a</a></p>",
        '<p><a href="">a</a></p>',
        '<p><a href="http://example.org">a</a></p>',
        '<p><a href="/a/"></a></p>',
        '<p><a href="/a/"><strong> </strong></a></p>',
        "<p>[[service:nobody]]</p>",
        '<p><a href="/a/">[[service:childline]]</a></p>',
    ],
)
def test_broken_markup_stops(words, text):
    words.sections[0].section.body = text

    assert told(markup.check, words, Level.STOP) != []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p>a &amp; b<br>c</p>",
        "<ul><li><p>a</p><ol><li>b</li></ol></li></ul>",
        '<p>[[service:childline]] or <a href="/support/">support</a></p>',
    ],
)
def test_good_markup_does_not_stop(words, text):
    words.sections[0].section.body = text

    assert told(markup.check, words, Level.STOP) == []


def test_mention_where_none_is_resolved_stops(words):
    words.page.menu_label = "[[force]]"

    [finding] = markup.check(words)

    assert "Nothing can be mentioned here" in finding.what
