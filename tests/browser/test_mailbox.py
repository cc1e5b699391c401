"""The mailbox in Chromium: by keyboard, on every width, in every state, and gone after Escape."""

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.engines.chromium import Chromium
from tests.browser.left import shown_by_back_and_forward, wait_until_elsewhere
from tests.browser.mailbox import Known, on_the_officers_side, reply, send_report
from tests.browser.neutral_site import NeutralSite
from tests.browser.patience import eventually
from tests.browser.test_pages import AXE_RULES, KEYBOARD_STOPS
from tests.browser.traces import files_that_hold, history_rows
from tests.browser.visiting import h1, of_the_site
from tests.conftest import Site, SiteFolders, running_site

pytestmark = pytest.mark.browser

ADDRESS = "/report/code/"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
YOURS = re.compile("^Your report$")
ANSWER = "Thank you. Please do not pay, and keep the messages."


@pytest.fixture(scope="module")
def served(new_site_folder: SiteFolders, neutral_site: NeutralSite) -> Iterator[Site]:
    """A site of its own: these tests send to it."""
    with running_site(new_site_folder(), SAFE_EXIT_URL=neutral_site.url) as running:
        yield running


@pytest.fixture
def known(served: Site) -> Known:
    """A report of this test's own."""
    return send_report(served)


@pytest.fixture
def answered(served: Site, known: Known) -> Known:
    """The same, opened and answered by officers."""
    on_the_officers_side(
        served,
        known,
        "box.report.state = 'opened'",
        "box.report.save()",
        f"mailbox.reply(box, {ANSWER!r}, journey.read(''))",
    )
    return known


@pytest.fixture
def asked(page: Page, served: Site) -> Page:
    """The page that asks for the reference and the words."""
    page.goto(served.address + ADDRESS)
    return page


def fill(page: Page, known: Known) -> None:
    page.get_by_label("Your reference").fill(known.reference)
    page.get_by_label("Your six words").fill(known.code)


def opened(page: Page, known: Known) -> None:
    fill(page, known)
    page.get_by_role("button", name="Open").click()
    h1(page, YOURS)


# --- States ---


def asking(page: Page, known: Known) -> None:
    h1(page, "Open your report")


def faulty(page: Page, known: Known) -> None:
    page.get_by_label("Your reference").fill("NS-1234-5678")
    page.get_by_label("Your six words").fill("one two three")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_be_focused()


def refused(page: Page, known: Known) -> None:
    page.get_by_label("Your reference").fill(known.reference)
    page.get_by_label("Your six words").fill(" ".join(reversed(known.code.split())))
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("do not open a report")).to_be_visible()


def written(page: Page, known: Known) -> None:
    opened(page, known)
    page.get_by_label("Your message").fill("They wrote again.\n" + "x" * 200)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("We have your message.")).to_be_visible()


def empty(page: Page, known: Known) -> None:
    opened(page, known)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_focused()


def asking_once_more(page: Page, known: Known) -> None:
    opened(page, known)
    page.get_by_role("button", name="Ask us to delete my report").click()
    h1(page, "Ask us to delete your report")


def deletion_asked(page: Page, known: Known) -> None:
    asking_once_more(page, known)
    page.get_by_role("button", name="Yes, please delete it").click()
    expect(page.get_by_text("You asked us to delete your report.")).to_be_visible()


def failed(page: Page, known: Known) -> None:
    opened(page, known)
    page.get_by_label("Your message").fill("They wrote again")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="That has not reached us")).to_be_visible()


STATES = [
    asking,
    faulty,
    refused,
    opened,
    written,
    empty,
    asking_once_more,
    deletion_asked,
    failed,
]
Show = Callable[[Page, Known], None]
every_state = pytest.mark.parametrize("show", STATES, ids=lambda show: show.__name__)


@every_state
def test_state_has_no_accessibility_fault(asked: Page, known: Known, show: Show):
    """One page for all widths and colours: the tries at a code are numbered."""
    show(asked, known)
    expect(asked.locator(".visit-status")).to_have_text("")

    faults: list[str] = []
    for width, scheme in itertools.product((320, 1280), SCHEMES):
        asked.set_viewport_size({"width": width, "height": 800})
        asked.emulate_media(color_scheme=scheme)
        found = Axe().run(asked, options=AXE_RULES)
        if found.violations_count:
            faults.append(f"{width} {scheme}: {found.generate_report()}")
    assert faults == []


def test_conversation_has_no_accessibility_fault(asked: Page, answered: Known):
    written(asked, answered)

    for scheme in SCHEMES:
        asked.emulate_media(color_scheme=scheme)
        found = Axe().run(asked, options=AXE_RULES)
        assert found.violations_count == 0, found.generate_report()


@every_state
def test_state_fits_the_smallest_screen_and_keeps_its_focus_in_sight(
    browser: Browser, served: Site, known: Known, show: Show
):
    """320 by 256: a phone of 320 held sideways, or a screen of 1280 at 400 %."""
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    page.goto(served.address + ADDRESS)
    show(page, known)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.evaluate("""[...document.querySelectorAll('main :is(button, input, textarea)')]
        .filter(it => it.checkVisibility() && it.getBoundingClientRect().height < 44)
        .map(it => it.outerHTML)""")
    assert small == []
    page.evaluate("document.querySelector('.skip').focus()")
    hidden = []
    for _ in range(page.evaluate(KEYBOARD_STOPS) - 1):
        page.keyboard.press("Tab")
        name = page.evaluate("""() => {
            const it = document.activeElement, box = it.getBoundingClientRect();
            const top = document.elementFromPoint(
                box.x + box.width / 2, Math.max(box.y, 0) + Math.min(box.height, 20) / 2);
            return it.contains(top) || top?.contains(it) ? '' : it.outerHTML;
        }""")
        hidden += [name] if name else []
    assert hidden == []
    context.close()


# --- What a reporter does ---


def test_by_keyboard_a_reporter_reads_the_answer_writes_and_asks_for_deletion(
    asked: Page, known: Known, served: Site
):
    reply(served, known, ANSWER)
    press = asked.keyboard.press
    asked.get_by_label("Your reference").focus()
    asked.keyboard.type(known.reference.lower().replace("-", " "))
    press("Tab")
    asked.keyboard.type(known.code.upper())
    press("Tab")
    press("Enter")

    h1(asked, YOURS)
    expect(asked.get_by_text(ANSWER)).to_be_visible()
    expect(asked.locator("[aria-current=step]")).to_contain_text("Received")

    asked.get_by_label("Your message").focus()
    asked.keyboard.type("It was on a game")
    press("Tab")
    press("Enter")
    expect(asked.get_by_role("status").get_by_text("We have your message.")).to_be_visible()
    expect(asked.locator(".just-sent")).to_be_focused()
    expect(asked.locator(".you .bubble")).to_have_text("It was on a game")

    asked.get_by_role("button", name="Ask us to delete my report").focus()
    press("Enter")
    h1(asked, "Ask us to delete your report")
    for _ in range(30):
        press("Tab")
        if asked.evaluate("document.activeElement.textContent").startswith("Yes"):
            break
    press("Enter")
    expect(asked.get_by_text("You asked us to delete your report.")).to_be_visible()
    assert of_the_site(asked, served.address) == [ADDRESS]
    assert asked.context.cookies() == []


def test_new_answer_is_seen_without_typing_again(asked: Page, known: Known, served: Site):
    opened(asked, known)
    expect(asked.get_by_text("There is no answer from us yet.")).to_be_visible()
    reply(served, known, "One thing more")

    asked.get_by_role("button", name="Look for new messages").click()

    expect(asked.get_by_text("One thing more")).to_be_visible()


TYPED = "They wrote again.\n  It was on a"


def test_message_that_is_being_typed_stays_through_looking_and_asking_for_deletion(
    asked: Page, known: Known, served: Site
):
    opened(asked, known)
    asked.get_by_label("Your message").fill(TYPED)
    reply(served, known, "One thing more")

    asked.get_by_role("button", name="Look for new messages").click()
    expect(asked.get_by_text("One thing more")).to_be_visible()
    expect(asked.get_by_label("Your message")).to_have_value(TYPED)
    for answer in ("No, keep it", "Yes, please delete it"):
        asked.get_by_role("button", name="Ask us to delete my report").click()
        asked.get_by_role("button", name=answer).click()
        h1(asked, YOURS)
        expect(asked.get_by_label("Your message")).to_have_value(TYPED)
        assert asked.locator(".you .bubble").count() == answer.startswith("Yes")

    asked.get_by_role("button", name="Send").click()
    expect(asked.get_by_text("We have your message.")).to_be_visible()
    expect(asked.get_by_label("Your message")).to_have_value("")


def test_look_that_did_not_go_is_a_look_with_try_again(asked: Page, known: Known, served: Site):
    opened(asked, known)
    asked.get_by_label("Your message").fill(TYPED)
    asked.context.set_offline(True)
    asked.get_by_role("button", name="Look for new messages").click()
    expect(asked.locator(".send-failed")).to_be_focused()
    asked.context.set_offline(False)
    reply(served, known, "One thing more")

    asked.get_by_role("button", name="Try again").click()

    expect(asked.get_by_text("One thing more")).to_be_visible()
    expect(asked.locator(".send-failed")).to_be_hidden()
    expect(asked.locator(".you")).to_have_count(0)
    expect(asked.get_by_label("Your message")).to_have_value(TYPED)


def test_state_that_officers_have_set_is_marked(asked: Page, answered: Known):
    opened(asked, answered)

    expect(asked.locator("[aria-current=step]")).to_contain_text("An officer has opened")


def test_question_about_deletion_can_be_said_no_to(asked: Page, known: Known):
    asking_once_more(asked, known)

    asked.get_by_role("button", name="No, keep it").click()

    h1(asked, YOURS)
    expect(asked.get_by_text("You asked us to delete")).to_have_count(0)


def test_without_script_it_does_the_same(browser: Browser, known: Known, served: Site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.address + ADDRESS)

    written(page, known)
    expect(page.get_by_role("heading", name="That has not reached us")).to_be_hidden()
    page.get_by_label("Your message").fill(TYPED)
    page.get_by_role("button", name="Look for new messages").click()
    expect(page.get_by_label("Your message")).to_have_value(TYPED)
    expect(page.locator(".you .bubble")).to_have_count(1)
    page.get_by_role("button", name="Ask us to delete my report").click()
    page.get_by_role("button", name="Yes, please delete it").click()

    expect(page.get_by_text("You asked us to delete your report.")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value(TYPED)
    assert page.url == served.address + ADDRESS
    context.close()


def test_message_that_did_not_go_stays_and_goes_with_try_again_once(asked: Page, known: Known):
    failed(asked, known)
    expect(asked.get_by_label("Your message")).to_have_value("They wrote again")
    expect(asked.locator(".send-failed").get_by_role("link", name="Call 999")).to_be_visible()
    expect(asked.locator(".send-failed")).to_be_focused()
    expect(asked.locator(".visit-status")).to_have_text("")
    asked.context.set_offline(False)

    asked.get_by_role("button", name="Try again").click()

    expect(asked.get_by_text("We have your message.")).to_be_visible()
    expect(asked.locator(".you .bubble")).to_have_text(["They wrote again"])


def test_answer_that_was_lost_on_its_way_stores_the_message_once(asked: Page, known: Known):
    opened(asked, known)
    asked.get_by_label("Your message").fill("They wrote again")
    stored = []

    def lose(route: Route) -> None:
        stored.append(route.fetch().status)
        route.abort()

    asked.route("**" + ADDRESS, lose)
    asked.get_by_role("button", name="Send").click()
    expect(asked.get_by_role("heading", name="That has not reached us")).to_be_visible()
    asked.unroute("**" + ADDRESS)
    asked.get_by_role("button", name="Try again").click()

    expect(asked.get_by_text("We have your message.")).to_be_visible()
    assert stored == [200]
    expect(asked.locator(".you .bubble")).to_have_text(["They wrote again"])


# --- Leaving ---


def test_after_escape_nothing_that_was_typed_or_read_is_found(
    served: Site, answered: Known, neutral_site: NeutralSite, profile
):
    message = "zebra7316 wrote again"
    with closing(Chromium(profile, None)) as engine:
        engine.goto(neutral_site.outside(served.address + ADDRESS))
        engine.click("a")
        eventually(lambda: engine.evaluate("!!document.querySelector('#id_code')"), "the page")
        for selector, text in (("#id_reference", answered.reference), ("#id_code", answered.code)):
            engine.click(selector)
            engine.type(text)
        engine.click("#keys button")
        eventually(lambda: engine.evaluate("!!document.querySelector('#id_message')"), "open")
        engine.click("#id_message")
        engine.type(message)
        engine.click("#write button")
        eventually(lambda: engine.evaluate("!!document.querySelector('.just-sent')"), "stored")
        engine.click("#id_message")
        engine.type("giraffe2048 not sent")

        engine.press("Escape")

        wait_until_elsewhere(engine, neutral_site)
        assert shown_by_back_and_forward(engine, served.address, neutral_site) == []
    sought = {message, "giraffe2048", answered.reference, answered.code, ANSWER, "Your report"}
    assert files_that_hold(profile, sought) == {}
    rows = history_rows(profile, served.address)
    assert {row.url.removeprefix(served.address) for row in rows} <= {ADDRESS}
