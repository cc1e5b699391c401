"""Whatever a form sends: it is checked by the questions, and nothing that was typed is lost."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from campaign.reading_age import YOUNG_GRADE, readability
from reporting.questions import (
    BY_KEY,
    QUESTIONS,
    Kind,
    Part,
    Question,
    asked,
    clean,
    control_names,
    field_name,
    has_picture,
    help_after,
    holds,
    parts,
    summary,
)
from reporting.questions.conditions import UNKNOWN
from reporting.questions.text import kept
from reporting.triage import triage

ENOUGH = {"danger": "no", "who": "me", "story": "They want money."}

# --- Invented answers ---

# Letters that software trips over: line ends, NUL, lone surrogates, marks of direction, emoji.
ODD = "\r\n\t\x00\ud800\udfff\u200f\u202e\u0301<&'\"{}%\U0001f600"
WORDS = st.text(st.one_of(st.characters(), st.sampled_from(ODD)), max_size=12)

NAMES = [name for question in QUESTIONS for name in control_names(question)]
OTHER_NAMES = ["accounts-5-link", "accounts-12-handle", "accounts", "accounts-0-x", "story-0-app"]
VALUES = sorted({choice.value for question in QUESTIONS for choice in question.choices})

sent = st.dictionaries(
    st.one_of(st.sampled_from([*NAMES, *OTHER_NAMES]), st.text(max_size=8)),
    st.one_of(
        WORDS,
        st.sampled_from(VALUES),
        st.lists(st.one_of(WORDS, st.sampled_from(VALUES)), max_size=4),
    ),
)


def values_for(question: Question) -> st.SearchStrategy[list[str]]:
    if question.kind == Kind.ONE:
        return st.sampled_from([[choice.value] for choice in question.choices])
    if question.kind == Kind.SEVERAL:
        choices = [choice.value for choice in question.choices]
        return st.lists(st.sampled_from(choices), min_size=1, unique=True)
    return WORDS.map(lambda text: [text])


def controls(question: Question) -> dict[str, Question]:
    if question.kind != Kind.GROUP:
        return {question.key: question}
    rows = range(question.most)
    return {field_name(question, row, part): part for row in rows for part in question.fields}


CONTROLS = {name: part for q in QUESTIONS for name, part in controls(q).items()}

NEEDED = ("danger", "who", "shared")

# A form as a reader may fill it in: what is needed, and any of the rest.
filled = st.fixed_dictionaries(
    {name: values_for(CONTROLS[name]).filter(lambda v: v != ["prefer_not"]) for name in NEEDED[2:]}
    | {name: values_for(CONTROLS[name]) for name in NEEDED[:2]},
    optional={name: values_for(CONTROLS[name]) for name in NAMES if name not in NEEDED},
)


def as_sent(answers: dict[str, Any]) -> dict[str, Any]:
    """How a form would send these answers."""
    raw: dict[str, Any] = {}
    for key, answer in answers.items():
        if BY_KEY[key].kind != Kind.GROUP:
            raw[key] = answer
            continue
        for number, row in enumerate(answer):
            raw |= {f"{key}-{number}-{field}": value for field, value in row.items()}
    return raw


# Other programs run on the machine: how long one example takes says nothing.
at_any_speed = hypothesis_settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)


@at_any_speed
@given(sent)
def test_nothing_that_is_sent_is_an_error_of_the_program(raw):
    cleaned = clean(raw)

    json.dumps([cleaned.answers, cleaned.shown], ensure_ascii=False).encode()
    assert list(cleaned.answers) == [q.key for q in QUESTIONS if q.key in cleaned.answers]
    assert {name.partition("-")[0] for name in cleaned.errors} <= set(BY_KEY)
    assert has_picture(raw) is False
    json.dumps([parts(cleaned.answers), triage(cleaned.answers).as_data()])
    assert all(all(row) for row in summary(cleaned.answers))
    help_after(cleaned.answers)


@at_any_speed
@given(sent)
def test_every_word_is_shown_again_whatever_is_wrong_with_it(raw):
    shown = clean(raw).shown

    for name in set(raw) & {*NAMES, *OTHER_NAMES[:2]}:
        values = [raw[name]] if isinstance(raw[name], str) else raw[name]
        assert shown[name] == [kept(value) for value in values]


@at_any_speed
@given(filled)
def test_filled_form_is_taken_and_nothing_is_lost(raw):
    cleaned = clean(raw)

    assert cleaned.errors == {}
    told = json.dumps(cleaned.answers)
    for name, values in raw.items():
        if name.partition("-")[0] not in cleaned.kept_out:
            assert all(json.dumps(kept(v))[1:-1] in told for v in values if v.strip()), name


@at_any_speed
@given(filled)
def test_answers_that_are_sent_again_are_the_same(raw):
    answers = clean(raw).answers

    assert clean(as_sent(answers)).answers == answers


@at_any_speed
@given(filled)
def test_only_what_the_branch_asks_is_an_answer(raw):
    cleaned = clean(raw)

    for is_quick in (True, False):
        asked_for = {question.key for question in asked(cleaned.answers, is_quick)}
        assert set(cleaned.answers) <= asked_for
    for key in cleaned.kept_out:
        assert key not in cleaned.answers
        assert holds(BY_KEY[key].asked_when, cleaned.answers) is False


@at_any_speed
@given(filled)
def test_parts_hold_each_answer_once(raw):
    answers = clean(raw).answers
    split = parts(answers)

    assert set(split) == {"body", "identity"}
    assert {**split["body"], **split["identity"]} == answers
    assert all(BY_KEY[key].part == Part.IDENTITY for key in split["identity"])
    assert all(BY_KEY[key].part == Part.BODY for key in split["body"])
    assert json.loads(json.dumps(split)) == split


@at_any_speed
@given(filled)
def test_summary_has_every_answer_in_the_order_of_the_form(raw):
    answers = clean(raw).answers
    told = summary(answers)

    assert len(told) == len(answers)
    for (_words, shown), answer in zip(told, answers.values(), strict=True):
        if isinstance(answer, str):
            assert answer in shown or answer in VALUES
        assert shown


@at_any_speed
@given(filled)
def test_what_is_unknown_never_lowers_a_severity(raw):
    answers = clean(raw).answers
    before = triage(answers)

    for question in QUESTIONS:
        for value in UNKNOWN & {choice.value for choice in question.choices}:
            if question.key not in answers:
                answer = [value] if question.kind == Kind.SEVERAL else value
            elif question.kind == Kind.SEVERAL:
                answer = [*answers[question.key], value]
            else:
                continue
            after = triage({**answers, question.key: answer})
            assert after.severity >= before.severity
            assert {flag.key for flag in before.flags} <= {flag.key for flag in after.flags}


# --- What is refused ---


def errors(**raw: Any) -> dict[str, str]:
    return clean({**ENOUGH, **raw}).errors


def test_nothing_at_all_asks_for_the_three_that_are_needed():
    cleaned = clean({})

    assert list(cleaned.errors) == ["danger", "who", "story"]
    assert not cleaned.is_valid
    assert cleaned.answers == {}


@pytest.mark.parametrize(
    "one",
    [
        {"story": "Help."},
        {"shared": "dont_know"},
        {"accounts-3-handle": "sam.01"},
        {"accounts-0-app": "snapchat"},
        {"accounts-0-app": "dont_know", "accounts-0-link": "example.org/sam"},
        {"accounts-0-app": "dont_know", "accounts-1-phone": "07"},
    ],
)
def test_one_of_three_is_enough(one):
    cleaned = clean({"danger": "no", "who": "me", **one})

    assert cleaned.is_valid


@pytest.mark.parametrize(
    "nothing",
    [
        {"shared": "prefer_not"},
        {"accounts-0-app": "dont_know"},
        {"accounts-0-app": "dont_know", "accounts-2-app": "dont_know", "shared": "prefer_not"},
    ],
)
def test_answers_that_say_nothing_are_not_the_one_that_is_needed(nothing):
    cleaned = clean({"danger": "no", "who": "me", **nothing})

    assert list(cleaned.errors) == ["story"]


def test_known_in_real_life_alone_is_not_enough():
    assert list(clean({"danger": "no", "who": "me", "known": "yes"}).errors) == ["story"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"age": "seven"}, "choose from this list"),
        ({"happening": ["threat", "x"]}, "choose from this list"),
        ({"age": ["13_15", "16_17"]}, "choose just one"),
        ({"danger": ["no", "danger"]}, "choose just one"),
        ({"who": "x"}, "choose from this list"),
        ({"began": "a" * 101}, "1 letters too long"),
        ({"story": "a" * 4010}, "10 letters too long"),
        ({"accounts-1-link": "a" * 1003}, "3 letters too long"),
        ({"accounts-1-app": "myspace"}, "choose from this list"),
    ],
)
def test_wrong_answer_has_one_error_at_its_control(raw, words):
    (name,) = raw
    found = errors(**raw)

    assert list(found) == [name]
    assert words in found[name]


def test_refused_answer_is_not_also_called_missing():
    raw = {"danger": "no", "who": "me", "accounts-0-phone": "1" * 201}

    assert list(clean(raw).errors) == ["accounts-0-phone"]


def test_errors_are_in_the_order_of_the_form():
    found = errors(address="a" * 501, age="x", danger="x", **{"accounts-0-app": "myspace"})

    assert list(found) == ["danger", "age", "accounts-0-app", "address"]


def test_sixth_account_is_shown_again_and_asked_to_go_elsewhere():
    cleaned = clean({**ENOUGH, "accounts-5-handle": "sam.06", "accounts-6-link": " "})

    assert "only room for 5" in cleaned.errors["accounts"]
    assert cleaned.shown["accounts-5-handle"] == ["sam.06"]


def test_empty_row_beyond_the_last_is_no_error():
    assert errors(**{"accounts-5-handle": "  "}) == {}


def test_names_that_are_no_questions_are_passed_over():
    raw = {**ENOUGH, "accounts": "x", "accounts-0-x": "x", "story-0-app": "x", "journey": "x"}
    cleaned = clean(raw)

    assert cleaned.answers == {"danger": "no", "who": "me", "story": "They want money."}
    assert set(cleaned.shown) == set(ENOUGH)


def test_every_error_can_be_read_at_eleven():
    picture = {"town": "data:image/png;base64,AAAA"}
    worst = {"danger": ["no", "both"], "age": "x", "began": "a" * 101, "accounts-7-app": "x"}
    texts = {*clean({**worst, **picture}).errors.values(), *clean({}).errors.values()}

    assert len(texts) == 7
    assert [text for text in texts if readability(f"<p>{text}</p>").grade > YOUNG_GRADE] == []


# --- What is kept ---

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\x00b", "a\ufffdb"),
        ("a\ud800b\udfff", "a\ufffdb\ufffd"),
        ("\u202eabc\u200f \u2066def\u2069", "\u202eabc\u200f \u2066def\u2069"),
        (FAMILY, FAMILY),
        ("  indented,\tand more  ", "  indented,\tand more  "),
        ("<b>&amp;</b> {who} %(who)s", "<b>&amp;</b> {who} %(who)s"),
        ("e\u0301 \ufeff \x1b[31m", "e\u0301 \ufeff \x1b[31m"),
    ],
)
def test_words_are_kept_as_they_were_typed(typed, text):
    cleaned = clean({**ENOUGH, "story": typed})

    assert cleaned.answers["story"] == text
    assert dict(summary(cleaned.answers))["What happened, in your own words?"] == text


def test_line_end_is_one_letter():
    assert errors(story="a\r\n" * 2000) == {}
    assert "1 letters" in errors(story="a\r\n" * 2000 + "b")["story"]


def test_letter_of_four_bytes_is_one_letter():
    assert errors(story="\U0001f600" * 4000) == {}


def test_blank_answer_is_none():
    cleaned = clean({**ENOUGH, "age": "", "happening": [], "began": " \n ", "paid": [""]})

    assert cleaned.is_valid
    assert list(cleaned.answers) == ["danger", "who", "story"]


def test_choices_are_in_the_order_of_the_form_and_each_once():
    raw = {**ENOUGH, "paid": ["pictures", "money", "pictures", ""], "age": ["13_15", "13_15"]}

    assert clean(raw).answers["paid"] == ["money", "pictures"]
    assert clean(raw).answers["age"] == "13_15"


def test_text_that_is_asked_twice_loses_neither():
    assert clean({**ENOUGH, "story": ["short", "", "long", "short"]}).answers["story"] == (
        "short\nlong"
    )


def test_rows_keep_their_order_and_empty_ones_fall_out():
    raw = {**ENOUGH, "accounts-4-link": "b", "accounts-1-handle": "a", "accounts-1-app": "x"}

    assert clean(raw).answers["accounts"] == [{"app": "x", "handle": "a"}, {"link": "b"}]


def test_what_the_branch_rules_out_is_kept_out_and_named():
    raw = {**ENOUGH, "job": "teacher", "paid": "nothing", "paid_to": "a" * 999}
    cleaned = clean(raw)

    assert cleaned.is_valid
    assert cleaned.kept_out == ("job", "paid_to")
    assert "job" not in cleaned.answers
    assert cleaned.shown["job"] == ["teacher"]


@pytest.mark.parametrize("gate", [{}, {"paid": ["dont_know"]}, {"paid": ["prefer_not"]}])
def test_words_below_a_question_that_was_skipped_are_kept(gate):
    cleaned = clean({**ENOUGH, **gate, "paid_to": "wallet 7"})

    assert cleaned.answers["paid_to"] == "wallet 7"
    assert cleaned.kept_out == ()


# --- In words ---


def test_summary_reads_as_it_was_asked():
    answers = clean(
        {
            **ENOUGH,
            "who": "child",
            "paid": ["money", "pictures"],
            "accounts-0-app": "snapchat",
            "accounts-0-handle": "sam.01",
            "accounts-1-phone": "07",
            "happening": "filmed",
        }
    ).answers

    assert summary(answers) == [
        ("Is anyone in danger right now, or thinking of hurting themselves?", "No"),
        ("Who is this happening to?", "My child"),
        ("What is happening?", "They filmed your child, who did not know"),
        ("Has your child paid, or sent more pictures?", "Money\nMore pictures"),
        (
            "What do you know about the person doing this?",
            "Account name: sam.01\nApp or site: Snapchat\n\nPhone number or email: 07",
        ),
        ("What happened, in your own words?", "They want money."),
    ]


def test_answers_older_than_the_questions_are_still_read():
    assert summary({"age": "90_up", "shoe_size": 43}) == [
        ("How old are you?", "90_up"),
        ("shoe_size", "43"),
    ]
