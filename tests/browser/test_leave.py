"""Leaving in Chromium, with script and without."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

WEATHER = re.compile(r"http://neutral\.localhost:\d+/weather")


def test_escape_leaves_and_back_does_not_return_to_that_page(page: Page, site, neutral_site):
    page.goto("about:blank")
    page.goto(f"{site}/help-now/")

    page.keyboard.press("Escape")

    expect(page).to_have_url(WEATHER)
    expect(page).to_have_title("Weather")
    page.go_back()
    assert page.url == "about:blank"


def test_escape_leaves_from_a_form_field(page: Page, site, neutral_site):
    page.goto(f"{site}/feedback/")
    page.get_by_role("textbox").fill("half a sentence")

    page.keyboard.press("Escape")

    expect(page).to_have_url(WEATHER)


def test_control_leaves_on_a_phone(browser: Browser, site, neutral_site):
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True)
    page = context.new_page()
    page.goto(f"{site}/")

    page.get_by_role("link", name="Leave this site").tap()

    expect(page).to_have_url(WEATHER)
    context.close()


def test_control_leaves_without_script(browser: Browser, site, neutral_site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/")

    page.get_by_role("link", name="Leave this site").click()

    expect(page).to_have_url(WEATHER)
    context.close()


def test_destination_is_told_nothing(page: Page, site, neutral_site):
    neutral_site.referrers.clear()

    for leave in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.get_by_role("link", name="Leave this site").click(),
    ):
        page.goto(f"{site}/help-now/")
        leave()
        expect(page).to_have_url(WEATHER)

    assert neutral_site.referrers == [None, None]
