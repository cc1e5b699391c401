"""Which questions the script shows: those that the questions themselves ask for."""

import itertools
import random
from typing import Any

import pytest
from playwright.sync_api import Page

from reporting.questions import BY_KEY, QUESTIONS, asked, clean, is_quick
from reporting.questions.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Condition,
    Is,
    Known,
    Not,
    as_data,
    holds,
    keys_of,
)
from tests.browser.engines.engine import Engine
from tests.browser.report_form import ASKED, Raw, in_script, made_up

pytestmark = pytest.mark.browser

MADE_UP = 200


def expected(raw: Raw) -> list[str]:
    answers = clean(raw).answers
    return [question.key for question in asked(answers, is_quick(answers))]


def every_branch() -> list[Raw]:
    """Below each question with a condition: every answer above it, with and without words in it,
    in both lengths."""
    cases: list[Raw] = []
    for question in QUESTIONS:
        for above, length, words in itertools.product(
            sorted(keys_of(question.asked_when)), ("quick", "full"), ("", "words")
        ):
            own = question.choices[0].value if question.choices else "yesterday"
            below = {question.key: [own]} if words else {}
            values: list[list[str]] = [[], *([c.value] for c in BY_KEY[above].choices)]
            cases += [{"length": [length], above: value, **below} for value in values]
    return cases


def test_any_answers_lead_to_the_questions_that_the_data_asks(engine: Engine, site: str):
    engine.goto(f"{site}/report/")
    branches = every_branch()
    assert len(branches) > 200
    cases = [*branches, *(made_up(seed) for seed in range(MADE_UP))]

    shown = engine.evaluate(in_script(f"(all) => all.map({ASKED})", cases))

    wrong = [
        (case, found) for case, found in zip(cases, shown, strict=True) if found != expected(case)
    ]
    assert wrong == []


def a_condition(choose: random.Random, depth: int = 0) -> Condition:
    key = choose.choice(["a", "b", "c"])
    kinds = ["is", "known", "always"] if depth == 3 else ["is", "known", "not", "any", "all"]
    kind = choose.choice(kinds)
    if kind == "is":
        return Is(key, choose.choice(["x", "y", "not_sure"]))
    if kind == "known":
        return Known(key)
    if kind == "always":
        return ALWAYS
    if kind == "not":
        return Not(a_condition(choose, depth + 1))
    inner = tuple(a_condition(choose, depth + 1) for _ in range(choose.randint(0, 3)))
    return AnyOf(inner) if kind == "any" else AllOf(inner)


def test_any_condition_holds_alike_in_the_browser_and_on_the_server(page: Page, site: str):
    page.goto(f"{site}/report/")
    choose = random.Random(1)  # noqa: S311 - it has to be told by its seed
    some = [["x"], ["y"], ["x", "y"], ["not_sure"], ["dont_know", "x"], ["prefer_not"]]
    cases: list[tuple[Condition, dict[str, Any]]] = [
        (a_condition(choose), {key: choose.choice(some) for key in "abc" if choose.random() < 0.7})
        for _ in range(1000)
    ]

    found = page.evaluate(
        "(all) => all.map(([condition, answers]) => reportForm.holds(condition, answers))",
        [(as_data(condition), answers) for condition, answers in cases],
    )

    assert {True, False, None} <= set(found)
    assert found == [holds(condition, answers) for condition, answers in cases]
