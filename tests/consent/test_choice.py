"""A choice as a cookie: what this site wrote is read; anything else says nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sextortion_site.consent.choice import LONGEST, Choice, State
from sextortion_site.consent.register import PURPOSES, Category

DECIDED = [State.ACCEPTED, State.DECLINED]
choices = st.builds(
    Choice, st.dictionaries(st.sampled_from(list(PURPOSES)), st.sampled_from(DECIDED))
)


@given(choices)
def test_what_was_written_is_read(choice):
    assert Choice.from_cookie(choice.as_cookie()) == choice


@given(st.text(alphabet="preferncsalyti.~12acpdeu_ \"'\u0661", max_size=60))
@example("preferences.1.accepted~preferences.1.declined")
@example("preferences.1.accepted~marketing.1.accepted")
@example("preferences.1.accepted~")
@example("preferences.\u0661.accepted")
@example("preferences.1.accepted\n")
@example("PREFERENCES.1.ACCEPTED")
@example("preferences.01.accepted")
@example("essential.1.accepted")
@example("preferences.1.undecided")
def test_what_this_site_cannot_have_written_allows_nothing(value):
    choice = Choice.from_cookie(value)

    if choice.as_cookie() != value:
        assert not any(choice.allows(category) for category in PURPOSES)


def test_overlong_cookie_says_nothing():
    good = Choice.for_all(State.ACCEPTED).as_cookie()
    old = "~".join(f"{category}.{'9' * LONGEST}.accepted" for category in PURPOSES)

    assert Choice.from_cookie(old) == Choice()
    assert Choice.from_cookie(good) != Choice()


@pytest.mark.parametrize("category", PURPOSES)
def test_purpose_of_another_version_is_asked_again_and_the_rest_stays(category):
    value = Choice.for_all(State.ACCEPTED).as_cookie().replace(f"{category}.1", f"{category}.2")

    choice = Choice.from_cookie(value)

    assert choice.state(category) == State.UNDECIDED
    assert {choice.state(other) for other in PURPOSES if other != category} == {State.ACCEPTED}


def test_undecided_means_no_and_essential_needs_no_yes():
    assert not Choice().allows(Category.PREFERENCES)
    assert not Choice().allows(Category.ANALYTICS)
    assert Choice().allows(Category.ESSENTIAL)


@given(choices)
def test_privacy_signal_declines_counting_and_nothing_else(choice):
    signalled = choice.under_privacy_signal()

    assert signalled.state(Category.ANALYTICS) == State.DECLINED
    assert signalled.state(Category.PREFERENCES) == choice.state(Category.PREFERENCES)
