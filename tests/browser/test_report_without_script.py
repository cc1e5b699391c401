"""The report form for readers without script: one long form, whole, by keyboard too."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from reporting.questions import QUESTIONS, Kind, Question, field_name
from tests.browser.report_form import LINE
from tests.browser.test_report_states import SIZES, check
from tests.browser.visiting import h1
from tests.conftest import SiteFolders, free_port, manage, running_site

pytestmark = pytest.mark.browser

SENT = "Your report is with us"
WITH_HELP = [it for it in QUESTIONS if any(choice.help for choice in it.choices)]
ENOUGH = {"danger": "no", "who": "me"}
TYPED = {"began": "last week", "town": "Wells", "accounts-0-handle": "bad_name", "story": LINE}


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser whose script is switched off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def form(plain: Page, site: str) -> Page:
    plain.goto(f"{site}/report/")
    return plain


def send(page: Page, name: str = "Send") -> None:
    page.get_by_role("button", name=name, exact=True).click()


def fill_in(page: Page) -> None:
    for name, value in ENOUGH.items():
        page.check(f"#{name}-{value}")
    for name, value in TYPED.items():
        page.fill(f"#{name}", value)


def expect_every_word(page: Page) -> None:
    for name, value in ENOUGH.items():
        expect(page.locator(f"#{name}-{value}")).to_be_checked()
    for name, value in TYPED.items():
        expect(page.locator(f"#{name}")).to_have_value(value)


# --- Answering ---


def answer(page: Page, question: Question, name: str) -> None:
    if question.choices:
        control = page.locator(f"#{name}-{question.choices[-1].value}")
        control.check()
        expect(control).to_be_checked()
    else:
        page.fill(f"#{name}", "some words")
        expect(page.locator(f"#{name}")).to_have_value("some words")


def test_every_question_is_there_and_can_be_answered(form: Page):
    for question in QUESTIONS:
        if question.kind != Kind.GROUP:
            answer(form, question, question.key)
            continue
        for row in range(question.most):
            if row:
                form.locator(f"details[data-row='{row}'] > summary").click()
            for part in question.fields:
                answer(form, part, field_name(question, row, part))


def test_quick_leaves_out_what_it_does_not_ask_and_full_brings_it_back(form: Page):
    left_out = form.locator("#q-began")

    form.check("#length-quick")
    expect(left_out).to_be_hidden()
    expect(form.locator("#q-story")).to_be_visible()
    form.check("#length-full")

    expect(left_out).to_be_visible()


@pytest.mark.parametrize("question", WITH_HELP, ids=lambda question: question.key)
def test_help_is_shown_with_the_answers_that_call_for_it_and_no_others(
    form: Page, question: Question
):
    shown = form.locator(f"#q-{question.key} .help:visible")
    expect(shown).to_have_count(0)

    for choice in question.choices:
        control = form.locator(f"#{question.key}-{choice.value}")
        control.check()
        found = {help_.get_attribute("data-help") for help_ in shown.all()}
        assert found == set(choice.help), choice.value
        if question.kind == Kind.SEVERAL:
            control.uncheck()


# --- By keyboard alone ---


def reach(page: Page, selector: str) -> None:
    """Tabs on until the control has the focus, and it can be seen."""
    focused = page.locator(f"{selector}:focus")
    for _ in range(150):
        page.keyboard.press("Tab")
        if focused.count():
            break
    else:
        raise AssertionError(f"no way by keyboard to {selector}")
    expect(focused).to_be_in_viewport()


def test_whole_full_report_goes_by_keyboard_alone(form: Page):
    reach(form, "[name=length]")
    form.keyboard.press("Space")
    form.keyboard.press("ArrowDown")
    expect(form.locator("#length-full")).to_be_checked()
    for selector, keys in (
        ("[name=danger]", None),
        ("[name=who]", None),
        ("#happening-wants_money", None),
        ("#accounts-0-handle", "bad_name"),
        ("details[data-row='1'] > summary", None),
        ("#accounts-1-handle", "other_name"),
        ("#began", "last week"),
        ("#story", LINE),
    ):
        reach(form, selector)
        if keys:
            form.keyboard.type(keys)
        else:
            form.keyboard.press("Space")
    reach(form, ".step[data-step=send] [type=submit]")
    form.keyboard.press("Enter")

    h1(form, SENT)
    expect(form.locator("[data-code] li")).to_have_count(6)
    expect(
        form.get_by_text("Write both down, with the words in this order, or print this page.")
    ).to_be_visible()
    expect(form.locator(".read-back")).to_be_hidden()


# --- What is not taken ---


def test_empty_send_says_what_is_missing_and_leads_there_and_no_word_is_lost(form: Page):
    send(form)

    summary = form.get_by_role("alert").filter(has_text="Please look at this again")
    expect(summary).to_be_focused()
    expect(form).to_have_title(re.compile("^Error: "))
    links = [str(link.get_attribute("href")) for link in summary.get_by_role("link").all()]
    assert links == ["#danger-no", "#who-me", "#story"]
    for link in links:
        summary.locator(f"a[href='{link}']").press("Enter")
        expect(form.locator(link)).to_be_focused()
        expect(form.locator(link)).to_be_in_viewport()
    fill_in(form)
    form.fill("#town", "x" * 500)
    send(form)
    expect(summary).to_be_focused()
    expect(form.locator("#town")).to_have_value("x" * 500)
    form.fill("#town", TYPED["town"])
    expect_every_word(form)
    send(form)
    h1(form, SENT)


@contextmanager
def nowhere_to_store(data: Path) -> Iterator[None]:
    """The spool and the database are away, as where a disk is not there."""
    spool, database = data / "spool", data / "site.sqlite3"
    aside = data / "aside"
    aside.mkdir()
    moved = [spool, *data.glob("site.sqlite3*")]
    for path in moved:
        path.rename(aside / path.name)
    database.mkdir()  # so that no new one is made there
    yield
    database.rmdir()
    for path in moved:
        (aside / path.name).rename(path)


def test_report_that_cannot_be_stored_keeps_every_word_and_trying_again_sends_it_once(
    plain: Page, new_site_folder: SiteFolders
):
    data = new_site_folder()
    with running_site(data) as running:
        plain.goto(f"{running.address}/report/")
        fill_in(plain)
        with nowhere_to_store(data):
            for name in ("Send", "Try again"):
                send(plain, name)
                told = plain.get_by_role("alert").filter(has_text="has not reached us yet")
                expect(told).to_be_focused()
                expect(told).to_contain_text("Your words are still here")
                expect(told.get_by_role("link", name="Call 999")).to_be_visible()
                expect_every_word(plain)
        send(plain, "Try again")
        h1(plain, SENT)
        assert manage(running.environment, "drain_reports").returncode == 0
    with sqlite3.connect(data / "site.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM reporting_report").fetchone() == (1,)


def test_form_that_is_closed_shows_the_other_ways_and_keeps_what_was_being_written(
    plain: Page, new_site_folder: SiteFolders
):
    data, port = new_site_folder(), free_port()
    with running_site(data, port=port) as running:
        plain.goto(f"{running.address}/report/")
    fill_in(plain)
    with running_site(data, port=port, REPORT_FORM_IS_OPEN="0"):
        send(plain)
        told = plain.get_by_role("alert").filter(has_text="We can't take reports here just now")
        expect(told).to_be_focused()
        expect(told.get_by_role("link", name="Other ways to tell us")).to_be_visible()
        expect_every_word(plain)
        plain.goto(f"{running.address}/report/")
        expect(plain.locator("#report")).to_have_count(0)
        expect(plain.locator("main a[href='tel:101']").first).to_be_visible()


# --- Rules of accessibility and widths ---


def without_scripts(route: Route) -> None:
    """The site's own answer, without its scripts: what tests a page needs script itself."""
    answer = route.fetch(max_redirects=0)
    html = re.sub(r"<script\b.*?</script>", "", answer.text(), flags=re.DOTALL)
    route.fulfill(response=answer, body=html)


@pytest.fixture(params=SIZES, ids=str)
def stripped(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of the size on which no script of the site's runs, though the browser would."""
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=width == 320, bypass_csp=True
    )
    context.route("**/*", without_scripts)
    yield context.new_page()
    context.close()


def empty(page: Page) -> None:
    page.locator("details.row > summary").first.click()


def everything_open(page: Page) -> None:
    for question in WITH_HELP:
        page.check(f"#{question.key}-{next(it.value for it in question.choices if it.help)}")


def faulty(page: Page) -> None:
    page.fill("#town", "x" * 500)
    send(page)
    expect(page.get_by_role("alert").filter(has_text="look at this again")).to_be_focused()


def confirmed(page: Page) -> None:
    fill_in(page)
    send(page)
    h1(page, SENT)


def code(page: Page) -> None:
    page.goto(page.url.replace("/report/", "/report/code/"))


def wrong_code(page: Page) -> None:
    code(page)
    page.locator("main form [type=submit]").first.click()
    expect(page.get_by_role("alert")).to_be_focused()


@pytest.mark.parametrize(
    "state",
    [empty, everything_open, faulty, confirmed, code, wrong_code],
    ids=lambda it: it.__name__,
)
def test_no_page_has_a_fault_or_needs_sideways_scrolling(
    stripped: Page, site: str, state: Callable[[Page], None]
):
    stripped.goto(f"{site}/report/")
    state(stripped)

    assert stripped.evaluate("document.documentElement.matches(':not(.scripted)')")
    check(stripped, state.__name__)
