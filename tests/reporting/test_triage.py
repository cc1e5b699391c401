"""The rules of severity, as short stories. Each adds to a report that raises no flag by itself."""

from datetime import timedelta
from typing import Any

import pytest

from campaign.reading_age import YOUNG_GRADE, readability
from reporting.questions import QUESTIONS
from reporting.questions.register import chosen_choices
from reporting.triage import RULES, TARGETS, Severity, triage

PLAIN = {"danger": "no", "who": "me", "age": "25_34", "story": "They want money."}

AGE_SKIPPED = {"age": None}

GREEN, AMBER, RED = Severity.GREEN, Severity.AMBER, Severity.RED

STORIES: list[tuple[str, dict[str, Any], Severity, list[str]]] = [
    # The rest is green.
    ("an adult, no one is in danger, and no more is said", {}, GREEN, []),
    ("an adult is threatened", {"age": "18_24", "happening": ["threat"]}, GREEN, []),
    (
        "an adult of 30 is asked for money",
        {"age": "25_34", "happening": ["wants_money"]},
        GREEN,
        [],
    ),
    ("an adult of 60", {"age": "35_up"}, GREEN, []),
    ("more pictures are asked for, none was sent", {"happening": ["wants_pictures"]}, GREEN, []),
    ("a fake of an adult", {"age": "18_24", "happening": ["fake"]}, GREEN, []),
    ("an account was hacked", {"happening": ["hacked"]}, GREEN, []),
    ("filmed without knowing", {"happening": ["filmed"]}, GREEN, []),
    ("something else", {"happening": ["else"]}, GREEN, []),
    ("not sure what it is", {"happening": ["not_sure"]}, GREEN, []),
    ("a day or two are left", {"deadline": "days"}, GREEN, []),
    ("there is time yet", {"deadline": "later"}, GREEN, []),
    ("no time was given", {"deadline": "none"}, GREEN, []),
    ("not shared", {"shared": "no"}, GREEN, []),
    ("nothing was paid or sent", {"paid": ["nothing"]}, GREEN, []),
    ("a stranger", {"known": "no"}, GREEN, []),
    ("someone else, an adult", {"who": "other", "age": "25_34"}, GREEN, []),
    ("a grown-up child", {"who": "child", "age": "18_24"}, GREEN, []),
    ("a student of 18", {"who": "pupil", "age": "18_24"}, GREEN, []),
    ("no reply is wanted", {"reply": "none"}, GREEN, []),
    ("lives elsewhere", {"area": "abroad", "town": "Lyon"}, GREEN, []),
    ("no one knows", {"who_knows": ["nobody"]}, GREEN, []),
    # What else is not known raises nothing by itself.
    ("they don't know if it was shared", {"shared": "dont_know"}, GREEN, []),
    ("they would rather not say if they paid", {"paid": ["prefer_not"]}, GREEN, []),
    ("they don't know if they know them", {"known": "dont_know"}, GREEN, []),
    ("they don't know of a time limit", {"deadline": "dont_know"}, GREEN, []),
    # Amber.
    ("a boy of 14", {"age": "13_15"}, AMBER, ["under_18"]),
    ("a girl of 17", {"age": "16_17"}, AMBER, ["under_18"]),
    ("my son of 16", {"who": "child", "age": "16_17"}, AMBER, ["under_18"]),
    ("a Quick report, which asks no age", AGE_SKIPPED, AMBER, ["may_be_under_18"]),
    ("they would rather not say how old", {"age": "prefer_not"}, AMBER, ["may_be_under_18"]),
    ("someone else, no age", {"who": "other", **AGE_SKIPPED}, AMBER, ["may_be_under_18"]),
    ("my child, no age given", {"who": "child", **AGE_SKIPPED}, AMBER, ["may_be_under_18"]),
    ("my child, age not known", {"who": "child", "age": "dont_know"}, AMBER, ["may_be_under_18"]),
    ("a pupil, no age given", {"who": "pupil", **AGE_SKIPPED}, AMBER, ["may_be_under_18"]),
    (
        "no age, and it was shared",
        {"shared": "yes", **AGE_SKIPPED},
        AMBER,
        ["may_be_under_18", "shared"],
    ),
    ("a pupil, age not said", {"who": "pupil", "age": "prefer_not"}, AMBER, ["may_be_under_18"]),
    ("it was shared", {"shared": "yes"}, AMBER, ["shared"]),
    ("it was shared, said in question 4", {"happening": ["shared"]}, AMBER, ["shared"]),
    ("shared twice over", {"happening": ["shared"], "shared": "yes"}, AMBER, ["shared"]),
    ("4 says shared, 6 says no", {"happening": ["shared"], "shared": "no"}, AMBER, ["shared"]),
    (
        "4 says shared, 6 says don't know",
        {"happening": ["threat", "shared"], "shared": "dont_know"},
        AMBER,
        ["shared"],
    ),
    ("only where it was shared is said", {"shared_where": "his school"}, AMBER, ["shared"]),
    ("paid money", {"paid": ["money"]}, AMBER, ["paid"]),
    ("paid by gift card", {"paid": ["gift_card"]}, AMBER, ["paid"]),
    ("paid in crypto", {"paid": ["crypto"]}, AMBER, ["paid"]),
    ("paid in three ways", {"paid": ["money", "gift_card", "crypto"]}, AMBER, ["paid"]),
    ("only how it was paid is said", {"paid_how": "by bank, twice"}, AMBER, ["paid"]),
    ("only to which account", {"paid_to": "an account at a bank"}, AMBER, ["paid"]),
    ("sent more pictures", {"paid": ["pictures"]}, AMBER, ["more_pictures_sent"]),
    (
        "paid, and sent more",
        {"paid": ["money", "pictures"]},
        AMBER,
        ["paid", "more_pictures_sent"],
    ),
    ("paid, and would rather not say more", {"paid": ["money", "prefer_not"]}, AMBER, ["paid"]),
    ("someone they know", {"known": "yes"}, AMBER, ["known"]),
    ("an ex, and it was shared", {"known": "yes", "shared": "yes"}, AMBER, ["shared", "known"]),
    (
        "a girl of 15 who paid, and it was shared anyway",
        {"age": "13_15", "paid": ["gift_card"], "shared": "yes"},
        AMBER,
        ["under_18", "shared", "paid"],
    ),
    (
        "every amber at once",
        {"age": "16_17", "shared": "yes", "paid": ["crypto", "pictures"], "known": "yes"},
        AMBER,
        ["under_18", "shared", "paid", "more_pictures_sent", "known"],
    ),
    ("a boy of 17, with days left", {"age": "16_17", "deadline": "days"}, AMBER, ["under_18"]),
    # Red.
    ("in danger", {"danger": "danger"}, RED, ["danger"]),
    ("thinks of hurting themselves", {"danger": "self_harm"}, RED, ["self_harm"]),
    ("both", {"danger": "both"}, RED, ["danger", "self_harm"]),
    ("not sure about danger", {"danger": "not_sure"}, RED, ["danger_unclear"]),
    ("would rather not say about danger", {"danger": "prefer_not"}, RED, ["danger_unclear"]),
    ("a child of 11", {"age": "under_13"}, RED, ["under_13"]),
    ("my daughter of 12", {"who": "child", "age": "under_13"}, RED, ["under_13"]),
    ("a pupil of 12", {"who": "pupil", "age": "under_13"}, RED, ["under_13"]),
    ("only hours left", {"deadline": "hours"}, RED, ["deadline_hours"]),
    ("an adult with hours left", {"age": "35_up", "deadline": "hours"}, RED, ["deadline_hours"]),
    ("they want to meet", {"happening": ["wants_to_meet"]}, RED, ["wants_to_meet"]),
    (
        "they want to meet, and the rest is not sure",
        {"happening": ["wants_to_meet", "not_sure"]},
        RED,
        ["wants_to_meet"],
    ),
    # Red stands, whatever else is said.
    (
        "hours left, and it was shared",
        {"deadline": "hours", "shared": "yes"},
        RED,
        ["deadline_hours", "shared"],
    ),
    (
        "a boy of 15 who thinks of hurting himself",
        {"danger": "self_harm", "age": "13_15"},
        RED,
        ["self_harm", "under_18"],
    ),
    (
        "in danger, and all else unknown",
        {"danger": "danger", "age": "prefer_not", "shared": "dont_know", "paid": ["dont_know"]},
        RED,
        ["danger", "may_be_under_18"],
    ),
    (
        "a pupil of unknown age with hours left",
        {"who": "pupil", "deadline": "hours", **AGE_SKIPPED},
        RED,
        ["deadline_hours", "may_be_under_18"],
    ),
    (
        "an adult in danger who wants no reply",
        {"danger": "danger", "age": "25_34", "reply": "none"},
        RED,
        ["danger"],
    ),
    (
        "a child of 12, told to meet an uncle in an hour, who has sent more",
        {
            "danger": "both",
            "age": "under_13",
            "happening": ["wants_to_meet", "wants_pictures"],
            "deadline": "hours",
            "paid": ["pictures"],
            "known": "yes",
        },
        RED,
        [
            "danger",
            "self_harm",
            "under_13",
            "deadline_hours",
            "wants_to_meet",
            "more_pictures_sent",
            "known",
        ],
    ),
]


@pytest.mark.parametrize(
    ("more", "severity", "flags"), [story[1:] for story in STORIES], ids=[s[0] for s in STORIES]
)
def test_story_has_its_severity_and_flags(more, severity, flags):
    found = triage({**PLAIN, **more})

    assert (found.severity, [flag.key for flag in found.flags]) == (severity, flags)


def test_severity_is_that_of_the_worst_flag():
    found = triage({**PLAIN, "shared": "yes", "deadline": "hours"})

    assert [flag.severity for flag in found.flags] == [RED, AMBER]


@pytest.mark.parametrize(
    "answers", [{}, {"deadline": "99"}, {"age": None, "paid": 7}, {"x": ["y"]}]
)
def test_what_no_question_knows_raises_nothing(answers):
    assert triage(answers) == triage({})


# What each flag tells an officer; changed only with the force's written rules.
RULES_IN_WORDS = {
    "danger": (RED, "Someone is in danger now."),
    "self_harm": (RED, "Someone may hurt themselves."),
    "danger_unclear": (
        RED,
        "They could not say no when asked if anyone is in danger or may hurt themselves.",
    ),
    "under_13": (RED, "The child is under 13."),
    "deadline_hours": (RED, "There are only hours until the time they were given."),
    "wants_to_meet": (RED, "The person doing this wants to meet them."),
    "under_18": (AMBER, "They are under 18."),
    "may_be_under_18": (AMBER, "We do not know how old they are."),
    "shared": (AMBER, "The picture has been shared."),
    "paid": (AMBER, "They have paid."),
    "more_pictures_sent": (AMBER, "They have sent more pictures."),
    "known": (AMBER, "They know the person doing this in real life."),
}


def test_each_flag_says_why():
    assert {rule.key: (rule.severity, str(rule.why)) for rule in RULES} == RULES_IN_WORDS


def test_reasons_come_with_the_flag():
    (flag,) = triage({**PLAIN, "deadline": "hours"}).flags

    assert (flag.severity, flag.why) == RULES_IN_WORDS["deadline_hours"]


def test_as_data_is_what_officers_read():
    assert triage({**PLAIN, "danger": "danger", "shared": "yes"}).as_data() == {
        "severity": "RED",
        "flags": [
            {"key": "danger", "severity": "RED", "why": "Someone is in danger now."},
            {"key": "shared", "severity": "AMBER", "why": "The picture has been shared."},
        ],
    }


def test_every_flag_of_a_choice_has_a_rule_and_every_rule_can_be_raised():
    named = {flag for q in QUESTIONS for choice in q.choices for flag in choice.flags}
    ruled = {rule.key for rule in RULES}

    assert named <= ruled
    assert ruled - named == {rule.key for rule in RULES if rule.key == "may_be_under_18"}
    assert ruled == {flag for *_story, flags in STORIES for flag in flags}


def test_choices_are_found_in_the_order_of_the_form():
    answers = {"shared": "yes", "danger": "danger", "paid": ["pictures", "money"]}

    assert [choice.value for choice in chosen_choices(answers)] == [
        *("danger", "yes", "money", "pictures")
    ]


def test_targets_are_those_of_the_rules():
    times = {level: (at.opened_within, at.contacted_within) for level, at in TARGETS.items()}

    assert times == {
        RED: (timedelta(minutes=15), timedelta(hours=1)),
        AMBER: (timedelta(hours=12), timedelta(hours=12)),
        GREEN: (timedelta(hours=24), timedelta(hours=24)),
    }


# The words must be changed with the numbers.
TARGETS_IN_WORDS = {
    RED: "When we are on duty, we aim to read this in 15 minutes and reply in an hour.",
    AMBER: "We aim to read this and reply in 12 hours. We only count hours when we are on duty.",
    GREEN: "We aim to read this and reply in 24 hours. We only count hours when we are on duty.",
}
WITHOUT_REPLY = {
    RED: "When we are on duty, we aim to read this in 15 minutes.",
    AMBER: "We aim to read this in 12 hours. We only count hours when we are on duty.",
    GREEN: "We aim to read this in 24 hours. We only count hours when we are on duty.",
}


def test_targets_are_told_in_words():
    assert {level: str(target.words) for level, target in TARGETS.items()} == TARGETS_IN_WORDS
    told = {level: str(target.words_without_reply) for level, target in TARGETS.items()}
    assert told == WITHOUT_REPLY


@pytest.mark.parametrize(
    "words",
    [
        *(str(rule.why) for rule in RULES),
        *(str(words) for at in TARGETS.values() for words in (at.words, at.words_without_reply)),
    ],
)
def test_words_can_be_read_at_eleven(words):
    assert readability(f"<p>{words}</p>").grade <= YOUNG_GRADE
