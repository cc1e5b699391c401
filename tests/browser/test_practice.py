"""Practising to leave on the page about hiding a visit."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_leave import WEATHER

pytestmark = pytest.mark.browser

COVERED = "!document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('body')"


@pytest.fixture
def practising(page: Page, site: str) -> Page:
    page.goto(f"{site}/hide-your-visit/")
    page.clock.install()
    page.get_by_role("button", name="Practise leaving").click()
    return page


def test_practice_hides_the_page_as_leaving_does_and_brings_it_back(practising: Page, site: str):
    assert practising.evaluate(COVERED)
    assert "neutral.localhost" in practising.title()

    practising.clock.run_for(3000)

    assert not practising.evaluate(COVERED)
    expect(practising).to_have_title("Help with online blackmail")
    expect(practising.get_by_text("That is how it looks.")).to_be_visible()
    assert practising.url == f"{site}/hide-your-visit/"


def test_real_key_leaves_during_the_practice(practising: Page):
    practising.keyboard.press("Escape")

    expect(practising).to_have_url(WEATHER)


def test_tap_on_the_cover_leaves_during_the_practice(practising: Page):
    """It lies over the control, and a phone has no key."""
    practising.mouse.click(200, 200)

    expect(practising).to_have_url(WEATHER)


def test_practice_works_on_a_page_that_was_swapped_in(page: Page, site: str):
    page.goto(f"{site}/")
    page.locator('.site-footer nav a[href="/hide-your-visit/"]').click()

    page.get_by_role("button", name="Practise leaving").click()

    assert page.evaluate(COVERED)


def test_without_script_the_page_says_why_there_is_no_practice(browser: Browser, site: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/hide-your-visit/")

    expect(page.get_by_text("Practice needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Practise leaving")).to_be_hidden()
    context.close()
