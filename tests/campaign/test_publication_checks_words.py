"""What editors are told of a page's words, headings and facts before they publish it."""

import datetime

import pytest
from django.utils import timezone

from campaign.models import Service, WarningSign
from campaign.models.pages import Reader
from campaign.models.sections import SectionKind, Speaker
from campaign.publication_checks import Level, blame, facts, headings, reading
from campaign.publishing.content import PageWords
from tests.campaign.page_words import one_section, part, told

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.date(2020, 1, 1)


@pytest.fixture
def words() -> PageWords:
    return one_section(body="<p>Stop replying. Tell someone. We can help you.</p>")


# --- words ---


@pytest.mark.parametrize(
    "text",
    [
        "You fell for it",
        "He fell victim to them",
        "It was a silly mistake",
        "You should have told us",
        "Why did you send it?",
        "It is revenge porn",
        "It is child pornography",
        "Sexting is common",
        "He committed suicide",
        "They are monsters",
        "Stay calm",
        "Don't panic",
        "You are a victim",
        "Victims can get help",
        "It is your own fault",
        "That\u2019s your fault",
        "You were so stupid",
        "Stupid things kids do",
        "You will go to prison",
        "You have known better",
    ],
)
def test_word_that_blames_is_told_with_its_section(words, text):
    words.sections[0].section.body = f"<p>{text}.</p>"

    [finding] = blame.check(words)

    assert finding.level == Level.WARNING
    assert finding.where == "What to do"


@pytest.mark.parametrize(
    "text",
    [
        "Do not say “you fell for it”",
        'They may write "stay calm"',
        "<strong>They say: Why did you send it?</strong> You need not answer",
        "Call the Revenge Porn Helpline or Victim Support",
        "Essexting is no word",
        "The Victims' Code says so",
        "None of this is your fault and it is not your fault",
        "Ask [[service:stay calm]]",
    ],
)
def test_quotation_name_and_part_of_a_word_blame_nobody(words, text):
    words.sections[0].section.body = f"<p>{text}.</p>"

    assert told(blame.check, words) == []


def test_victim_is_a_word_for_the_law_and_not_for_young_readers(words):
    words.sections[0].section.body = "<p>A victim has rights.</p>"
    assert told(blame.check, words) != []

    words.page.reader = Reader.PARENT
    assert told(blame.check, words) == []


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        (SectionKind.TABLE, {"lead": "stay calm | Stop replying"}),
        (SectionKind.THEY_SAY, {"lead": "Stay calm"}),
        (SectionKind.CHAT, {"text": "<p>Stay calm</p>", "speaker": Speaker.THEM}),
    ],
)
def test_what_others_say_may_be_quoted(kind, entry):
    columns = "Please avoid | Better" if kind == SectionKind.TABLE else ""

    assert told(blame.check, one_section(kind, columns=columns, entries=[entry])) == []


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        (SectionKind.TABLE, {"lead": "Sent nudes | stay calm"}),
        (SectionKind.THEY_SAY, {"lead": "Pay", "text": "<p>Stay calm</p>"}),
        (SectionKind.CHAT, {"text": "<p>Stay calm</p>", "speaker": Speaker.YOU}),
        (SectionKind.STEPS, {"lead": "Stay calm"}),
    ],
)
def test_what_we_say_ourselves_is_told(kind, entry):
    columns = "Please avoid | Better" if kind == SectionKind.TABLE else ""

    assert len(told(blame.check, one_section(kind, columns=columns, entries=[entry]))) == 1


def test_word_that_blames_in_a_listed_row_is_told_by_its_name():
    WarningSign.objects.filter(pk=WarningSign.objects.first().pk).update(text="<p>Stay calm</p>")

    [finding] = blame.check(one_section(SectionKind.SIGNS))

    assert finding.where == str(WarningSign.objects.first())


@pytest.mark.parametrize("field", ["title", "summary"])
def test_word_that_blames_in_title_or_summary_is_told(words, field):
    setattr(words.page, field, "Stay calm")

    assert len(told(blame.check, words)) == 1


# --- length and reading age ---

EASY = "We can help you today. "  # five words
HARD = "Notwithstanding jurisdictional complications, investigators characteristically prioritise. "


def text_of(sentence: str, number: int) -> str:
    return f"<p>{sentence * number}</p>"


def test_hard_text_is_told_with_both_ages(words):
    words.sections[0].section.body = text_of(EASY, 20)
    assert told(reading.check, words) == []

    words.sections[0].section.body = text_of(HARD, 20)
    assert "it should be 11 at most" in told(reading.check, words)[0]

    words.page.reader = Reader.PARENT
    assert "it should be 14 at most" in told(reading.check, words)[0]


def test_page_of_a_few_words_is_told(words):
    assert "Is something missing?" in told(reading.check, words)[0]


@pytest.mark.parametrize(("reader", "number"), [(Reader.YOUNG, 1200), (Reader.PARENT, 2000)])
def test_long_page_is_told(words, reader, number):
    words.page.reader = reader
    words.sections[0].section.body = text_of(EASY, number // 5)
    assert "Make it shorter." in told(reading.check, words)[0]

    words.sections[0].section.body = text_of(EASY, number // 5 - 10)
    assert told(reading.check, words) == []


# --- headings ---


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([part(heading="Help"), part(heading="Help")], "Two parts have this heading."),
        ([part(heading="H" + "elp " * 20)], "The heading is long"),
        ([part(heading="GET HELP")], "All capitals are hard to read."),
        ([part(body="<p>a</p>"), part(body="<p>b</p>")], "No part of the page has a heading."),
        ([part(SectionKind.STEPS)], "headings out of order"),
    ],
)
def test_faulty_heading_is_told(words, parts, message):
    words.sections[:] = parts

    [said] = told(headings.check, words)

    assert message in said


@pytest.mark.parametrize(
    "parts",
    [
        [part(heading="Help", age="under_18"), part(heading="Help", age="adult")],
        [part(heading="NSPCC and CEOP"), part(body="<p>a</p>")],
        [part(heading="NCA")],
        [part(body="<p>one text</p>")],
    ],
)
def test_good_headings_are_not_told(words, parts):
    words.sections[:] = parts

    assert told(headings.check, words) == []


# --- facts ---


def test_page_that_is_due_is_told(words):
    assert told(facts.check, words) == []

    words.page.check_again_on = LONG_AGO
    assert "should have been read through by 1 January 2020" in told(facts.check, words)[0]


@pytest.mark.parametrize("field", ["heading", "body"])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"check_again_on": LONG_AGO},
            "Should have been checked again: “Childline” by 1 January 2020",
        ),
        ({"is_shown": False}, "Mentioned, but readers may not see it yet: “Childline”"),
        ({"to_confirm": "The hours"}, "Has a note of what is still to confirm: “Childline”"),
    ],
)
def test_mentioned_fact_that_is_not_right_is_told(words, field, change, message):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    right = {"checked_on": datetime.date(2019, 1, 1), "check_again_on": tomorrow, "to_confirm": ""}
    Service.objects.filter(key="childline").update(**right)
    setattr(words.sections[0].section, field, "Call [[service:childline]]")
    assert told(facts.check, words) == []

    Service.objects.filter(key="childline").update(**change)

    [said] = told(facts.check, words)
    assert message in said


def test_fact_that_is_listed_is_told_once():
    Service.objects.update(to_confirm="")
    Service.objects.filter(key="childline").update(to_confirm="The hours")
    shown = one_section(SectionKind.SERVICES, body="<p>[[service:childline]]</p>")

    notes = [said for said in told(facts.check, shown) if "a note" in said]
    assert notes == ["Has a note of what is still to confirm: “Childline”."]
