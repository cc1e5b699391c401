"""An editor at work in Chromium: a change that readers see."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Site, SiteFolders, running_site
from tests.staff.signing_in import session_at

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff")]


@pytest.fixture(scope="module")
def running(new_site_folder: SiteFolders) -> Iterator[Site]:
    """A site of these tests' own, since they change its content."""
    with running_site(new_site_folder()) as site:
        yield site


@pytest.fixture(scope="module")
def site(running: Site) -> str:
    return running.address


@pytest.fixture(scope="module")
def session(running: Site) -> dict[str, Any]:
    """A publisher who is signed in."""
    return session_at(running.environment, "editor", "Publisher")


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What Chromium complains of, breaches of the policy included."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda m: found.append(m.text) if m.type in {"error", "warning"} else None)
    return found


@pytest.fixture
def staff(page: Page, site: str, session: Any) -> Page:
    page.context.add_cookies([{**session, "path": None, "url": f"{site}/staff/"}])
    page.goto(f"{site}/staff/")
    expect(page.get_by_role("heading", name="What would you like to change?")).to_be_visible()
    return page


def test_changed_number_reaches_readers(staff: Page, site: str, faults: list[str]):
    staff.goto(f"{site}/staff/campaign/service/?q=galop")
    staff.get_by_role("link", name="Galop").click()
    staff.get_by_label("Telephone").fill("0800 000 0000")
    staff.get_by_role("button", name="Save", exact=True).first.click()
    expect(staff.locator(".messagelist .success")).to_be_visible()

    staff.goto(f"{site}/support/")

    expect(staff.get_by_role("link", name="Call 0800 000 0000")).to_be_visible()
    assert faults == []


def test_words_typed_in_the_editor_reach_readers(staff: Page, site: str, faults: list[str]):
    staff.goto(f"{site}/staff/campaign/page/?q=students")
    staff.get_by_role("link", name="18 or over, at university or work").click()
    staff.locator(".inline-related.has_original a.inlinechangelink").first.click()
    editor = staff.locator(".ProseMirror").first
    editor.click()
    staff.keyboard.press("Control+End")
    staff.keyboard.type(" Ask for a quiet room.")
    staff.get_by_role("button", name="Save", exact=True).first.click()
    expect(staff.locator(".messagelist .success")).to_be_visible()
    staff.get_by_role("button", name="Publish", exact=True).click()
    staff.get_by_role("button", name="Publish", exact=True).click()
    expect(staff.get_by_text("Readers get it now.")).to_be_visible()

    staff.goto(f"{site}/students/")

    expect(staff.get_by_text("Ask for a quiet room.")).to_be_visible()
    assert faults == []


def test_staff_cookies_stay_on_staff_pages(staff: Page, site: str):
    assert {cookie["path"] for cookie in staff.context.cookies()} == {"/staff/"}

    response = staff.goto(f"{site}/help-now/")

    assert response is not None
    assert "cookie" not in response.request.all_headers()


def test_view_on_site_leads_to_the_page(staff: Page, site: str):
    staff.goto(f"{site}/staff/campaign/page/?q=help-now")
    staff.get_by_role("link", name="What to do right now").click()

    staff.get_by_role("link", name="View on site").click()

    expect(staff).to_have_url(re.compile(r"/help-now/$"))
