"""A choice as a cookie: what this site wrote is read; anything else says nothing."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from sextortion_site.consent.choice import LONGEST, Choice, State
from sextortion_site.consent.register import PURPOSES, Category
from tests.consent.values import FORGED, OUTDATED

DECIDED = [State.ACCEPTED, State.DECLINED]
choices = st.builds(
    Choice, st.dictionaries(st.sampled_from(list(PURPOSES)), st.sampled_from(DECIDED))
)


@given(choices)
def test_what_was_written_is_read(choice):
    assert Choice.from_cookie(choice.as_cookie()) == choice


@st.composite
def spoiled(draw) -> str:
    """A cookie of ours in which one letter was put in, taken out or changed."""
    value = draw(choices).as_cookie()
    place = draw(st.integers(0, len(value)))
    letter = draw(st.sampled_from('~.ax1\u0661\n " '))
    rest = draw(st.integers(place, min(place + 1, len(value))))
    return value[:place] + letter + value[rest:]


@given(spoiled())
def test_spoiled_cookie_allows_no_more_than_it_says(value):
    choice = Choice.from_cookie(value)

    for category, purpose in PURPOSES.items():
        if choice.allows(category):
            assert f"{category}.{purpose.version}.{State.ACCEPTED}" in value.split("~")


@pytest.mark.parametrize(
    "value", [*FORGED, "preferences.\u0661.accepted", "preferences.1.accepted\n"]
)
def test_what_this_site_cannot_have_written_says_nothing(value):
    assert Choice.from_cookie(value) == Choice()


@pytest.mark.parametrize("value", OUTDATED)
def test_outdated_part_is_asked_about_again(value):
    choice = Choice.from_cookie(value)

    assert choice.state(Category.PREFERENCES) == State.UNDECIDED
    assert choice.state(Category.ANALYTICS) != State.UNDECIDED


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
    asking = RequestFactory().get("/", headers={"sec-gpc": "1"})
    signalled = choice.under_privacy_signal_of(asking)

    assert choice.under_privacy_signal_of(RequestFactory().get("/")) == choice
    assert signalled.state(Category.ANALYTICS) == State.DECLINED
    assert signalled.state(Category.PREFERENCES) == choice.state(Category.PREFERENCES)
