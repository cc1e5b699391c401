"""The form as a reader gets it: every question and choice, in words that the script can change."""

import json
import re
from operator import attrgetter

import pytest
from django.template.loader import render_to_string

from campaign.reading_age import YOUNG_GRADE, readability
from reporting.abuse import HONEYPOT, FormFields
from reporting.forms import Confirmation, ReportForm, refusals
from reporting.questions import (
    BY_KEY,
    HELP,
    QUESTIONS,
    START,
    Cleaned,
    Need,
    Voice,
    as_data,
    clean,
    only_if,
)
from reporting.questions import control_names as names_of
from reporting.questions.conditions import ALWAYS
from reporting.triage import Severity
from tests.reporting.pages import Page

pytestmark = pytest.mark.django_db

FIELDS = [field for question in QUESTIONS for field in question.fields]


def drawn(cleaned: Cleaned | None = None, refused: list[str] | None = None) -> str:
    form = ReportForm("token", cleaned, refused or [])
    return render_to_string("reporting/form.html", {"form": form, "abuse": FormFields(None)})


def escaped(text: object) -> str:
    return str(text).replace("&", "&amp;").replace("'", "&#x27;").replace('"', "&quot;")


# --- What is on the page ---


def test_every_control_of_every_question_is_there_once():
    names = [name for name, _ in Page(drawn()).controls]

    expected = [name for question in QUESTIONS for name in names_of(question)]
    assert list(dict.fromkeys(names)) == ["journey", *expected, HONEYPOT]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_every_word_and_choice_of_the_question_is_there(question):
    page = drawn()

    assert f">{escaped(question.words.you)}<" in page
    assert question.help is None or f">{escaped(question.help.you)}</p>" in page
    for choice in question.choices:
        assert (question.key, choice.value) in Page(page).controls
        assert f">{escaped(choice.words.you)}</span>" in page


def test_every_row_has_every_choice_of_its_small_questions():
    controls = Page(drawn()).controls

    for row in range(5):
        for choice in FIELDS[0].choices:
            assert (f"accounts-{row}-app", choice.value) in controls


def test_nothing_is_chosen_and_nothing_typed_in_a_new_form():
    assert Page(drawn()).words() == {}


def test_no_id_stands_twice():
    ids = Page(drawn()).ids

    assert len(ids) == len(set(ids))


def test_everything_said_at_the_start_is_there_in_order():
    page = drawn()

    assert re.findall(r'data-start="(\w+)"', page) == [text.key for text in START]
    assert all(escaped(text.text) in page for text in START)


@pytest.mark.parametrize("hours", ["", "every day from 8am to 8pm"])
def test_duty_hours_are_told_where_they_are_known(settings, hours):
    settings.REPORT_DUTY_HOURS = hours

    assert ("on duty every day from 8am to 8pm" in drawn()) == bool(hours)
    assert ("on duty" in drawn()) == bool(hours)


def test_way_to_leave_no_words_behind_a_link():
    """A link in the form opens beside it, and says so; but for the one at its start, for who has
    reported before and is not here to write."""
    links = Page(drawn()).links
    in_site = [(address, target) for address, target in links if address.startswith("/")]
    beside = [address for address, target in in_site if target == "_blank"]

    assert len(beside) >= 10
    assert {address for address, _ in in_site} - set(beside) == {"/report/code/"}
    assert drawn().count("(opens in a new tab)") == len(beside)


def test_form_has_none_of_the_controls_that_eat_a_press_of_escape_or_cut_words():
    assert (
        re.findall(r"<select|<dialog|<iframe|maxlength|type=\"(?:date|file)|style=", drawn()) == []
    )


# --- What the script reads ---


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_question_says_when_it_is_asked_and_whether_quick_asks_it(question):
    element = re.search(rf'<\w+ class="question" id="q-{question.key}"[^>]*>', drawn())

    assert element is not None
    when = re.search(r'data-when="([^"]*)"', element[0])
    condition = json.loads(when[1].replace("&quot;", '"')) if when else ["always"]
    assert condition == as_data(question.asked_when)
    assert (when is None) == (question.asked_when == ALWAYS)
    assert (" data-quick" in element[0]) == question.is_in_quick


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if q.asked_when != ALWAYS], ids=attrgetter("key")
)
def test_form_without_script_says_whom_a_question_is_for(question):
    (words,) = re.findall(
        rf'id="q-{question.key}".*?<p class="hint without-script">(.*?)</p>.*?id="', drawn(), re.S
    )[:1]

    assert words == only_if(question)
    assert words.startswith("Only if ")
    assert readability(f"<p>{words}</p>").grade <= YOUNG_GRADE


def test_question_for_everybody_does_not_say_whom_it_is_for():
    assert drawn().count("Only if ") == sum(q.asked_when != ALWAYS for q in QUESTIONS)


def test_answers_that_contradict_all_others_are_marked_where_several_may_be_chosen():
    marked = re.findall(
        r'<input type="(\w+)" name="\w+" value="\w+" id="([\w-]+)"[^>]* data-alone', drawn()
    )

    assert {kind for kind, _ in marked} == {"checkbox"}
    assert {control for _, control in marked} == {
        "happening-not_sure",
        "happening-prefer_not",
        "paid-nothing",
        "paid-dont_know",
        "paid-prefer_not",
        "who_knows-nobody",
        "who_knows-dont_know",
        "who_knows-prefer_not",
    }


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if q.need == Need.YES], ids=attrgetter("key")
)
def test_question_that_is_needed_is_described_and_told_to_be_required(question):
    start = re.search(rf'<fieldset[^>]* id="q-{question.key}"[^>]*>', drawn())

    assert start
    assert 'role="radiogroup" aria-required="true"' in start[0]
    assert f'{question.key}-needed"' in start[0]
    assert f'id="{question.key}-needed">We need this one.' in drawn()


def test_words_about_somebody_else_stand_beside_those_to_the_reader():
    page = drawn()

    assert f'data-they="{escaped(BY_KEY["paid"].words.they)}">Have you paid' in page
    assert 'data-who-child="your child"' in page
    assert 'data-quick-words="What is happening? One line is enough.">What happened' in page
    assert "<h2>Who is this happening to?</h2>" in page


def test_quick_asks_for_one_account_by_app_and_name():
    left_out = re.findall(r'id="q-accounts-(\d-\w+)"[^>]*data-not-quick', drawn())

    asked = {f"{row}-{field.key}" for row in range(5) for field in FIELDS} - set(left_out)
    assert asked == {"0-app", "0-handle"}


def test_what_holds_words_or_an_error_is_not_left_out_by_quick():
    page = drawn(clean({"accounts-2-link": ["https://example.org"], "town": ["x" * 300]}))

    assert not re.search(r'id="q-accounts-2-link"[^>]*data-not-quick', page)
    assert re.search(r'<details class="row" data-row="2" open>', page)
    assert re.search(r'id="q-town"[^>]* data-quick', page)


def test_choice_names_the_help_that_stands_below_its_question():
    page = drawn()

    for question in QUESTIONS:
        part = page[page.index(f'id="q-{question.key}"') :]
        part = part[: part.index("</fieldset>")] if question.choices else ""
        for choice in question.choices:
            for key in choice.help:
                assert f'class="help" data-help="{key}"' in part, (question.key, key)
                assert escaped(HELP[key].words.you) in part


def test_help_in_danger_has_999_to_press_and_leads_to_people_to_talk_to():
    page = drawn()
    block = page[page.index('class="help" data-help="danger"') :].partition("</div>")[0]

    assert re.findall(r'<a href="([^"]*)"( target="_blank")?>', block) == [
        ("tel:999", ""),
        ("/support/", ' target="_blank"'),
    ]


def test_style_hides_each_help_until_an_answer_calls_for_it(settings):
    style = (settings.BASE_DIR / "static" / "reporting" / "report.css").read_text()

    for key in HELP:
        rule = f'.question:not(:has([data-help~="{key}"]:checked)) .help[data-help="{key}"]'
        assert rule in style, key


# --- What was typed, and what is wrong with it ---


def test_letters_with_a_meaning_in_html_come_back_as_they_were():
    typed = {
        "story": ["\n<b>\"&amp;'</b>\n"],
        "town": ['"><script>&lt;'],
        "born": ["\u202e31\u202c"],
    }

    page = drawn(clean(typed))

    assert Page(page).words() == typed
    assert "<script>&lt;" not in page


def test_line_with_a_line_break_in_it_becomes_a_box_that_can_hold_it():
    page = drawn(clean({"town": ["Here\nand there"]}))

    assert '<textarea id="town"' in page
    assert Page(page).words() == {"town": ["Here\nand there"]}


def test_error_stands_at_its_question_and_in_the_summary_with_the_questions_name():
    cleaned = clean({"accounts-1-handle": ["x" * 201]})
    form = ReportForm("token", cleaned)
    page = render_to_string("reporting/form.html", {"form": form})
    summary = render_to_string("site/error_summary.html", {"form": form})

    assert 'id="accounts-1-handle-error">This is 1 letters too long' in page
    assert 'aria-describedby="accounts-1-handle-hint accounts-1-handle-error"' in page
    assert '<a href="#accounts-1-handle">Account name: This is 1 letters too long' in summary
    assert '<a href="#who-me">Who is this happening to? Please choose one of these.' in summary


def test_every_link_of_the_summary_leads_to_a_control():
    sent = {name: ["x" * 5000] for question in QUESTIONS for name in names_of(question)}
    sent["accounts-7-handle"] = ["one too many"]
    form = ReportForm("token", clean(sent))
    ids = Page(render_to_string("reporting/form.html", {"form": form})).ids

    goals = [fault.id_for_label for fault in form]

    assert len(goals) == len({*clean(sent).errors})
    assert [goal for goal in goals if goal not in ids] == []


# --- The page after it ---


def confirmation(severity: Severity = Severity.GREEN, **sent: str) -> Confirmation:
    answers = clean({name: [value] for name, value in sent.items()})
    return Confirmation("NS-1234-5678", "one two three four five six", severity, answers)


def next_part(**sent: str) -> str:
    return render_to_string("reporting/sent/next.html", {"sent": confirmation(**sent)})


@pytest.mark.parametrize(
    ("age", "tools"),
    [
        ("16_17", "remove_under_18"),
        ("25_34", "remove_adult"),
        ("prefer_not", "remove_any_age"),
        ("", "remove_any_age"),
    ],
)
def test_tools_that_take_pictures_down_are_those_for_the_age(age, tools):
    assert confirmation(age=age).removal.key == tools


def test_words_that_did_not_go_along_are_named():
    assert confirmation(who="me", job="Teacher").kept_out == [str(BY_KEY["job"].words.you)]


def test_confirmation_has_code_reference_times_and_what_to_read_back(settings):
    settings.REPORT_DUTY_HOURS = "every day from 8am to 8pm"
    sent = confirmation(Severity.RED)
    page = render_to_string("reporting/sent.html", {"sent": sent})

    assert re.findall(r"<li>(\w+)</li>", page)[:6] == sent.code.split()
    assert 'data-code="one two three four five six"' in page
    # To be read, and to be copied.
    assert page.count("NS-1234-5678") == 2
    assert "15 minutes" in page
    assert "on duty every day from 8am to 8pm" in page
    first, second = sent.read_back
    assert f'data-read-back="{first} {second}"' in page
    assert f">Word {first}</label>" in page


ANSWERED_BY = {
    "contact": "We will use the way you told us is safe.",
    "no_address": "You gave us no number or address, so our answer will be in your report page.",
    "code": "Our answer will be there when you look with your six words.",
    "none": "We will read it. We won't write unless a life may be at risk.",
}


@pytest.mark.parametrize(
    ("sent", "way"),
    [
        ({"reply": "contact", "contact_at": "07"}, "contact"),
        ({"reply": "someone_else", "contact_at": "07"}, "contact"),
        ({"reply": "contact"}, "no_address"),
        ({"reply": "someone_else"}, "no_address"),
        ({"reply": "code"}, "code"),
        ({}, "code"),
        ({"reply": "none"}, "none"),
    ],
)
def test_page_after_sending_says_how_our_answer_comes(sent, way):
    page = next_part(**sent)

    assert [key for key, words in ANSWERED_BY.items() if words in page] == [way]
    assert ("and reply in" in page) == (way != "none")


def test_page_after_sending_says_what_to_do_while_they_wait():
    page = next_part()

    assert 'Can\'t wait? Call <a href="tel:101">101</a>, or <a href="tel:999">999</a>' in page
    for address in ("/help-now/", "/already-paid/"):
        assert f'<a href="{address}" target="_blank">' in page
    assert page.index("While you wait") < page.index("Tools that can help take the picture down")


def test_page_after_sending_does_not_tell_a_parent_to_upload_the_picture():
    assert "They are for your child to use." in next_part(who="child", age="13_15")


# --- Reading age ---


def spoken(html: str) -> str:
    """The words of a template: what the attributes hold for the script as sentences too."""
    said = re.findall(r'data-(?:by-hand|right|wrong|skipped|copied)="([^"]*)"', html)
    html = re.sub(r"<(?:style|script|svg).*?</(?:style|script|svg)>", "", html, flags=re.S)
    return html + "".join(f"<p>{words}</p>" for words in said)


@pytest.mark.parametrize("sent", [{}, {"reply": "none"}, {"reply": "contact"}])
@pytest.mark.parametrize("severity", Severity)
def test_what_happens_next_can_be_read_at_eleven_however_it_goes_on(sent, severity):
    page = render_to_string("reporting/sent/next.html", {"sent": confirmation(severity, **sent)})

    assert readability(page).grade <= YOUNG_GRADE


@pytest.mark.parametrize("name", ["send", "failed", "sent/code", "sent/read_back", "sent/next"])
def test_page_around_the_questions_can_be_read_at_eleven(name):
    given = {"form": ReportForm("token"), "sent": confirmation(Severity.RED, who="me", job="x")}

    html = spoken(render_to_string(f"reporting/{name}.html", given))

    assert readability(html).grade <= YOUNG_GRADE


@pytest.mark.parametrize("text", [refusals.TOO_LARGE, refusals.PICTURE])
def test_what_is_wrong_with_the_whole_can_be_read_at_eleven(text):
    assert readability(f"<p>{text}</p>").grade <= YOUNG_GRADE


@pytest.mark.parametrize("name", ["too_large", "closed", "not_stored"])
def test_page_for_a_report_that_was_not_taken_can_be_read_at_eleven(name):
    page = render_to_string(f"reporting/{name}.html", {"form": ReportForm("token")})
    told = page[page.index("<article>") :].partition("<form")[0].partition("</article>")[0]

    assert readability(told).grade <= YOUNG_GRADE


@pytest.mark.parametrize("voice", Voice)
def test_confirmation_can_be_read_at_eleven_by_everybody(voice):
    given = {"sent": confirmation(who=voice, age="13_15")}

    for name in ("code", "read_back", "next", "danger", "device"):
        html = spoken(render_to_string(f"reporting/sent/{name}.html", given))
        assert readability(html).grade <= YOUNG_GRADE, name


@pytest.mark.parametrize(("sent", "is_filled"), [({}, False), ({"accounts-3-link": "x"}, True)])
def test_group_is_filled_where_any_row_is(sent, is_filled):
    form = ReportForm("token", clean(sent))

    (accounts,) = [
        question for step in form.steps for question in step.questions if question.key == "accounts"
    ]
    assert accounts.is_filled is is_filled
