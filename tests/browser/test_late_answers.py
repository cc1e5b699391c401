"""An answer that comes late sets no cookie that the reader has done with by then."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.neutral_site import NeutralSite
from tests.browser.patience import LIMIT_SECONDS, eventually
from tests.browser.rigged_site import Rig, RiggedSite
from tests.browser.test_cookies import ACCEPT, NO, REJECT, banner, choose, kept, press, said
from tests.browser.visiting import follow, h1

pytestmark = pytest.mark.browser


@pytest.fixture
def rigged(site: str) -> Iterator[RiggedSite]:
    with RiggedSite(site).running() as running:
        yield running


@pytest.fixture
def destination_that_hangs(neutral_site: NeutralSite) -> Iterator[None]:
    """Then the page is still there, covered, when the late answer comes."""
    neutral_site.reset()
    neutral_site.hangs = True
    yield
    neutral_site.reset()


def pass_on_what_is_late(page: Page, rigged: RiggedSite) -> None:
    """Lets the answer go, and waits until the browser has had time to take it: later requests to
    the same server are answered."""
    rigged.release.set()
    for _ in range(3):
        page.evaluate("fetch('/robots.txt').then((answer) => answer.text())")


@pytest.mark.usefixtures("destination_that_hangs")
@pytest.mark.parametrize("path", ["/cookies/", "/visits/"])
def test_answer_that_comes_after_leaving_sets_nothing(page: Page, rigged: RiggedSite, path: str):
    rigged.rig(Rig(late=path))
    page.goto(f"{rigged.address}/")
    press(page, ACCEPT)
    assert rigged.is_late.wait(LIMIT_SECONDS)
    # One that no script can take away: it goes when the answer to the beacon clears the browser.
    marker = {"name": "marker", "value": "1", "url": rigged.address, "httpOnly": True}
    page.context.add_cookies([marker])  # type: ignore[list-item]  # a dictionary of that shape

    page.keyboard.press("Escape")

    eventually(lambda: kept(page.context) == {}, "all cleared")
    rigged.release.set()
    expect(page).to_have_url("about:blank")
    assert kept(page.context) == {}


def test_withdrawal_is_not_undone_by_a_count_that_was_under_way(page: Page, rigged: RiggedSite):
    rigged.rig(Rig(late="/visits/"))
    page.goto(f"{rigged.address}/")
    press(page, ACCEPT)
    assert rigged.is_late.wait(LIMIT_SECONDS)
    follow(page, "/cookies/")
    h1(page, "Cookies on this site")
    choose(page, "No", "No")
    press(page, "Save cookie settings")
    said(page, "Your cookie settings are saved.")

    pass_on_what_is_late(page, rigged)

    assert kept(page.context) == {"consent": NO}


def test_last_press_wins_in_whichever_tab(page: Page, rigged: RiggedSite):
    rigged.rig(Rig(late="/cookies/"))
    page.goto(f"{rigged.address}/")
    other = page.context.new_page()
    other.goto(f"{rigged.address}/friends/")
    press(page, ACCEPT)
    assert rigged.is_late.wait(LIMIT_SECONDS)
    press(other, REJECT)
    said(other, "You've rejected")

    pass_on_what_is_late(page, rigged)

    assert kept(page.context) == {"consent": NO}
    expect(banner(page)).to_be_hidden()


def test_key_that_follows_escape_answers_nothing(
    page: Page, rigged: RiggedSite, destination_that_hangs: None
):
    rigged.rig(Rig())
    page.goto(f"{rigged.address}/")
    page.get_by_role("button", name=ACCEPT).focus()

    page.keyboard.press("Escape")
    page.keyboard.press("Enter")

    expect(page).to_have_url("about:blank")
    assert kept(page.context) == {}


def test_answer_that_comes_while_the_reader_writes_leaves_the_focus_there(
    page: Page, rigged: RiggedSite
):
    rigged.rig(Rig(late="/cookies/"))
    page.goto(f"{rigged.address}/feedback/")
    press(page, REJECT)
    assert rigged.is_late.wait(LIMIT_SECONDS)
    page.get_by_role("textbox").click()
    page.keyboard.type("Bigger ")
    rigged.release.set()
    said(page, "You've rejected")

    page.keyboard.type("text, please")

    expect(page.get_by_role("textbox")).to_have_value("Bigger text, please")


def test_answer_that_comes_on_the_next_page_is_said_there(page: Page, rigged: RiggedSite):
    rigged.rig(Rig(late="/cookies/"))
    page.goto(f"{rigged.address}/")
    press(page, REJECT)
    assert rigged.is_late.wait(LIMIT_SECONDS)
    expect(page.get_by_text("Saving…")).to_be_visible()
    follow(page, "/friends/")
    h1(page, "How to help a friend")

    rigged.release.set()

    said(page, "You've rejected")


def test_last_press_wins(page: Page, rigged: RiggedSite):
    rigged.rig(Rig(late="/cookies/"))
    page.goto(f"{rigged.address}/")
    press(page, ACCEPT)
    assert rigged.is_late.wait(LIMIT_SECONDS)
    press(page, REJECT)
    said(page, "You've rejected")

    pass_on_what_is_late(page, rigged)

    said(page, "You've rejected")
    assert kept(page.context) == {"consent": NO}
