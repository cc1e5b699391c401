"""What the form asks, in which order, in whose words, and that young readers can read it."""

import re
from pathlib import Path

import pytest

from campaign.reading_age import YOUNG_GRADE, readability
from reporting.questions import (
    ANSWER_FOR_THEM,
    BY_KEY,
    HELP,
    ONE_OF,
    QUESTIONS,
    START,
    Kind,
    Need,
    Part,
    Question,
    Voice,
    asked,
    control_names,
    field_name,
    help_after,
    is_quick,
    linked,
    reply_wish,
    voice_of,
)
from reporting.questions.conditions import (
    ALWAYS,
    UNKNOWN,
    AllOf,
    AnyOf,
    Condition,
    Is,
    Known,
    Not,
    keys_of,
)
from reporting.triage import RULES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reporting-questions.md"

FORMS = [*QUESTIONS, *(q.in_quick for q in QUESTIONS if q.quick)]
ALL = [*FORMS, *(field for q in QUESTIONS for field in q.fields)]


def keys(questions: list[Question]) -> list[str]:
    return [question.key for question in questions]


# --- Words ---


def markup(question: Question, voice: Voice, with_choices: bool) -> str:
    texts = [question.words, *([question.help] if question.help else [])]
    told = "".join(f"<p>{text.to(voice)}</p>" for text in texts)
    if with_choices:
        told += "".join(f"<li>{choice.words.to(voice)}</li>" for choice in question.choices)
    return told + "".join(markup(field, voice, with_choices) for field in question.fields)


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("question", FORMS, ids=keys(FORMS))
@pytest.mark.parametrize("with_choices", [True, False])
def test_question_can_be_read_at_eleven(question, voice, with_choices):
    assert readability(markup(question, voice, with_choices)).grade <= YOUNG_GRADE


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("block", HELP.values(), ids=HELP)
def test_help_can_be_read_at_eleven(block, voice):
    words = [block.words.to(voice), *(str(link.words) for link in block.links)]

    assert readability("".join(f"<p>{text}</p>" for text in words)).grade <= YOUNG_GRADE


@pytest.mark.parametrize("text", [*(text.text for text in START), ANSWER_FOR_THEM])
def test_start_can_be_read_at_eleven(text):
    assert readability(f"<p>{text}</p>").grade <= YOUNG_GRADE


def test_first_sentence_says_that_nobody_will_ask_for_the_picture():
    assert START[0].text == "Nobody will ask you for the picture."


# Words that blame, and words that ask for a reason.
BLAME = (
    r"\bfell for|\bsilly|\bstupid|\bmistake|\bvictim|\bsexting|\bwhy did|\bshould have|\bchild porn"
)


def every_word() -> str:
    told = [str(text.text) for text in START]
    told += [markup(question, voice, True) for question in FORMS for voice in Voice]
    told += [block.words.to(voice) for block in HELP.values() for voice in Voice]
    return "\n".join(told)


def test_nothing_blames_the_reader():
    assert re.findall(BLAME, every_word(), re.I) == []


def test_no_phone_number_but_999_is_written_here():
    assert set(re.findall(r"\d{3,}", every_word())) == {"999"}


def test_the_one_who_does_it_is_never_mistaken_for_the_one_it_is_done_to():
    """In the third person, no question says "you" of what was done to someone."""
    about = ("age", "paid", "known", "messages", "area", "name", "born", "address")

    for key in about:
        words = BY_KEY[key].words
        assert " you" in f" {words.you}".lower(), key
        assert "your child" in words.to(Voice.CHILD), key
        assert "the young person" in words.to(Voice.PUPIL), key
        assert " you " not in words.to(Voice.OTHER), key


def test_mother_is_not_told_that_we_tell_the_parents():
    hint = BY_KEY["must_not_know"].help

    assert "cannot promise to keep it from your parents" in hint.to(Voice.YOU)
    assert "from every parent or carer" in hint.to(Voice.CHILD)


def test_words_follow_the_answer_to_the_second_question():
    paid = BY_KEY["paid"].words

    assert [paid.to(voice_of({"who": who})) for who in ("me", "child", "pupil", "other")] == [
        "Have you paid, or sent more pictures?",
        "Has your child paid, or sent more pictures?",
        "Has the young person paid, or sent more pictures?",
        "Has the other person paid, or sent more pictures?",
    ]


@pytest.mark.parametrize("who", [None, "", "nobody", ["me"]])
def test_reader_is_addressed_until_it_is_known_who_it_is_about(who):
    assert voice_of({"who": who}) == voice_of({}) == Voice.YOU


def test_answers_to_who_are_the_voices():
    assert [choice.value for choice in BY_KEY["who"].choices] == list(Voice)


# --- What is asked ---

TO_ALL = [
    *("length", "danger", "who", "age", "happening", "deadline", "shared", "paid", "accounts"),
    *("known", "began", "last_message", "story", "messages", "area", "who_knows"),
    *("must_not_know", "reply", "name", "born", "address"),
]
CONTACT = [
    *("channel", "contact_at", "contact_name", "good_times", "bad_times", "voicemail"),
    *("say_police", "who_sees", "access"),
]


def added(answers: dict, is_quick: bool = False) -> list[str]:
    """What these answers have the form ask beyond what it asks anyway."""
    return [key for key in keys(asked(answers, is_quick)) if key not in keys(asked({}, is_quick))]


def test_full_asks_everything_in_order():
    assert keys(asked({}, is_quick=False)) == TO_ALL


def test_quick_asks_four_things():
    found = keys(asked({}, is_quick=True))

    assert found == ["length", "danger", "who", "accounts", "story", "reply"]


def test_numbers_are_those_of_the_paper_and_never_go_back():
    numbers = [question.number for question in QUESTIONS]

    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(17))


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({"who": "me"}, []),
        ({"who": "child"}, []),
        ({"who": "other"}, []),
        ({"who": "pupil"}, ["job", "pupil_knows", "lead_told"]),
        ({"shared": "yes"}, ["shared_where"]),
        ({"happening": ["threat", "shared"]}, ["shared_where"]),
        ({"shared": "no", "happening": ["threat"]}, []),
        ({"shared": "dont_know"}, []),
        ({"paid": ["nothing"]}, []),
        ({"paid": ["dont_know"]}, []),
        ({"paid": ["pictures"]}, ["paid_when"]),
        ({"paid": ["money"]}, ["paid_how", "paid_when", "paid_to"]),
        ({"paid": ["gift_card"]}, ["paid_how", "paid_when", "paid_to"]),
        ({"paid": ["crypto", "prefer_not"]}, ["paid_how", "paid_when", "paid_to"]),
        ({"area": "here"}, ["town"]),
        ({"area": "uk"}, ["town"]),
        ({"area": "abroad"}, ["town"]),
        ({"area": "prefer_not"}, []),
        ({"reply": "code"}, []),
        ({"reply": "none"}, []),
        ({"reply": "contact"}, CONTACT),
        ({"reply": "contact", "channel": "call"}, CONTACT),
        ({"reply": "contact", "channel": "text"}, [k for k in CONTACT if k != "voicemail"]),
        (
            {"reply": "someone_else"},
            ["contact_person", *(key for key in CONTACT if key != "contact_name")],
        ),
    ],
)
def test_an_answer_opens_its_branch(answers, more):
    assert added(answers) == more


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({"who": "pupil"}, []),
        ({"reply": "contact"}, ["channel", "contact_at", "say_police"]),
        ({"reply": "someone_else"}, ["contact_person", "channel", "contact_at", "say_police"]),
    ],
)
def test_quick_asks_no_more_than_how_to_reach_them(answers, more):
    assert added(answers, is_quick=True) == more


def test_what_was_typed_has_its_place_even_where_it_would_not_be_asked():
    assert added({"town": "Hucknall"}) == ["town"]
    assert added({"age": "13_15", "paid_how": "bank"}, is_quick=True) == ["age", "paid_how"]
    assert added({"area": "here", "job": "teacher", "who": "me"}) == ["town"]


def test_quick_asks_for_one_line_and_shows_all_of_it_once_it_is_written():
    short = {question.key: question for question in asked({}, is_quick=True)}
    long = {q.key: q for q in asked({"story": "a", "accounts": [{"link": "b"}]}, is_quick=True)}

    assert short["story"].kind == Kind.SHORT
    assert control_names(short["accounts"]) == ["accounts-0-handle", "accounts-0-app"]
    assert long["story"] == BY_KEY["story"]
    assert long["accounts"] == BY_KEY["accounts"]
    assert BY_KEY["age"].in_quick == BY_KEY["age"]


def test_names_of_controls():
    accounts = BY_KEY["accounts"]

    assert control_names(BY_KEY["age"]) == ["age"]
    assert len(control_names(accounts)) == 25
    assert field_name(accounts, 4, accounts.fields[0]) == "accounts-4-handle"


def test_what_is_needed():
    needed = [question.key for question in QUESTIONS if question.need == Need.YES]

    assert needed == ["danger", "who"]
    assert ONE_OF == ("shared", "accounts", "story")


def test_identity_is_what_says_who_someone_is():
    identity = [question.key for question in QUESTIONS if question.part == Part.IDENTITY]

    assert identity == [
        *("job", "contact_person", "contact_at", "contact_name", "name", "born", "address")
    ]


def test_answers_that_say_nothing_are_offered():
    """Wherever a choice is about what happened; not where the reader decides."""
    decisions = {"length", "who", "lead_told", "reply", "channel", "app"}

    for question in ALL:
        if question.choices and question.key not in decisions:
            values = {choice.value for choice in question.choices}
            assert values & UNKNOWN, question.key


def test_reply_is_by_code_where_it_was_skipped():
    assert reply_wish({}) == "code"
    assert reply_wish({"reply": "none"}) == "none"


@pytest.mark.parametrize(
    ("answers", "verdict"), [({}, False), ({"length": "full"}, False), ({"length": "quick"}, True)]
)
def test_quick_is_asked_for(answers, verdict):
    assert is_quick(answers) is verdict


# --- The data holds together ---


def test_keys_and_values_are_told_apart():
    assert len(BY_KEY) == len(QUESTIONS)
    for question in ALL:
        values = [choice.value for choice in question.choices]
        assert len(set(values)) == len(values), question.key
        assert re.fullmatch(r"[a-z_]+", question.key)


def test_each_kind_has_what_it_needs():
    for question in ALL:
        has = bool(question.choices), bool(question.limit), bool(question.fields)
        if question.kind in (Kind.ONE, Kind.SEVERAL):
            assert has == (True, False, False), question.key
        elif question.kind == Kind.GROUP:
            assert has == (False, False, True), question.key
        else:
            assert has == (False, True, False), question.key


def test_branches_look_only_at_earlier_questions_that_are_asked_by_then():
    """Of everyone, or wherever the branch could be asked at all."""
    for number, question in enumerate(QUESTIONS):
        branch = question.asked_when
        parts = branch.conditions if isinstance(branch, AllOf) else ()
        for key in keys_of(branch):
            gate = BY_KEY[key]
            assert gate in QUESTIONS[:number]
            assert gate.asked_when in (ALWAYS, *parts)


def test_branches_look_at_choices_that_there_are():
    def check(condition: Condition) -> None:
        match condition:
            case Is(key, value):
                assert BY_KEY[key].choice(value) is not None
            case Known(key):
                assert key in BY_KEY
            case Not(inner):
                check(inner)
            case AnyOf(inners) | AllOf(inners):
                for inner in inners:
                    check(inner)

    for question in QUESTIONS:
        check(question.asked_when)


def test_every_help_block_is_used_and_no_other_is_named():
    named = {key for question in ALL for choice in question.choices for key in choice.help}

    assert named == set(HELP)


def test_form_filled_to_the_limits_fits_the_post_and_its_sealed_parts():
    size = {Part.BODY: 0, Part.IDENTITY: 0}
    for question in QUESTIONS:
        of_fields = question.most * sum(field.limit for field in question.fields)
        size[question.part] += question.limit + of_fields

    assert sum(size.values()) + 8 * 1024 < 64 * 1024  # plain letters, and room for names
    assert 4 * size[Part.BODY] + 8 * 1024 < 128 * 1024  # four bytes for each letter
    assert 4 * size[Part.IDENTITY] + 2 * 1024 < 32 * 1024


# --- Help ---


@pytest.mark.parametrize(
    ("answers", "blocks"),
    [
        ({"danger": "no"}, []),
        *(({"danger": choice.value}, ["danger"]) for choice in BY_KEY["danger"].choices[1:]),
        ({"age": "under_13"}, ["remove_under_18"]),
        ({"age": "16_17"}, ["remove_under_18"]),
        ({"age": "18_24"}, ["remove_adult"]),
        ({"age": "prefer_not"}, ["remove_any_age"]),
        ({"shared": "yes", "happening": ["shared"]}, ["shared"]),
        ({"paid": ["money", "crypto", "pictures"]}, ["paid", "sent_more"]),
        ({"messages": "gone", "who": "child"}, ["helping_child", "messages_gone"]),
    ],
)
def test_help_comes_after_the_answer_that_calls_for_it(answers, blocks):
    assert [block.key for block in help_after(answers)] == blocks


def test_addresses_are_those_of_the_caller():
    block = HELP["danger"]

    assert linked(block, {"crisis": "/talk/", "else": "/x/"}) == [("Talk to someone now", "/talk/")]
    assert linked(HELP["deadline"], {}) == []


def test_danger_is_answered_with_999():
    assert str(HELP["danger"].words.you).startswith("Call 999 now")
    assert HELP["danger"].links[0].words == "Call 999"


@pytest.mark.parametrize(
    ("who", "page"), [("child", "parents"), ("pupil", "schools"), ("other", "friends")]
)
def test_whoever_helps_is_led_to_the_page_for_them(who, page):
    (block,) = help_after({"who": who})

    assert [link.name for link in block.links] == [page]


@pytest.mark.parametrize("key", ["remove_under_18", "remove_any_age"])
def test_adult_who_helps_is_not_told_to_handle_the_picture(key):
    words = HELP[key].words

    assert "don't open or upload" not in words.to(Voice.YOU)
    for voice, name in (("child", "your child"), ("pupil", "the young person")):
        assert f"They are for {name} to use." in words.to(Voice(voice))
        assert "Please don't open or upload the picture yourself." in words.to(Voice(voice))


# --- Documentation ---


def test_documentation_lists_every_sentence_that_the_lawyer_must_clear():
    told = DOCS.read_text()
    to_clear = [(text.key, text.to_confirm) for text in START]
    to_clear += [(question.key, question.to_confirm) for question in ALL]
    to_clear += [(block.key, block.to_confirm) for block in HELP.values()]

    assert [key for key, why in to_clear if why and f"| `{key}` | {why} |" not in told] == []


def test_documentation_lists_every_rule_and_every_branch():
    told = DOCS.read_text()
    rules = [f"| `{rule.key}` | {rule.severity.name} | {rule.why} |" for rule in RULES]
    branches = [f"| `{q.key}` |" for q in QUESTIONS if q.asked_when != ALWAYS]

    assert [row for row in [*rules, *branches] if row not in told] == []
