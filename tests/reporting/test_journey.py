"""The token in the form's hidden field."""

import time

import pytest

from reporting import journey

ANOTHER_KEY = "another" * 8
ANSWERS = {"danger": "no", "happening": ["threat", "shared"], "story": "\u202e\U0001f600"}


def test_same_answers_give_the_same_secret_in_whatever_order_they_come():
    token = journey.issue()
    turned = dict(reversed(ANSWERS.items()))

    assert journey.read(token).secret(ANSWERS) == journey.read(token).secret(turned)
    assert len(journey.read(token).secret(ANSWERS)) == 32


def test_other_answers_and_other_forms_give_other_secrets():
    token = journey.issue()

    secrets = {
        journey.read(token).secret(ANSWERS),
        journey.read(token).secret(ANSWERS | {"danger": "both"}),
        journey.read(token).secret({}),
        journey.read(journey.issue()).secret(ANSWERS),
    }

    assert len(secrets) == 4


def test_age_is_the_time_since_the_form_was_given_out(monkeypatch):
    token = journey.issue()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 90)

    age = journey.read(token).age

    assert age is not None
    assert 89 <= age <= 92


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "\ud800" + t])
def test_spoilt_token_has_no_age_and_still_makes_a_second_press_the_same(spoil):
    token = spoil(journey.issue())

    assert journey.read(token).age is None
    assert journey.read(token).secret(ANSWERS) == journey.read(token).secret(ANSWERS)


def test_without_a_token_nobody_shares_a_report():
    assert journey.read("").age is None
    assert journey.read("").secret(ANSWERS) != journey.read("").secret(ANSWERS)


def test_token_of_another_site_has_no_age(settings):
    token = journey.issue()
    settings.SECRET_KEY = ANOTHER_KEY

    assert journey.read(token).age is None


def test_nobody_can_tell_what_answers_will_give_without_the_sites_secret(settings):
    token = journey.issue()
    before = journey.read(token).secret(ANSWERS)
    settings.REPORT_SECRET = ANOTHER_KEY

    assert journey.read(token).secret(ANSWERS) != before
