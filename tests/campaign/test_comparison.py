"""Two states compared in words: nothing that changed is missed, and nothing is markup."""

import copy
import random
import time

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from campaign.models import Page, Service, Topic
from campaign.publishing.comparison import Difference, differences, row_differences
from campaign.publishing.comparison.words import Kind, pieces, readable
from campaign.publishing.content import Content, content_of
from campaign.publishing.rows import content_of_row

# As often as in a text: a few words come again and again.
WORDS = [f"word{number}" for number in range(60) for _again in range(60 // (number + 1))]
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)


@pytest.fixture
def before(db) -> Content:
    return content_of(Page.objects.get(slug="students"))


@pytest.fixture
def after(before: Content) -> Content:
    return copy.deepcopy(before)


def told(found: list[Difference]) -> list[tuple[str, str]]:
    return [(difference.where, difference.what) for difference in found]


def side(found: list, kind: Kind) -> str:
    return "".join(piece.text for piece in found if piece.kind in {Kind.SAME, kind})


@given(TEXTS, TEXTS)
def test_each_side_can_be_read_out_of_the_pieces(old: str, new: str):
    found = pieces(old, new)

    assert side(found, Kind.REMOVED) == old
    assert side(found, Kind.ADDED) == new


@given(TEXTS)
def test_text_that_stays_has_no_difference(text: str):
    assert {piece.kind for piece in pieces(text, text)} <= {Kind.SAME}


def test_one_word_is_told_as_one_word():
    found = pieces("Do not pay them anything", "Do not send them anything")

    assert [(piece.kind, piece.text.strip()) for piece in found if piece.kind != Kind.SAME] == [
        (Kind.REMOVED, "pay"),
        (Kind.ADDED, "send"),
    ]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<ul><li>One</li><li>Two</li></ul>", "• One\n• Two"),
        ("<ol><li>One</li><li>Two<ul><li>In it</li></ul></li></ol>", "1. One\n2. Two\n• In it"),
        ('<p><a href="/apps/">Apps</a></p>', "Apps (link to /apps/)"),
        ("<p><strong>Now</strong> &amp; <em>then</em></p>", "*Now* & _then_"),
    ],
)
def test_rich_text_is_told_with_its_links_and_marks(markup, words):
    assert readable(markup) == words


def test_same_content_has_no_difference(before, after):
    assert differences(before, after) == []


def test_changed_field_of_the_page_is_told_by_its_name(before, after):
    after["page"]["title"] = "Another title"
    after["page"]["is_in_menu"] = not before["page"]["is_in_menu"]

    assert told(differences(before, after)) == [("", "Title"), ("", "In the main menu")]


def test_changed_link_is_told_though_the_words_stay(before, after):
    section = after["sections"][0]
    before["sections"][0]["body"] = '<p><a href="/apps/">Look</a></p>'
    section["body"] = '<p><a href="/support/">Look</a></p>'

    (found,) = differences(before, after)

    assert (found.where, found.what) == (section["heading"], "Text")


def test_section_that_comes_goes_or_moves_is_told(before, after):
    gone = after["sections"].pop(0)
    new = {**copy.deepcopy(gone), "id": 99999, "heading": "Quite new", "body": "<p>Words</p>"}
    after["sections"].append(new)
    after["sections"][0], after["sections"][1] = after["sections"][1], after["sections"][0]

    found = told(differences(before, after))

    assert (gone["heading"], "Taken out") in found
    assert ("Quite new", "New") in found
    assert ("", "Order") in found


def test_section_that_was_made_anew_with_the_same_words_is_no_difference(before, after):
    for section in after["sections"]:
        section["id"] += 10_000
        for entry in section["entries"]:
            entry["id"] += 10_000

    assert differences(before, after) == []


def test_section_that_was_made_anew_with_other_words_is_told_by_the_words(before, after):
    section = after["sections"][0]
    section["id"] += 10_000
    section["body"] = "<p>Quite other words.</p>"

    assert told(differences(before, after)) == [(section["heading"], "Text")]


def test_text_set_out_in_another_way_is_told_though_every_word_stays(before, after):
    before["sections"][0]["body"] = "<p>One</p><p>Two</p>"
    after["sections"][0]["body"] = "<p>One<br>Two</p>"

    (found,) = differences(before, after)

    assert "set out" in found.pieces[0].text


def test_field_that_an_old_revision_did_not_know_had_its_default(before, after):
    del before["page"]["shows_address"]
    del before["page"]["picture"]
    after["page"]["picture"] = before["page"].get("picture", "")

    assert differences(before, after) == []


def test_picture_that_comes_is_told_by_its_kind_where_it_has_no_words(before, after):
    wordless = {"heading": "", "body": "", "kind": "image", "id": 99999, "entries": []}
    after["sections"].append({**after["sections"][0], **wordless})

    assert told(differences(before, after)) == [("Picture", "New")]


def test_columns_and_cells_of_a_table_that_goes_are_told(before, after):
    table = {"heading": "Words", "kind": "table", "columns": "Not so | But so"}
    before["sections"][0] |= table
    gone = after["sections"].pop(0)

    (found,) = differences(before, after)

    assert found.where == "Words" != gone["heading"]
    assert "But so" in found.pieces[0].text


def test_changed_entry_is_told_with_its_section(before, after):
    section = next(part for part in after["sections"] if part["kind"] == "steps")
    section["entries"][0]["text"] = "<p>Call somebody you trust.</p>"

    (found,) = differences(before, after)

    assert found.where == f"{section['heading']} / {section['entries'][0]['lead']}"


def test_shared_row_is_compared_with_its_topics(db):
    row = Service.objects.get(key="childline")
    old = content_of_row(row)
    row.phone = "0800 2222"
    row.save()
    row.topics.add(Topic.objects.create(slug="new", name="A new topic"))

    found = row_differences(Service, old, content_of_row(row))

    assert [difference.what for difference in found] == ["Telephone", "Topics"]


def test_words_are_shown_as_words_and_not_by_colour_alone(before, after):
    after["page"]["title"] = "<script>alert(1)</script>"

    shown = render_to_string(
        "campaign/differences.html", {"differences": differences(before, after)}
    )

    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "added:" in shown
    assert "taken out:" in shown


def test_long_page_made_anew_is_compared_with_few_questions_to_the_database(
    before, after, django_assert_max_num_queries
):
    part = next(part for part in before["sections"] if part["kind"] == "steps")
    for content, first in ((before, 0), (after, 10_000)):
        content["sections"] = [
            {**copy.deepcopy(part), "id": first + number, "heading": f"Part {number}"}
            for number in range(200)
        ]
    after["sections"][7]["body"] = "<p>Changed.</p>"
    started = time.process_time()

    with django_assert_max_num_queries(0):
        found = differences(before, after)

    assert told(found) == [("Part 7", "Text")]
    assert time.process_time() - started < 3  # seconds of this process


def test_long_page_is_compared_while_an_editor_waits(before, after):
    part = next(part for part in before["sections"] if part["kind"] == "steps")
    chance = random.Random(1)  # noqa: S311 - for words
    words = [" ".join(chance.choices(WORDS, k=150)) for _number in range(200)]
    for content, last in ((before, "one"), (after, "two")):
        content["sections"] = [
            {**copy.deepcopy(part), "id": number, "body": f"<p>{text} {last}</p>"}
            for number, text in enumerate(words)
        ]
    started = time.process_time()

    assert len(differences(before, after)) == 200

    assert (
        time.process_time() - started < 10
    )  # seconds of this process; well under it on a quiet machine
