"""Every state that in-site navigation can show: rules of accessibility, keyboard, widths."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import AXE_RULES, KEYBOARD_STOPS
from tests.browser.visiting import follow

pytestmark = pytest.mark.browser


def swapped(page: Page) -> None:
    follow(page, "/support/")
    expect(page.get_by_role("button", name="Back")).to_be_visible()
    expect(page.locator(".visit-status")).to_have_text("")


def loading(page: Page) -> None:
    page.route("**/support/", lambda route: None)
    follow(page, "/support/")
    expect(page.get_by_text("Loading…")).to_be_visible()


def failed(page: Page) -> None:
    page.context.set_offline(True)
    follow(page, "/support/")
    expect(page.get_by_text("That did not work.")).to_be_visible()


def writing(page: Page) -> None:
    follow(page, "/feedback/")
    page.get_by_role("textbox").fill("Bigger text, please")


def faulty(page: Page) -> None:
    follow(page, "/feedback/")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_focused()


def shared_by_hand(page: Page) -> None:
    follow(page, "/friends/")
    # The page before has a button of that name too.
    expect(page.get_by_role("heading", name="How to help a friend")).to_be_visible()
    page.evaluate("""delete Navigator.prototype.share,
        Clipboard.prototype.writeText = async () => { throw new Error('refused'); }, true""")
    page.get_by_role("button", name="Share this page").click()
    expect(page.get_by_text("Copy this address:")).to_be_visible()


def practised(page: Page) -> None:
    follow(page, "/hide-your-visit/")
    page.get_by_role("button", name="Practise leaving").click()
    expect(page.get_by_text("That is how it looks.")).to_be_visible()


def accepted(page: Page) -> None:
    page.get_by_role("button", name="Accept additional cookies").click()
    expect(page.get_by_text("You've accepted additional cookies.")).to_be_visible()


def not_saved(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_role("button", name="Reject additional cookies").click()
    expect(page.get_by_text("Sorry, there was a technical problem.")).to_be_visible()


def choosing(page: Page) -> None:
    follow(page, "/cookies/")
    expect(page.get_by_role("heading", level=1, name="Cookies on this site")).to_be_visible()
    for radio in page.get_by_role("radio", name="No", exact=True).all():
        radio.check()
    page.get_by_role("button", name="Save cookie settings").click()
    expect(page.get_by_text("Your cookie settings are saved.")).to_be_visible()


STATES = [
    swapped,
    loading,
    failed,
    writing,
    faulty,
    shared_by_hand,
    practised,
    accepted,
    not_saved,
    choosing,
]


@pytest.fixture(params=[(320, 640), (1280, 800), (320, 256)], ids=str)
def home(request: pytest.FixtureRequest, browser: Browser, site: str):
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=width == 320,
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(f"{site}/")
    yield page
    context.close()


@pytest.mark.parametrize("state", STATES)
def test_state_has_no_accessibility_fault_and_needs_no_sideways_scrolling(
    home: Page, state: Callable[[Page], None]
):
    state(home)

    for scheme in ("light", "dark"):
        home.emulate_media(color_scheme=scheme)
        results = Axe().run(home, options=AXE_RULES)
        assert results.violations_count == 0, f"{scheme}: {results.generate_report()}"
    assert home.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("state", [swapped, faulty, accepted, choosing])
def test_keyboard_reaches_everything_after_a_swap_and_nothing_hides_the_focus(
    home: Page, state: Callable[[Page], None]
):
    state(home)
    home.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    home.locator(".skip").focus()
    expected = home.evaluate(KEYBOARD_STOPS)

    hidden = []
    for _ in range(expected - 1):
        home.keyboard.press("Tab")
        hidden += home.evaluate("""() => {
            const it = document.activeElement, box = it.getClientRects()[0];
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            const seen = it.contains(top) || (top !== null && top.contains(it));
            return seen ? [] : [it.textContent.trim()];
        }""")

    assert hidden == []


@pytest.mark.parametrize("state", STATES)
def test_way_out_is_on_the_screen_and_large_in_every_state(
    home: Page, state: Callable[[Page], None]
):
    state(home)

    control = home.get_by_role("link", name="Leave this site").bounding_box()
    size = home.viewport_size

    assert control is not None
    assert size is not None
    assert control["height"] >= 44
    assert 0 <= control["y"] <= size["height"] - control["height"]
    middle = (control["x"] + control["width"] / 2, control["y"] + control["height"] / 2)
    at = "([x, y]) => document.elementFromPoint(x, y).className"
    assert home.evaluate(at, list(middle)) == "leave-control"


def test_control_stands_at_the_top_while_the_keyboard_is_open(browser: Browser, site: str):
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{site}/feedback/")
    bar = page.locator(".leave")
    below = bar.bounding_box()

    page.get_by_role("textbox").tap()
    above = bar.bounding_box()
    field = page.get_by_role("textbox").bounding_box()

    assert below is not None
    assert above is not None
    assert field is not None
    assert below["y"] + below["height"] == 640
    assert above["y"] == 0
    assert field["y"] >= above["height"]
    context.close()
