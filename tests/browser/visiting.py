"""What the tests of a visit do on a page, and ask of it."""

import re

from playwright.sync_api import Page, expect


def h1(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1, name=words)).to_be_visible()


def follow(page: Page, address: str) -> None:
    page.locator(f'.site-footer nav a[href="{address}"]').click()


def entries(page: Page) -> list[str]:
    session = page.context.new_cdp_session(page)
    return [entry["url"] for entry in session.send("Page.getNavigationHistory")["entries"]]


def of_the_site(page: Page, site: str) -> list[str]:
    return [url.removeprefix(site) for url in entries(page) if url.startswith(site)]
