"""The report form as a reader with script meets it, and answers made up for it."""

import json
import random
from typing import Any

from playwright.sync_api import Page, expect

from reporting.questions import QUESTIONS, Kind, Question, field_name

Raw = dict[str, list[str]]

CONTINUE = "Continue"
# One answer to what is needed at each step of the whole form, so that it leads on.
NEEDED = {"1": "#danger-no", "2": "#who-me"}
# Leaving does not take the Escape key, which is then the browser's: a request to close, as the
# back gesture of a phone is.
NO_ESCAPE = """const listen = window.addEventListener;
    window.addEventListener = function (kind, ...rest) {
        if (kind !== 'keydown') listen.call(window, kind, ...rest);
    };"""
LINE = "They want money by tonight."

# Sets every control to what was sent, and gives back the questions that are then asked.
ASKED = """(raw) => {
    const form = document.getElementById('report');
    form.querySelectorAll('.question input, .question textarea').forEach((control) => {
        const values = raw[control.name] || [];
        if (/radio|checkbox/.test(control.type)) control.checked = values.includes(control.value);
        else control.value = values[0] || '';
    });
    form.querySelector('#length-full').dispatchEvent(new Event('change', { bubbles: true }));
    return [...form.querySelectorAll('.question')].filter((it) => !it.hidden)
        .map((it) => it.dataset.key);
}"""


def shown_step(page: Page) -> str:
    """The number of the one step that is shown, or "send"."""
    (number,) = page.evaluate(
        "[...document.querySelectorAll('.step:not([hidden])')].map((it) => it.dataset.step)"
    )
    return str(number)


def go_on(page: Page) -> str:
    page.get_by_role("button", name=CONTINUE).click()
    return shown_step(page)


def go_to(page: Page, number: str, *, length: str = "full", who: str = "me") -> None:
    """Walks from the start to a step, with no more answers than it needs."""
    while (step := shown_step(page)) != number:
        if step == "0":
            page.check(f"#length-{length}")
        elif step == "2":
            page.check(f"#who-{who}")
        elif step in NEEDED:
            page.check(NEEDED[step])
        elif step == "10" and not page.input_value("#story"):
            page.fill("#story", LINE)
        assert step != "send", f"there is no step {number}"
        go_on(page)


def every_step(page: Page) -> list[str]:
    """The steps that are gone through, by what stands in the form; nothing is pressed."""
    return list(
        page.evaluate("""[...document.querySelectorAll('.step')].filter((step) =>
            step.dataset.step === 'send' || step.querySelector('.question:not([hidden])'))
            .map((step) => step.dataset.step)""")
    )


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.innerText"))


def expect_step(page: Page, number: str) -> None:
    expect(page.locator(".step:not([hidden])")).to_have_attribute("data-step", number)


def made_up(seed: int) -> Raw:
    """What a reader might have put in, told by its seed alone."""
    choose = random.Random(seed)  # noqa: S311 - it has to be told by its seed
    sent: Raw = {}
    for question in QUESTIONS:
        if choose.random() < 0.6:
            sent |= an_answer(question, choose)
    return sent


def an_answer(question: Question, choose: random.Random) -> Raw:
    values = [choice.value for choice in question.choices]
    match question.kind:
        case Kind.ONE:
            return {question.key: [choose.choice(values)]}
        case Kind.SEVERAL:
            return {question.key: choose.sample(values, choose.randint(1, 3))}
        case Kind.GROUP:
            part = choose.choice([field for field in question.fields if not field.choices])
            return {field_name(question, choose.randrange(question.most), part): ["some_name"]}
    return {question.key: [choose.choice(["yesterday", " "])]}


def in_script(function: str, value: Any) -> str:
    """A call of the function, for an engine that takes an expression."""
    return f"({function})({json.dumps(value)})"
