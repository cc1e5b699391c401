"""The form as a browser reads it, and the words of the test report."""

import pytest

from reporting.canary.answers import new_answers
from reporting.canary.form_page import form_of
from reporting.questions import QUESTIONS, clean
from reporting.triage import Severity, triage

PAGE = """
<form id="other" action="/other/"><input name="elsewhere" value="x"></form>
<input name="before">
<form id="report" method="post" action="/report/">
<input type="hidden" name="journey" value="a&amp;b"><input name="line"><input>
<textarea name="story" rows="3"></textarea>
<input type="radio" name="danger" value="no"><input type="checkbox" name="agree">
<button name="pressed">Send</button><input type="submit" name="go" value="Go">
</form>
<input name="after">
"""


def test_what_a_browser_without_script_sends_is_sent():
    form = form_of(PAGE, "report")

    assert form
    assert form.action == "/report/"
    assert form.filled({"danger": "no", "story": "words", "agree": "on"}) == {
        "journey": ["a&b"],
        "line": [""],
        "story": ["words"],
        "danger": ["no"],
        "agree": ["on"],
    }


@pytest.mark.parametrize("answer", [("danger", "yes"), ("age", "16"), ("elsewhere", "x")])
def test_what_the_form_does_not_ask_is_an_error(answer):
    form = form_of(PAGE, "report")

    assert form
    with pytest.raises(KeyError, match=answer[0]):
        form.filled(dict([answer]))


def test_page_without_the_form_has_none():
    assert form_of("<p>Hello <form id='search'><input name='q'>", "report") is None


def test_every_word_of_the_test_report_says_that_it_is_one():
    answers = new_answers()
    chosen = {question.key for question in QUESTIONS if question.choices}

    assert {name for name, words in answers.items() if "is a test" not in words.lower()} <= chosen


def test_the_test_report_can_be_sent_raises_no_flag_and_is_never_the_same():
    cleaned = clean(new_answers())

    assert cleaned.is_valid
    assert cleaned.answers.keys() == new_answers().keys()
    assert triage(cleaned.answers).severity == Severity.GREEN
    assert new_answers()["story"] != new_answers()["story"]
