"""Leaving when the other scripts have failed, and when there is no script at all."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.addresses import OTHER_SCREENS, PAGES
from tests.browser.test_leave import WEATHER

pytestmark = pytest.mark.browser

SCRIPT = re.compile(r"(<script>)(.*?)(</script>)", re.S)


@pytest.fixture
def broken(page: Page, site: str) -> Page:
    """A page on which every script but leaving has been changed, and so is refused by policy."""

    def spoil(route: Route) -> None:
        if route.request.resource_type != "document":
            return route.continue_()
        response = route.fetch(max_redirects=0)
        scripts = iter(range(99))
        text = SCRIPT.sub(
            lambda found: found[0] if next(scripts) == 0 else f"{found[1]}(;{found[3]}",
            response.text(),
        )
        route.fulfill(response=response, body=text)

    page.route(lambda url: url.startswith(site), spoil)
    return page


@pytest.mark.parametrize("address", [*PAGES, *OTHER_SCREENS])
def test_escape_leaves_when_every_other_script_has_failed(broken: Page, site: str, address: str):
    broken.goto(site + address)
    assert broken.evaluate("document.documentElement.className") == ""

    broken.keyboard.press("Escape")

    expect(broken).to_have_url(WEATHER)


def test_control_leaves_and_links_lead_on_when_every_other_script_has_failed(
    broken: Page, site: str
):
    broken.goto(f"{site}/")
    broken.locator('.site-footer nav a[href="/friends/"]').click()
    expect(broken).to_have_url(f"{site}/friends/")

    broken.get_by_role("link", name="Leave this site").click()

    expect(broken).to_have_url(WEATHER)
    # The first page is an entry of its own without in-site navigation: the guard knows it.
    broken.go_back()
    expect(broken).to_have_url(WEATHER)


def test_form_is_sent_when_every_other_script_has_failed(broken: Page, site: str):
    broken.goto(f"{site}/feedback/")
    broken.get_by_role("textbox").fill("Bigger text, please")
    broken.get_by_role("button", name="Send").click()
    expect(broken.get_by_role("heading", name="Thank you")).to_be_visible()


@pytest.fixture
def scriptless(browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", [*PAGES, *OTHER_SCREENS])
def test_without_script_every_screen_says_to_close_the_tab(
    scriptless: Page, site: str, address: str
):
    scriptless.goto(site + address)

    expect(scriptless.get_by_text("Leave, then close the tab")).to_be_visible()
    expect(scriptless.get_by_text("Quickly exit this site by pressing")).to_be_hidden()
    expect(scriptless.get_by_role("button", name="Back")).to_be_hidden()
    expect(scriptless.get_by_role("button", name="Share this page")).to_be_hidden()


def test_without_script_a_visit_reads_sends_and_leaves(scriptless: Page, site: str):
    scriptless.goto(f"{site}/")
    scriptless.locator('.site-footer nav a[href="/feedback/"]').click()
    scriptless.get_by_role("textbox").fill("Bigger text, please")
    scriptless.get_by_role("button", name="Send").click()
    expect(scriptless.get_by_role("heading", name="Thank you")).to_be_visible()

    scriptless.get_by_role("link", name="Leave this site").click()

    expect(scriptless).to_have_url(WEATHER)
