"""One entry for the visit: what a reader sees and hears when a page takes another's place."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_leave import WEATHER
from tests.browser.visiting import follow, h1, of_the_site

pytestmark = pytest.mark.browser


def test_link_shows_its_page_and_leaves_the_address_as_it_is(home: Page, site: str):
    follow(home, "/warning-signs/")

    h1(home, "Warning signs")
    assert home.url == f"{site}/"
    assert of_the_site(home, site) == ["/"]
    assert home.evaluate("scrollY") == 0
    assert home.evaluate("document.activeElement.textContent") == "Warning signs"


def test_title_is_said_once_and_the_line_is_empty_again(home: Page):
    line = home.locator(".visit-status")
    home.evaluate("""window.said = []; new MutationObserver(() => said.push(
        document.querySelector('.visit-status').textContent
    )).observe(document.querySelector('.visit-status'), {childList: true})""")

    follow(home, "/warning-signs/")
    h1(home, "Warning signs")
    expect(line).to_have_text("")

    said = [words for words in home.evaluate("said") if words and words != "Loading…"]
    assert said == ["Warning signs | Help with online blackmail"]


def test_tab_s_name_is_the_site_s_alone_whatever_is_read(home: Page):
    expect(home).to_have_title("Help with online blackmail")

    follow(home, "/already-paid/")
    h1(home, re.compile("."))
    expect(home.locator(".visit-status")).to_have_text("")

    expect(home).to_have_title("Help with online blackmail")


def test_page_that_shows_its_address_has_it_and_adds_no_entry(home: Page, site: str):
    follow(home, "/parents/")

    expect(home).to_have_url(f"{site}/parents/")
    assert of_the_site(home, site) == ["/parents/"]
    follow(home, "/help-now/")
    h1(home, "What to do right now")
    assert of_the_site(home, site) == ["/parents/"]


def test_back_on_the_page_walks_to_the_page_before_and_its_link(home: Page, site: str):
    back = home.get_by_role("button", name="Back")
    expect(back).to_be_hidden()
    home.locator('main a[href="/tell-someone/"]').first.click()
    h1(home, "How to tell someone")
    follow(home, "/parents/")
    expect(home).to_have_url(f"{site}/parents/")

    back.click()
    h1(home, "How to tell someone")
    back.click()
    h1(home, re.compile("not alone"))

    expect(back).to_be_hidden()
    assert home.evaluate("document.activeElement.getAttribute('href')") == "/tell-someone/"


def test_reload_shows_the_page_that_was_read(home: Page, site: str):
    follow(home, "/warning-signs/")
    h1(home, "Warning signs")

    home.reload()

    h1(home, "Warning signs")
    assert home.url == f"{site}/"
    home.get_by_role("button", name="Back").click()
    h1(home, re.compile("not alone"))


def test_page_of_the_address_is_not_seen_while_the_one_that_was_read_comes_back(
    home: Page, site: str
):
    follow(home, "/warning-signs/")
    h1(home, "Warning signs")
    waiting: list[Route] = []
    home.route(
        "**/warning-signs/",
        lambda route: waiting.append(route) if route.request.resource_type == "fetch" else None,
    )

    home.reload()

    expect(home.locator("h1")).to_be_hidden()
    expect(home.get_by_role("link", name="Leave this site")).to_be_visible()
    waiting[0].continue_()
    h1(home, "Warning signs")


@pytest.mark.parametrize("modifier", ["Control", "Shift"])
def test_click_with_a_key_held_opens_the_true_address_elsewhere(
    home: Page, site: str, modifier: str
):
    with home.context.expect_page() as opened:
        home.locator('.site-footer nav a[href="/friends/"]').click(modifiers=[modifier])  # type: ignore[list-item]  # one of its own words

    assert opened.value.url == f"{site}/friends/"
    h1(home, re.compile("not alone"))
    opened.value.close()


def test_hash_link_goes_to_its_place_and_adds_no_entry(home: Page, site: str):
    follow(home, "/warning-signs/")
    h1(home, "Warning signs")

    home.locator(".skip").focus()
    home.keyboard.press("Enter")

    assert home.evaluate("document.activeElement.id") == "main"
    assert home.url == f"{site}/"
    home.keyboard.press("Tab")
    assert home.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_page_is_asked_for_when_the_finger_comes_down(home: Page):
    asked: list[str] = []
    home.on("request", lambda request: asked.append(request.url))
    link = home.locator('.site-footer nav a[href="/friends/"]')
    link.scroll_into_view_if_needed()
    link.hover()

    with home.expect_request("**/friends/"):
        home.mouse.down()
    home.mouse.up()

    h1(home, "How to help a friend")
    assert len(asked) == 1


def test_form_that_lacks_something_keeps_its_words_and_leads_to_the_fault(home: Page, site: str):
    follow(home, "/feedback/")
    h1(home, re.compile("what you think"))

    home.get_by_role("button", name="Send").click()

    summary = home.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(home.get_by_role("textbox")).to_be_focused()
    assert of_the_site(home, site) == ["/"]


def test_form_that_is_sent_shows_its_answer_and_adds_no_entry(home: Page, site: str):
    follow(home, "/feedback/")
    home.get_by_role("textbox").fill("Bigger text, please")

    home.get_by_role("button", name="Send").click()

    h1(home, "Thank you")
    assert of_the_site(home, site) == ["/"]


def test_address_that_is_not_there_gets_the_helpful_page(home: Page, site: str):
    home.evaluate("document.querySelector('main a').setAttribute('href', '/no-such-page/')")

    home.locator("main a").first.click()

    h1(home, "This page is not here")
    assert home.url == f"{site}/"


def test_name_given_to_the_window_elsewhere_leads_nowhere_else(page: Page, site: str):
    page.add_init_script("name = 'trail:' + btoa('.evil.example/ /warning-signs/')")
    page.goto(f"{site}/")
    h1(page, "Warning signs")

    expect(page.get_by_role("button", name="Back")).to_be_hidden()


def test_what_a_swap_shows_a_screen_reader_equals_what_a_load_shows(browser: Browser, site: str):
    context = browser.new_context()
    loaded, swapped = context.new_page(), context.new_page()
    swapped.goto(f"{site}/")
    for address in ("/help-now/", "/warning-signs/", "/feedback/", "/tell-someone/"):
        loaded.goto(site + address)
        follow(swapped, address)
        expect(swapped.locator("h1")).to_have_text(loaded.locator("h1").inner_text())
        expect(swapped.locator(".visit-status")).to_have_text("")

        assert heard(swapped) == heard(loaded)
    context.close()


def test_close_request_of_the_browser_walks_the_trail(page: Page, site: str):
    """On a phone it is the back gesture; here the Escape key, once leaving does not take it."""
    page.add_init_script("""const listen = window.addEventListener;
        window.addEventListener = function (kind, ...rest) {
            if (kind !== 'keydown') listen.call(window, kind, ...rest);
        };""")
    page.goto(f"{site}/")
    for address, heading in (
        ("/friends/", "How to help a friend"),
        ("/support/", "Talk to someone"),
    ):
        follow(page, address)
        h1(page, re.compile(heading))

    page.keyboard.press("Escape")
    h1(page, "How to help a friend")
    page.keyboard.press("Escape")
    h1(page, re.compile("not alone"))

    expect(page.get_by_role("button", name="Back")).to_be_hidden()
    assert of_the_site(page, site) == ["/"]


def test_close_requests_walk_on_after_a_reload(page: Page, site: str):
    page.add_init_script("""window.watchers = [];
        window.CloseWatcher = class { constructor() { watchers.push(this); } destroy() {} };""")
    page.goto(f"{site}/")
    for address, heading in (("/friends/", "How to help"), ("/support/", "Talk to someone")):
        follow(page, address)
        h1(page, re.compile(heading))
    page.reload()
    h1(page, re.compile("Talk to someone"))

    for heading in ("How to help", "not alone"):
        page.evaluate("watchers.at(-1).onclose(), true")
        h1(page, re.compile(heading))


def test_back_opens_the_box_that_holds_the_link(home: Page):
    follow(home, "/help-now/")
    h1(home, "What to do right now")
    box = home.locator("main details").first
    box.locator("summary").click()
    link = box.locator('a[href^="/"]').first
    address = link.get_attribute("href")
    link.click()
    expect(home.get_by_role("heading", level=1)).not_to_have_text("What to do right now")

    home.get_by_role("button", name="Back").click()

    h1(home, "What to do right now")
    assert home.evaluate("document.activeElement.getAttribute('href')") == address


def test_page_that_was_left_is_not_shown_by_back_and_forward(home: Page, site: str):
    """Where the destination is slow, and the reader presses Back at the empty cover."""
    home.route("**/weather", lambda route: None)
    home.goto("about:blank")
    home.goto(f"{site}/help-now/")
    session = home.context.new_cdp_session(home)
    history = session.send("Page.getNavigationHistory")
    home.keyboard.press("Escape")
    before = history["entries"][history["currentIndex"] - 1]
    session.send("Page.navigateToHistoryEntry", {"entryId": before["id"]})
    expect(home).to_have_url("about:blank")
    home.unroute("**/weather")

    this = history["entries"][history["currentIndex"]]
    session.send("Page.navigateToHistoryEntry", {"entryId": this["id"]})

    expect(home).to_have_url(WEATHER)


def test_call_sets_no_cookie(home: Page):
    home.evaluate("""document.addEventListener('click', (e) => e.preventDefault()),
        document.querySelector('a[href^="tel:"]').click(),
        dispatchEvent(new Event('beforeunload')), true""")

    assert home.context.cookies() == []


def heard(page: Page) -> list[tuple[str, str, list[object]]]:
    """Role, name and states of all that a screen reader is told, in order.

    Without the focus, which goes to the heading, the way back, which a first page lacks, and
    where its button makes the lines break.
    """
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    told = [
        (
            node["role"]["value"],
            node.get("name", {}).get("value", ""),
            [
                (state["name"], state["value"].get("value"))
                for state in node.get("properties", [])
                if state["name"] not in {"focused", "focusable", "url"}
            ],
        )
        for node in nodes
        if not node["ignored"] and node["role"]["value"] != "InlineTextBox"
    ]
    names = {name for _, name, _ in told}
    return [one for one in told if not ("Back" in names and one[1] == "Back")]
