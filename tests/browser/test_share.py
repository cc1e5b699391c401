"""Sharing a page's true address, whatever the address bar shows."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def read_swapped_in(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    page.locator('.site-footer nav a[href="/friends/"]').click()
    expect(page.get_by_role("heading", level=1, name="How to help a friend")).to_be_visible()


def test_share_copies_the_address_of_the_page_that_is_read(browser: Browser, site: str):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script("delete Navigator.prototype.share")
    read_swapped_in(page, site)

    page.get_by_role("button", name="Share this page").click()

    expect(page.get_by_text("The address is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/friends/"
    context.close()


def test_share_sheet_gets_the_address_and_no_word_of_why(page: Page, site: str):
    # A machine without a screen has no share sheet; what is handed to it is noted instead.
    page.add_init_script("""window.shared = [];
        Navigator.prototype.share = async (what) => { shared.push(what); }""")
    read_swapped_in(page, site)

    page.get_by_role("button", name="Share this page").click()

    assert page.evaluate("shared") == [{"url": f"{site}/friends/"}]


def test_address_is_shown_where_the_browser_refuses_both(page: Page, site: str):
    page.add_init_script("""delete Navigator.prototype.share;
        Clipboard.prototype.writeText = async () => { throw new Error('refused'); }""")
    read_swapped_in(page, site)

    page.get_by_role("button", name="Share this page").click()

    expect(page.get_by_text(f"Copy this address: {site}/friends/")).to_be_visible()


def test_nothing_is_said_to_a_reader_who_closes_the_share_sheet(page: Page, site: str):
    page.add_init_script("""Navigator.prototype.share = async () => {
        throw new DOMException('closed', 'AbortError'); }""")
    read_swapped_in(page, site)

    page.get_by_role("button", name="Share this page").click()

    expect(page.locator(".share p")).to_have_text("")
