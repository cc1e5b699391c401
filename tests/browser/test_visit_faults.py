"""One entry for the visit, on slow and broken networks: what a reader sees, and keeps."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.visiting import follow, h1, of_the_site

pytestmark = pytest.mark.browser


def test_slow_network_gets_a_sign_of_progress(home: Page):
    waiting: list[Route] = []
    home.route("**/friends/", lambda route: waiting.append(route))
    follow(home, "/friends/")

    expect(home.get_by_text("Loading…")).to_be_visible()
    waiting[0].continue_()

    h1(home, "How to help a friend")
    expect(home.get_by_text("Loading…")).to_be_hidden()


def test_later_click_wins_over_one_that_is_still_loading(home: Page):
    waiting: list[Route] = []
    home.route("**/friends/", lambda route: waiting.append(route))
    follow(home, "/friends/")
    expect(home.get_by_text("Loading…")).to_be_visible()

    follow(home, "/warning-signs/")
    h1(home, "Warning signs")
    waiting[0].continue_()
    home.wait_for_load_state("networkidle")

    h1(home, "Warning signs")


def broken(route: Route) -> None:
    if route.request.resource_type == "fetch":
        route.abort()
    else:
        route.continue_()


def no_page(route: Route) -> None:
    if route.request.resource_type == "fetch":
        route.fulfill(body="{}", content_type="application/json")
    else:
        route.continue_()


def test_what_is_no_page_the_browser_loads_without_an_entry_more(home: Page, site: str):
    home.route("**/friends/", no_page)

    follow(home, "/friends/")

    expect(home).to_have_url(f"{site}/friends/")
    h1(home, "How to help a friend")
    assert of_the_site(home, site) == ["/friends/"]


def test_page_stays_where_no_answer_comes_and_a_second_press_goes_by_the_browser(
    home: Page, site: str
):
    """A browser's own page of errors has no way out; but some browsers may refuse only scripts."""
    home.route("**/friends/", broken)

    follow(home, "/friends/")

    expect(home.locator(".visit-status")).to_contain_text("That did not work")
    h1(home, re.compile("not alone"))
    follow(home, "/friends/")
    expect(home).to_have_url(f"{site}/friends/")
    h1(home, "How to help a friend")
    assert of_the_site(home, site) == ["/friends/"]


def test_without_a_network_the_page_stays_and_says_so(home: Page):
    home.context.set_offline(True)

    follow(home, "/friends/")

    expect(home.locator(".visit-status")).to_contain_text("That did not work")
    h1(home, re.compile("not alone"))
    home.context.set_offline(False)
    follow(home, "/friends/")
    h1(home, "How to help a friend")


def test_form_that_cannot_be_sent_keeps_its_words_and_says_so(home: Page):
    follow(home, "/feedback/")
    home.get_by_role("textbox").fill("Bigger text, please")
    home.route("**/feedback/", lambda route: route.abort())

    home.get_by_role("button", name="Send").click()

    expect(home.locator(".visit-status")).to_contain_text("Nothing is lost")
    expect(home.get_by_role("textbox")).to_have_value("Bigger text, please")
    home.unroute("**/feedback/")
    home.get_by_role("button", name="Send").click()
    h1(home, "Thank you")


def test_form_that_the_server_fails_keeps_its_words(home: Page):
    follow(home, "/feedback/")
    home.get_by_role("textbox").fill("Bigger text, please")
    page = home.content()
    home.route("**/feedback/", lambda route: route.fulfill(status=500, body=page))

    home.get_by_role("button", name="Send").click()

    expect(home.locator(".visit-status")).to_contain_text("Nothing is lost")
    expect(home.get_by_role("textbox")).to_have_value("Bigger text, please")


def test_link_may_be_followed_while_a_form_waits_for_its_answer(home: Page):
    follow(home, "/feedback/")
    home.get_by_role("textbox").fill("Bigger text, please")
    home.route("**/feedback/", lambda route: None)
    home.get_by_role("button", name="Send").click()
    expect(home.get_by_text("Loading…")).to_be_visible()

    follow(home, "/warning-signs/")

    h1(home, "Warning signs")


def test_sign_of_progress_goes_with_what_it_was_for(home: Page):
    home.route("**/friends/", lambda route: None)
    home.evaluate("""['/friends/', '/warning-signs/'].forEach((address) =>
        document.querySelector(`.site-footer nav a[href="${address}"]`).click()), true""")

    h1(home, "Warning signs")
    expect(home.locator(".visit-status")).to_have_text("")


def test_form_that_is_pressed_twice_is_sent_once(home: Page):
    sent: list[Route] = []
    follow(home, "/feedback/")
    home.get_by_role("textbox").fill("Bigger text, please")
    home.route("**/feedback/", lambda route: sent.append(route))

    home.get_by_role("button", name="Send").click()
    home.get_by_role("button", name="Send").click()
    expect(home.get_by_text("Loading…")).to_be_visible()
    sent[0].continue_()

    h1(home, "Thank you")
    assert len(sent) == 1
