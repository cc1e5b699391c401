"""When a question is asked: yes, no or unknown."""

import pytest

from reporting.questions import BY_KEY, as_data, holds
from reporting.questions.conditions import ALWAYS, Condition, Is, Known, Not, keys_of

YES, NO, MAYBE = Is("a", "y"), Is("a", "n"), Is("b", "y")
A = {"a": "y", "b": "dont_know"}


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (ALWAYS, True),
        (YES, True),
        (NO, False),
        (MAYBE, None),
        (Is("c", "y"), None),
        (Is("b", "dont_know"), True),
        (~YES, False),
        (~NO, True),
        (~MAYBE, None),
        (YES & MAYBE, None),
        (NO & MAYBE, False),
        (MAYBE & NO, False),
        (YES & YES, True),
        (YES | MAYBE, True),
        (NO | MAYBE, None),
        (NO | NO, False),
        (Known("a"), True),
        (Known("b"), False),
        (Known("c"), False),
        (~Known("c"), True),
    ],
)
def test_unknown_is_not_no(condition, verdict):
    assert holds(condition, A) is verdict


def test_what_is_known_beside_what_is_not_decides():
    assert holds(Is("a", "y"), {"a": ["n", "dont_know"]}) is False


def test_rows_are_no_choices():
    assert holds(Is("a", "y"), {"a": [{"b": "y"}]}) is None


def test_unheard_of_condition_is_an_error_of_the_program():
    with pytest.raises(TypeError, match="not a condition"):
        holds(Condition(), {})


def test_conditions_as_data_for_the_script():
    assert as_data(ALWAYS) == ["always"]
    assert as_data(BY_KEY["job"].asked_when) == ["is", "who", "pupil"]
    assert as_data((YES | NO) & ~Known("c")) == [
        *("all", ["any", ["is", "a", "y"], ["is", "a", "n"]], ["not", ["known", "c"]])
    ]


def test_keys_that_a_condition_looks_at():
    assert keys_of((YES | MAYBE) & Not(Known("c"))) == {"a", "b", "c"}
    assert keys_of(ALWAYS) == set()
