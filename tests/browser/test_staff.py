"""An editor at work in Chromium: a change that readers see."""

import re
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from campaign.frame import FRESH_SECONDS
from tests.addresses import PAGES
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


def body_of(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read().decode()


def with_number(site: str, number: str) -> set[str]:
    """The pages on which readers find it."""
    return {path for path in PAGES if number in body_of(f"{site}{path}")}


def open_service(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/staff/campaign/service/?q={name}")
    page.get_by_role("link", name=name, exact=True).click()


def save(page: Page, changes: dict[str, str]) -> None:
    for label, words in changes.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_changed_number_is_within_a_second_on_every_page_that_shows_it(
    staff: Page, site: str, faults: list[str]
):
    old, new = "0800 1111", "0800 000 0000"
    showed_it = with_number(site, old)
    open_service(staff, site, "Childline")
    appears_on = staff.locator(".field-appears_on").inner_text()

    save(staff, {"Telephone": new})

    saved = time.monotonic()
    for path in showed_it:
        asked = time.monotonic()
        while new not in (words := body_of(f"{site}{path}")):
            assert asked < saved + FRESH_SECONDS  # whoever asks later gets the new number
            asked = time.monotonic()
        assert old not in words
    assert with_number(site, old) == set()
    assert len(showed_it) > 20
    assert "At the top of every page." in appears_on
    assert "Talk to someone" in appears_on
    staff.goto(f"{site}/support/")
    expect(staff.get_by_role("link", name=f"Call {new}")).to_be_visible()
    assert faults == []


def test_shared_row_is_compared_and_restored(staff: Page, site: str, faults: list[str]):
    open_service(staff, site, "Galop")
    old = staff.get_by_label("Telephone").input_value()
    save(staff, {"Telephone": "0800 111 2222", "Why (a note for the history)": "They wrote"})
    open_service(staff, site, "Galop")

    staff.get_by_role("link", name="History").click()
    expect(staff.locator(".differences del")).to_contain_text(old.split()[-1])
    expect(staff.locator("table")).to_contain_text("They wrote")
    staff.locator("input[name=before]").last.check()
    staff.get_by_role("button", name="Compare the two").click()
    staff.get_by_role("button", name="Restore it").click()

    expect(staff.locator(".messagelist")).to_contain_text("It is restored, and live.")
    assert "/support/" in with_number(site, old)
    assert with_number(site, "0800 111 2222") == set()
    assert faults == []


def test_deleted_row_is_brought_back(staff: Page, site: str, faults: list[str]):
    open_service(staff, site, "Shore")
    staff.get_by_role("link", name="Delete").click()
    staff.get_by_label("Why").fill("By mistake")
    staff.get_by_role("button", name="Delete it").click()
    expect(staff.locator(".messagelist")).to_contain_text("was deleted")

    staff.get_by_role("link", name="Deleted").click()
    staff.get_by_role("button", name="Bring it back Shore").click()

    expect(staff.get_by_role("textbox", name="Name:")).to_have_value("Shore")
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


def test_link_to_a_rich_text_that_is_wrong_leads_into_its_editor(
    staff: Page, site: str, faults: list[str]
):
    staff.goto(f"{site}/staff/campaign/page/?q=help-now")
    staff.get_by_role("link", name="What to do right now").click()
    staff.get_by_role("button", name="Open all").click()
    editor = staff.locator(".inline-related.has_original .ProseMirror").first
    editor.click()
    staff.keyboard.type(" [[service:no-such-service]]")
    staff.get_by_role("button", name="Save draft", exact=True).click()
    expect(staff.locator(".error-summary")).to_be_focused()
    staff.locator(".part-toggle").first.click()

    staff.locator(".error-summary a").first.click()

    expect(editor).to_be_focused()
    expect(editor).to_be_in_viewport()
    assert faults == []


def test_link_is_shown_and_copied_whole(staff: Page, site: str, faults: list[str]):
    staff.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    staff.set_viewport_size({"width": 320, "height": 640})
    staff.goto(f"{site}/staff/campaign/page/?q=help-now")
    staff.get_by_role("link", name="What to do right now").click()
    staff.get_by_role("button", name="Preview").click()
    link = staff.get_by_label("The link")

    staff.get_by_role("button", name="Copy the link").click()

    expect(staff.get_by_role("status")).to_have_text("Copied")
    assert staff.evaluate("navigator.clipboard.readText()") == link.input_value()
    assert link.evaluate("field => field.scrollHeight <= field.clientHeight + 1")
    assert faults == []


def test_main_buttons_of_a_form_stand_in_one_row_on_a_narrow_phone(staff: Page, site: str):
    staff.set_viewport_size({"width": 320, "height": 640})
    for path in ("page/?q=help-now", "service/?q=Childline"):
        staff.goto(f"{site}/staff/campaign/{path}")
        staff.locator("#result_list tbody th a").first.click()
        row = staff.locator(".submit-main")
        expect(row).to_be_visible()
        assert row.evaluate("row => new Set([...row.children].map(b => b.offsetTop)).size") == 1


def test_list_is_scrolled_by_the_keyboard(staff: Page, site: str):
    staff.set_viewport_size({"width": 320, "height": 640})
    staff.goto(f"{site}/staff/campaign/page/")
    box = staff.get_by_role("region", name="List")

    box.focus()
    staff.keyboard.press("ArrowRight")

    staff.wait_for_function("document.querySelector('.results').scrollLeft > 0")


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


def test_words_that_nobody_has_saved_are_not_left_without_a_question(staff: Page, site: str):
    staff.goto(f"{site}/staff/campaign/page/?q=students")
    staff.get_by_role("link", name="18 or over, at university or work").click()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    staff.on("dialog", stay)
    title = staff.locator("#id_title")
    title.press_sequentially(" more")
    staff.get_by_role("link", name="History").click()

    assert asked == ["beforeunload"]
    expect(title).to_have_value(re.compile(" more"))

    staff.get_by_role("button", name="Save draft").click()
    expect(staff.locator(".messagelist .success")).to_be_visible()
    staff.get_by_role("link", name="History").click()
    expect(staff).to_have_url(re.compile("/history/"))
    assert asked == ["beforeunload"]
