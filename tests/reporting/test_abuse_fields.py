"""What a form carries against abuse, as markup."""

import html
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from reporting.abuse import HONEYPOT, SOLUTION, FormFields, work
from reporting.questions import QUESTIONS

NOW = 1_800_000_000.0


def fields(challenge: str | None = None) -> str:
    return render_to_string("reporting/abuse_fields.html", {"abuse": FormFields(challenge)})


def test_honeypot_is_out_of_reach_and_says_to_leave_it_empty():
    markup = fields()

    box = re.search(r'<div class="trap" aria-hidden="true">(.+?)</div>', markup, re.S)
    assert box
    assert f'<label for="{HONEYPOT}">Leave this empty</label>' in box[1]
    assert f'<input id="{HONEYPOT}" name="{HONEYPOT}" autocomplete="off" tabindex="-1">' in box[1]
    assert "style=" not in markup


def test_style_of_the_form_hides_the_honeypot():
    style = Path(finders.find("reporting/report.css")).read_text()

    assert ".trap { display: none }" in style


@pytest.mark.parametrize("name", [HONEYPOT, SOLUTION])
def test_no_question_has_the_name_of_a_field_against_abuse(name: str):
    assert name not in {question.key for question in QUESTIONS}


def test_quiet_form_carries_neither_challenge_nor_script():
    assert "data-challenge" not in fields()
    assert "<script" not in fields()


def test_hot_form_carries_its_challenge_and_the_script_that_solves_it():
    challenge = work.challenge(NOW)
    markup = fields(challenge)

    found = re.search(f'<input type="hidden" name="{SOLUTION}" data-challenge="([^"]+)">', markup)
    assert found
    assert html.unescape(found[1]) == challenge
    assert markup.count("<script>") == 1
