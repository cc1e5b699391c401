"""Every public screen in Chromium: one request, no fault, every width, every way of reading."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.addresses import OTHER_SCREENS, PAGES

pytestmark = pytest.mark.browser

SCREENS = [*PAGES, *OTHER_SCREENS]
OPEN_ALL = """document.querySelectorAll('details').forEach(box => {
    box.removeAttribute('name');
    box.open = true;
})"""
# How often Tab has to be pressed: radio buttons of one name are one stop.
KEYBOARD_STOPS = """() => {
    const all = [...document.querySelectorAll('a[href], button, input, textarea, summary')];
    const seen = all.filter((it) => it.checkVisibility());
    return new Set(seen.map((it) => it.type === 'radio' ? it.name : it)).size;
}"""
AXE_RULES = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
        ],
    }
}


@pytest.mark.parametrize("address", SCREENS)
def test_screen_is_one_request_without_fault_or_cookie(page: Page, site: str, address: str):
    requests: list[str] = []
    faults: list[str] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda e: requests.append(e["request"]["url"]))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type in {"error", "warning"} else None)

    page.goto(site + address, wait_until="networkidle")

    over_the_wire = [url for url in requests if not url.startswith("data:")]
    not_found = "Failed to load resource: the server responded with a status of 404 (Not Found)"
    assert over_the_wire == [site + address]
    assert [fault for fault in faults if fault != not_found] == []
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize("address", SCREENS)
def test_screen_has_no_accessibility_fault(browser: Browser, site: str, address: str):
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(site + address)
    page.evaluate(OPEN_ALL)

    for width, scheme in itertools.product([320, 1280], ["light", "dark"]):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page, options=AXE_RULES)
        assert results.violations_count == 0, f"{width}, {scheme}: {results.generate_report()}"

    context.close()


@pytest.mark.parametrize("address", SCREENS)
def test_screen_needs_no_sideways_scrolling_at_400_percent(
    browser: Browser, site: str, address: str
):
    # 1280 by 1024 pixels at 400 %.
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    page.goto(site + address)
    page.evaluate(OPEN_ALL)

    width = page.evaluate("document.documentElement.scrollWidth")
    control = page.locator(".leave-control").bounding_box()

    context.close()
    assert width <= 320
    assert control is not None
    assert control["height"] >= 44
    assert control["y"] + control["height"] <= 256


@pytest.mark.parametrize("address", SCREENS)
def test_screen_reads_whole_without_script(browser: Browser, site: str, address: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + address)

    for box in page.locator("details.age > summary").all():
        box.click()
        assert box.locator("xpath=..").locator(".part").first.is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator("button[data-copy]:visible").count() == 0

    context.close()


@pytest.mark.parametrize("address", SCREENS)
def test_keyboard_reaches_everything_and_nothing_hides_the_focus(
    browser: Browser, site: str, address: str
):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(site + address)
    page.evaluate(OPEN_ALL)
    expected = page.evaluate(KEYBOARD_STOPS)

    reached = []
    for _ in range(expected):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("""() => {
                const it = document.activeElement, box = it.getBoundingClientRect();
                const style = getComputedStyle(it);
                const x = box.x + box.width / 2, y = box.y + box.height / 2;
                const top = document.elementFromPoint(x, y);
                return {
                    name: it.textContent.trim() || it.id,
                    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                    seen: it.contains(top) || (top !== null && top.contains(it)),
                };
            }""")
        )

    context.close()
    assert [thing["name"] for thing in reached if not thing["outlined"]] == []
    assert [thing["name"] for thing in reached if not thing["seen"]] == []
    assert [reached[0]["name"], reached[1]["name"]] == [
        "Skip to the main part",
        "Leave this site",
    ]


def test_skip_link_leads_to_the_main_part(page: Page, site: str):
    page.goto(f"{site}/help-now/")
    page.keyboard.press("Tab")

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("address", ["/", "/help-now/", "/support/", "/tell-someone/"])
def test_forced_colours_keep_every_control_visible(browser: Browser, site: str, address: str):
    context = browser.new_context(forced_colors="active", viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(site + address)

    bare = page.evaluate("""() => [...document.querySelectorAll(
        '.leave-control, .contact a, .doors a, .site-header li a, .age, button:not([hidden])'
    )].filter(it => {
        const style = getComputedStyle(it);
        const lined = style.borderTopStyle !== 'none' && parseFloat(style.borderTopWidth) > 0;
        return !lined && !style.textDecorationLine.includes('underline');
    }).map(it => it.outerHTML)""")

    context.close()
    assert bare == []


def test_print_shows_both_ages_and_no_controls(page: Page, site: str):
    page.goto(f"{site}/help-now/")

    page.emulate_media(media="print")

    sections = page.locator(".age .part").all()
    heights = [(section.bounding_box() or {"height": 0})["height"] for section in sections]
    assert heights
    assert all(height > 20 for height in heights)
    for control in (".leave", ".site-header nav", ".site-footer nav"):
        assert not page.locator(control).is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator(".crisis").is_visible()


def test_one_tap_opens_the_part_for_ones_age_and_moves_nothing_under_the_finger(
    page: Page, site: str
):
    page.goto(f"{site}/help-now/")
    young, adult = page.locator("details.age").all()

    young.locator("summary").click()
    assert young.locator(".part").first.is_visible()
    adult.locator("summary").scroll_into_view_if_needed()
    before = adult.locator("summary").bounding_box()
    adult.locator("summary").click()
    after = adult.locator("summary").bounding_box()

    assert adult.locator(".part").first.is_visible()
    assert before is not None
    assert after is not None
    assert (after["x"], after["y"]) == (before["x"], before["y"])


def test_h1_and_first_words_are_on_a_small_phones_first_screen(browser: Browser, site: str):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for address in ("/", "/help-now/"):
        page.goto(site + address)
        words = page.locator("main p").first.bounding_box()
        bar = page.locator(".leave").bounding_box()
        assert words is not None
        assert bar is not None
        assert words["y"] + 30 <= bar["y"]
    context.close()


def test_error_is_seen_and_announced_at_once(browser: Browser, site: str):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{site}/feedback/")
    page.get_by_role("button", name="Send").click()

    summary = page.get_by_role("alert")

    expect(summary).to_be_focused()
    assert summary.evaluate("it => it.getBoundingClientRect().bottom <= innerHeight")
    context.close()


def test_message_is_copied_with_one_tap(browser: Browser, site: str):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/tell-someone/")
    words = page.locator("blockquote").first.inner_text().strip()

    page.get_by_role("button", name="Copy these words").first.click()

    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == words
    context.close()


def test_ticks_are_not_kept(page: Page, site: str):
    page.goto(f"{site}/keep-the-evidence/")
    page.get_by_role("checkbox").first.check()

    page.reload()

    assert not page.get_by_role("checkbox").first.is_checked()
