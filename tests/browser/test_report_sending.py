"""Sending the report form: once, by one request, and without losing a word when it fails."""

import base64
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.report_form import LINE, NO_ESCAPE, go_on, go_to, shown_step
from tests.browser.test_leave import WEATHER
from tests.browser.visiting import entries, h1, of_the_site
from tests.conftest import SiteFolders, running_site

pytestmark = pytest.mark.browser

SENT = "Your report is with us"


@pytest.fixture
def form(page: Page, site: str) -> Page:
    page.goto(f"{site}/report/")
    return page


def send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()


def test_nothing_is_asked_of_the_server_before_send_and_then_one_thing(form: Page, site: str):
    asked: list[Request] = []
    form.on("request", lambda request: asked.append(request))
    go_to(form, "send")
    form.locator(".visit-back").click()
    go_on(form)
    assert asked == []

    send(form)

    h1(form, SENT)
    assert [(one.method, one.url) for one in asked] == [("POST", f"{site}/report/")]
    assert of_the_site(form, site) == ["/report/"]
    assert len(form.locator("[data-code] li").all()) == 6
    assert form.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert form.context.cookies() == []


@pytest.mark.parametrize("times", [1, 2])
def test_reload_after_sending_says_that_the_report_is_there_and_shows_no_empty_form(
    form: Page, site: str, times: int
):
    go_to(form, "send", length="quick")
    send(form)
    h1(form, SENT)
    words = form.locator("[data-code]").get_attribute("data-code") or "none"

    for _ in range(times):
        form.reload()

    h1(form, SENT)
    expect(form.get_by_text("We can't show the six words again.")).to_be_visible()
    expect(form.locator("#report")).to_have_count(0)
    assert words not in form.content()
    assert of_the_site(form, site) == ["/report/"]
    kept = form.evaluate("navigation.currentEntry.getState()")
    assert addresses(kept) == ["/report/", "/report/sent/"]
    form.get_by_role("link", name="Send a new report").click()
    expect(form.locator("#report")).to_be_visible()


def addresses(kept: str) -> list[str]:
    """The addresses that the entry keeps."""
    found = re.search(r"trail:([\w+/=]+)", kept)
    assert found
    return base64.b64decode(found[1]).decode().split()


def test_reload_of_a_form_that_was_not_taken_says_nothing_of_a_report(form: Page, site: str):
    go_to(form, "send", length="quick")
    form.route("**/report/", lambda route: route.continue_(post_data="who=me"))
    send(form)
    expect(form.get_by_role("alert").first).to_contain_text("Please look at this again")
    form.unroute("**/report/")

    form.reload()

    h1(form, "Report it to the police")
    expect(form.locator("#report")).to_be_visible()


def test_send_that_is_pressed_twice_sends_once(form: Page):
    waiting: list[Route] = []
    form.route("**/report/", lambda route: waiting.append(route))
    go_to(form, "send", length="quick")

    form.get_by_role("button", name="Send", exact=True).dblclick()
    expect(form.get_by_text(SENDING)).to_be_visible()
    press_in_place(form, "[data-step=send] [type=submit]")
    form.keyboard.press("Enter")
    waiting[0].continue_()

    h1(form, SENT)
    assert len(waiting) == 1


SENDING = "Sending. Please wait."


def press_in_place(page: Page, selector: str) -> None:
    """With the mouse where it stands, whether or not it can be pressed."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_leads_away_while_the_report_is_on_its_way(form: Page, site: str, width: int):
    waiting: list[Route] = []
    form.route("**/report/", lambda route: waiting.append(route))
    form.set_viewport_size({"width": width, "height": 900})
    go_to(form, "send", length="quick")
    send(form)
    line = form.get_by_role("status").filter(has_text=SENDING)
    expect(line).to_be_in_viewport(ratio=1)
    expect(line).to_be_focused()
    expect(form.get_by_text("Loading…")).to_be_hidden()

    if width == 320:
        press_in_place(form, ".step-controls .back")
    # As the back gesture does, and whatever else presses without a finger.
    form.evaluate("document.querySelector('.visit-back').click()")
    form.evaluate("document.querySelector('.visit-back').click()")
    for away in (".answers .change", ".site-header a"):
        form.locator(away).first.scroll_into_view_if_needed()
        press_in_place(form, away)
    expect(form.locator(".visit-back")).to_be_hidden()

    assert shown_step(form) == "send"
    expect(line).to_be_visible()
    waiting[0].continue_()
    h1(form, SENT)
    expect(line).to_have_count(0)
    assert len(waiting) == 1
    assert of_the_site(form, site) == ["/report/"]


def test_back_gesture_leads_nowhere_while_the_report_is_on_its_way(page: Page, site: str):
    page.add_init_script(NO_ESCAPE)
    waiting: list[Route] = []
    page.goto(f"{site}/report/")
    page.route("**/report/", lambda route: waiting.append(route))
    go_to(page, "send", length="quick")
    send(page)
    expect(page.get_by_text(SENDING)).to_be_visible()

    for _ in range(3):
        page.keyboard.press("Escape")

    assert shown_step(page) == "send"
    waiting[0].continue_()
    h1(page, SENT)


def test_leaving_works_while_the_report_is_on_its_way(form: Page, site: str):
    form.route("**/report/", lambda route: None)
    go_to(form, "send", length="quick")
    send(form)
    expect(form.get_by_text(SENDING)).to_be_visible()

    form.keyboard.press("Escape")

    expect(form).to_have_url(WEATHER)
    assert of_the_site(form, site) == []


def offline(page: Page) -> Callable[[], None]:
    page.context.set_offline(True)
    return lambda: page.context.set_offline(False)


def failing(page: Page) -> Callable[[], None]:
    words = page.content()
    page.route("**/report/", lambda route: route.fulfill(status=503, body=words))
    return lambda: page.unroute("**/report/")


def silent(page: Page) -> Callable[[], None]:
    """Nobody answers. What takes half a minute in earnest takes half a second here."""
    page.evaluate("""(() => {
        const { timeout } = AbortSignal;
        AbortSignal.timeout = () => timeout.call(AbortSignal, 500);
    })()""")
    page.route("**/report/", lambda route: None)
    return lambda: page.unroute("**/report/")


@pytest.mark.parametrize("fail", [offline, failing, silent])
def test_report_that_does_not_arrive_keeps_every_word_and_is_sent_by_trying_again(
    form: Page, site: str, fail: Callable[[Page], Callable[[], None]]
):
    go_to(form, "9")
    form.fill("#began", "last week")
    go_to(form, "send")
    mend = fail(form)

    send(form)

    told = form.get_by_role("alert").filter(has_text="has not reached us yet")
    expect(told).to_be_focused()
    expect(told).to_contain_text("Your words are still here")
    expect(told.get_by_role("link", name="Call 999")).to_be_visible()
    expect(form.get_by_role("button", name="Send", exact=True)).to_be_visible()
    assert form.input_value("#story") == LINE
    expect(form.get_by_text(SENDING)).to_have_count(0)
    form.locator(".visit-back").click()
    expect(told).to_be_hidden()
    while shown_step(form) != "9":
        form.locator(".visit-back").click()
    assert form.input_value("#began") == "last week"
    go_to(form, "send")
    send(form)
    expect(told).to_be_focused()
    mend()
    told.get_by_role("button", name="Try again").click()
    h1(form, SENT)
    assert of_the_site(form, site) == ["/report/"]


def test_words_stay_and_leaving_works_when_the_server_has_stopped(
    page: Page, new_site_folder: SiteFolders, neutral_site
):
    with running_site(new_site_folder(), SAFE_EXIT_URL=neutral_site.url) as running:
        page.goto(f"{running.address}/report/")
        go_to(page, "send")

    send(page)

    expect(page.get_by_role("alert").filter(has_text="has not reached us yet")).to_be_focused()
    expect(page.locator(".answers")).to_contain_text(LINE)
    page.keyboard.press("Escape")
    expect(page).to_have_url(WEATHER)
    assert [url for url in entries(page) if url.startswith(running.address)] == []


ANSWERED = """(presses) => {
    document.querySelectorAll('#danger-no, #who-me, #reply-contact').forEach((it) => {
        it.checked = true;
    });
    document.getElementById('story').value = 'a line';
    while (presses--) document.querySelector('.onward').click();
    return document.querySelector('.step:not([hidden])').dataset.step;
}"""


def test_escape_leaves_from_every_step(page: Page, site: str):
    steps = [*(str(number) for number in range(17)), "send"]

    for presses, step in enumerate(steps):
        page.goto(f"{site}/report/")
        assert page.evaluate(ANSWERED, presses) == step
        page.keyboard.press("Escape")
        expect(page).to_have_url(WEATHER)
        assert of_the_site(page, site) == []
