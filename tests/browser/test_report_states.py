"""Every step and every fault of the report form: rules of accessibility, keyboard, widths."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.report_form import LINE, expect_step, go_on, go_to, shown_step
from tests.browser.test_pages import AXE_RULES
from tests.browser.test_report_steps import PICTURE
from tests.browser.visiting import h1

pytestmark = pytest.mark.browser

SIZES = [(320, 640), (1280, 800), (320, 256)]  # the last is 1280 by 1024 at 400 %
# Answers that open every branch of their step.
OPENING = {
    "2": ["#who-pupil"],
    "6": ["#shared-yes"],
    "7": ["#paid-money", "#paid-pictures"],
    "12": ["#area-uk"],
    "14": ["#reply-someone_else"],
}


@pytest.fixture(params=SIZES, ids=str)
def form(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=width == 320, bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{site}/report/")
    yield page
    context.close()


def check(page: Page, what: str) -> None:
    # What the way out lies over at the moment counts as too small to be pressed.
    page.evaluate("scrollTo(0, 0)")
    for scheme in ("light", "dark") if page.evaluate("innerHeight") > 256 else ():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its own words
        results = Axe().run(page, options=AXE_RULES)
        assert results.violations_count == 0, f"{what}, {scheme}: {results.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), what
    control = page.locator(".leave-control").bounding_box()
    height = page.evaluate("innerHeight")
    assert control is not None
    assert 0 <= control["y"] <= height - 44, what
    small = page.evaluate("""[...document.querySelectorAll(
            '.report :is(button, summary, label:has(input), input:not([type]), textarea)'
        )].filter((it) => it.checkVisibility() && it.getBoundingClientRect().height < 44)
        .map((it) => it.textContent)""")
    assert small == [], what


def test_no_step_has_a_fault_or_needs_sideways_scrolling(form: Page):
    check(form, "step 0")
    form.check("#length-full")
    while (step := go_on(form)) != "send":
        form.locator({"1": "#danger-danger"}.get(step, ".progress")).first.click()
        for answer in OPENING.get(step, []):
            form.check(answer)
        if step == "8":
            form.get_by_text("Add another account").first.click()
        if step == "10":
            form.fill("#story", "word" * 900)  # one long word, to the edge and over
        check(form, f"step {step}")
    check(form, "check your answers")


def missing(page: Page) -> None:
    go_to(page, "1")
    go_on(page)
    expect(page.locator("#q-danger .error")).to_be_visible()


def one_thing_more(page: Page) -> None:
    go_to(page, "10", length="quick")
    go_on(page)
    expect(page.locator("#q-story .error")).to_be_visible()


def too_long(page: Page) -> None:
    go_to(page, "8")
    page.fill("#accounts-0-handle", "n" * 2000)
    expect(page.get_by_text("letters too long")).to_be_visible()
    go_on(page)
    expect(page.locator(".line > .error").first).to_be_visible()


def returned(page: Page) -> None:
    go_to(page, "10")
    page.fill("#story", PICTURE)
    go_to(page, "send")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="look at this again")).to_be_focused()


def unsent(page: Page) -> None:
    go_to(page, "send")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="not reached us")).to_be_focused()


def on_its_way(page: Page) -> None:
    page.route("**/report/", lambda route: None)
    go_to(page, "send", length="quick")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Sending. Please wait.")).to_be_focused()


def leaving(page: Page) -> None:
    page.goto(page.url.replace("/report/", "/friends/"))
    page.locator('main a[href="/report/"]').first.click()
    page.check("#length-quick")
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.get_by_text("Press Back again to leave.")).to_be_visible()


def long_story(page: Page) -> None:
    go_to(page, "10")
    page.fill("#story", "They want money. " * 200)
    go_to(page, "send")
    expect(page.get_by_role("button", name="Show all")).to_be_visible()


def sent(page: Page) -> None:
    go_to(page, "send", length="quick")
    page.get_by_role("button", name="Send", exact=True).click()
    h1(page, "Your report is with us")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("is not right yet.").first).to_be_visible()
    expect(page.locator(".visit-status")).to_have_text("")


@pytest.mark.parametrize(
    "state",
    [missing, one_thing_more, too_long, returned, on_its_way, leaving, long_story, sent],
)
def test_no_fault_that_is_told_has_a_fault_of_its_own(form: Page, state: Callable[[Page], None]):
    state(form)

    check(form, state.__name__)


@pytest.mark.parametrize("button", ["Send", "Try again"])
def test_button_that_sends_stands_clear_of_what_is_above_it(form: Page, button: str):
    unsent(form)

    room = form.get_by_role("button", name=button, exact=True).evaluate("""(it) => {
        const above = [...it.parentElement.children].slice(0, -1)
            .filter((one) => one.checkVisibility());
        return it.getBoundingClientRect().top - above.pop().getBoundingClientRect().bottom;
    }""")

    assert room >= 16


# --- By keyboard alone ---


def reach(page: Page, selector: str) -> None:
    """Tabs on until the control has the focus, and it can be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(it) => document.activeElement.matches(it)", selector):
            break
    else:
        raise AssertionError(f"no way by keyboard to {selector}")
    assert page.evaluate("""(() => {
        const it = document.activeElement.closest('label') || document.activeElement;
        const { left, top, width, height } = it.getBoundingClientRect();
        const seen = document.elementFromPoint(left + width / 2, top + height / 2);
        return it.contains(seen) || it === seen;
    })()"""), f"{selector} is covered"


@pytest.mark.parametrize("length", ["quick", "full"])
def test_whole_report_goes_by_keyboard_alone(page: Page, site: str, length: str):
    page.goto(f"{site}/report/")
    typed = {
        "0": [("[name=length]", "Space"), *([("", "ArrowDown")] * (length == "full"))],
        "1": [("[name=danger]", "Space")],
        "2": [("[name=who]", "Space"), ("", "ArrowDown")],
        "4": [("#happening-wants_money", "Space")],
        "8": [("#accounts-0-handle", "bad_name")],
        "10": [("#story", LINE)],
    }
    while (step := shown_step(page)) != "send":
        for selector, keys in typed.get(step, []):
            if selector:
                reach(page, selector)
            if keys in {"Space", "ArrowDown"}:
                page.keyboard.press(keys)
            else:
                page.keyboard.type(keys)
        reach(page, ".onward")
        page.keyboard.press("Enter")
        assert shown_step(page) != step
    reach(page, ".answers div:nth-child(3) button")
    page.keyboard.press("Enter")
    expect_step(page, "2")
    reach(page, ".onward")
    page.keyboard.press("Enter")
    expect(page.locator(".answers")).to_contain_text("My child")
    reach(page, ".step[data-step=send] [type=submit]")
    page.keyboard.press("Enter")
    h1(page, "Your report is with us")
