"""What the browser keeps of a report once the reader has left: nothing that was typed or shown."""

import pytest

from reporting.questions import QUESTIONS, Kind
from sextortion_site.consent.register import GUARD
from tests.browser import left
from tests.browser.engines.engine import Engine
from tests.browser.neutral_site import NeutralSite
from tests.browser.patience import eventually
from tests.browser.report_form import in_script
from tests.browser.traces import files_that_hold, history_rows, kept_cookies

pytestmark = pytest.mark.browser

STEP = "document.querySelector('.step:not([hidden])')?.dataset.step"
CHOSEN = ["#length-full", "#danger-no", "#who-child", "#reply-contact"]


def go_on(engine: Engine) -> None:
    """By a key: presses of a driver's pointer come so fast that they count as double ones."""
    engine.evaluate("document.querySelector('.onward').focus(), true")
    engine.press("Enter")


def typed_into_every_line(engine: Engine) -> set[str]:
    """Walks the whole form by pointer and keys, and types a word of its own into each line."""
    words: set[str] = set()
    while (step := engine.evaluate(STEP)) != "send":
        for choice in CHOSEN:
            if engine.evaluate(f"document.querySelector('{choice}').checkVisibility()"):
                engine.click(choice)
        for name in engine.evaluate("""[...document.querySelectorAll(
                '.step:not([hidden]) :is(input:not([type]), textarea)'
            )].filter((it) => it.checkVisibility()).map((it) => it.id)"""):
            word = f"zebra{len(words)}{step}quagga"
            engine.click(f"#{name}")
            engine.type(word)
            words.add(word)
        go_on(engine)
        eventually(lambda before=step: engine.evaluate(STEP) != before, f"the step after {step}")
    return words


@pytest.mark.parametrize("is_sent", [False, True], ids=["not sent", "sent"])
def test_nothing_that_was_typed_is_found_after_leaving(
    engine: Engine, site: str, neutral_site: NeutralSite, is_sent: bool
):
    engine.goto(f"{site}/friends/")
    engine.click('main a[href="/report/"]')
    eventually(lambda: engine.evaluate(STEP) == "0", "the form")
    words = typed_into_every_line(engine)
    lines = {question.key for question in QUESTIONS if question.kind in {Kind.SHORT, Kind.LONG}}
    assert len(words) > len(lines)
    if is_sent:
        engine.evaluate("document.querySelector('[data-step=send] [type=submit]').focus(), true")
        engine.press("Enter")
        code = "document.querySelector('[data-code]')?.dataset.code"
        words.add(eventually(lambda: engine.evaluate(code), "the code"))
        words.add(engine.evaluate("document.querySelector('.reference').textContent"))

    engine.press("Escape")

    left.every_tab_is_elsewhere(engine, neutral_site)
    assert left.entries_of_the_site(engine, site) == []
    assert left.shown_by_back_and_forward(engine, site, neutral_site) == []
    engine.close()
    assert files_that_hold(engine.profile, words) == {}
    assert kept_cookies(engine.profile, "127.0.0.1") <= {GUARD.full_name}
    assert {row.url for row in history_rows(engine.profile, site)} <= {f"{site}/friends/"}


def test_content_s_own_style_and_script_work_in_every_engine(engine: Engine, site: str):
    """They come with what in-site navigation puts into another page."""
    engine.goto(f"{site}/friends/")
    engine.click('main a[href="/report/"]')
    eventually(lambda: engine.evaluate(STEP) == "0", "the form by its steps")

    assert engine.evaluate("getComputedStyle(document.querySelector('.trap')).display") == "none"
    # Back, and again: the script of a page that has gone stays out of the way.
    engine.click(".visit-back")
    eventually(lambda: engine.evaluate("!document.getElementById('report')"), "the page before")
    engine.click('main a[href="/report/"]')
    eventually(lambda: engine.evaluate(STEP) == "0", "the form once more")
    for step in ("1", "2", "3"):
        choice = {"1": "#length-full", "2": "#danger-no", "3": "#who-me"}[step]
        engine.click(choice)
        go_on(engine)
        eventually(lambda expected=step: engine.evaluate(STEP) == expected, f"step {step}")
    holds = in_script("(all) => reportForm.holds(all[0], all[1])", [["is", "a", "x"], {"a": ["x"]}])
    assert engine.evaluate(holds) is True
