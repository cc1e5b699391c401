"""The question about cookies in Chromium: answers, changes of mind, faults, no script."""

import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.engines.engine import Engine
from tests.browser.neutral_site import NeutralSite
from tests.browser.patience import eventually
from tests.browser.visiting import follow, h1, of_the_site
from tests.conftest import SiteFolders, running_site
from tests.consent.values import FORGED, OUTDATED

pytestmark = pytest.mark.browser

ACCEPT, REJECT = "Accept additional cookies", "Reject additional cookies"
PROBLEM = "Sorry, there was a technical problem. Please try again."
SIGNAL = "Your browser asks sites not to track you."
YES, NO = (
    "preferences.1.accepted~analytics.1.accepted",
    "preferences.1.declined~analytics.1.declined",
)
# Every shift counts, those that follow a press too.
SHIFTS = """window.shifts = [];
    new PerformanceObserver((list) => list.getEntries().forEach((it) => shifts.push([
        it.value, it.sources.map((source) => source.node?.nodeName + '.' + source.node?.className),
    ]))).observe({ type: 'layout-shift', buffered: true });"""
AT_THE_BODY = """new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.askedAtTheBody = document.documentElement.hasAttribute('data-asks');
        observer.disconnect();
    }).observe(document, { childList: true, subtree: true });"""
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

SIZES = [(320, 640), (1280, 800), (320, 256)]


@pytest.fixture(params=SIZES, ids=str)
def home(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """The first page as a fresh reader gets it, watched for shifts."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(SHIFTS + AT_THE_BODY)
    page.goto(f"{site}/")
    yield page
    context.close()


def banner(page: Page):
    return page.get_by_role("form", name="Cookies on Help with online blackmail")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def said(page: Page, words: str) -> None:
    """Of all that could be said, this is seen and nothing else."""
    expect(page.locator("[data-said]:visible")).to_have_count(1)
    expect(page.locator("[data-said]:visible")).to_contain_text(words)


def kept(context: BrowserContext) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}


def choose(page: Page, preferences: str, analytics: str) -> None:
    for name, answer in (("Preferences", preferences), ("Counting visits", analytics)):
        page.get_by_role("group", name=name).get_by_label(answer).check()


def shifts(page: Page) -> list[object]:
    page.evaluate(FRAMES)
    return page.evaluate("shifts")


# --- The question ---


def test_question_is_there_before_the_first_paint_and_only_while_it_is_open(home: Page, site: str):
    assert home.evaluate("askedAtTheBody") is True
    expect(banner(home)).to_be_visible()
    press(home, REJECT)
    said(home, "You've rejected")

    home.goto(f"{site}/help-now/")

    assert home.evaluate("askedAtTheBody") is False
    expect(banner(home)).to_be_hidden()


def test_question_never_covers_help_or_the_way_out(home: Page):
    home.evaluate("document.querySelector('.cookie-banner').scrollIntoView()")

    places = home.evaluate("""() => {
        const it = document.querySelector('.cookie-banner'), style = getComputedStyle(it);
        const after = document.querySelector('main').compareDocumentPosition(it);
        const way = document.querySelector('.leave-control').getBoundingClientRect();
        const top = document.elementFromPoint(way.x + way.width / 2, way.y + way.height / 2);
        return [style.position, after & Node.DOCUMENT_POSITION_FOLLOWING, top.className,
            it.getBoundingClientRect().top + scrollY
                >= document.querySelector('main').getBoundingClientRect().bottom + scrollY - 1];
    }""")

    assert places == ["static", 4, "leave-control", True]


def test_three_answers_are_of_equal_weight(home: Page):
    looks = home.evaluate("""() => [...document.querySelectorAll('.cookie-answers > *')].map(it => {
        const style = getComputedStyle(it), box = it.getBoundingClientRect();
        return [style.backgroundColor, style.color, style.fontSize, style.fontWeight,
            style.borderTopColor, Math.round(box.width), box.height >= 44];
    })""")

    assert len(looks) == 3
    assert looks[0] == looks[1] == looks[2]


def test_screen_reader_hears_the_question_its_answers_and_what_was_saved(home: Page):
    expect(banner(home)).to_match_aria_snapshot("""
        - form "Cookies on Help with online blackmail":
          - heading "Cookies on Help with online blackmail" [level=2]
          - paragraph: /We use some essential cookies to make our website work\\./
          - button "Accept additional cookies"
          - button "Reject additional cookies"
          - link "Customise cookies"
          - status
        """)

    press(home, ACCEPT)

    expect(banner(home)).to_match_aria_snapshot("""
        - form:
          - status:
            - paragraph:
              - text: /You've accepted additional cookies/
              - link "change your cookie settings"
        """)
    expect(banner(home).get_by_role("status")).to_be_focused()


# --- Answers ---


@pytest.mark.parametrize(
    ("button", "words", "choice", "others"),
    [(ACCEPT, "You've accepted", YES, {"visit"}), (REJECT, "You've rejected", NO, set())],
)
def test_answer_is_saved_said_and_moves_nothing(
    home: Page, site: str, button: str, words: str, choice: str, others: set[str]
):
    assert kept(home.context) == {}

    press(home, button)

    said(home, words)
    eventually(lambda: set(kept(home.context)) == {"consent"} | others, "the cookies")
    assert kept(home.context)["consent"] == choice
    assert shifts(home) == []
    assert home.url == f"{site}/"
    assert of_the_site(home, site) == ["/"]
    banner(home).get_by_role("link", name="change your cookie settings").click()
    h1(home, "Cookies on this site")
    expect(banner(home)).to_be_hidden()


def test_custom_answer_is_saved_on_the_same_page(home: Page, site: str):
    banner(home).get_by_role("link", name="Customise cookies").click()
    h1(home, "Cookies on this site")
    assert home.get_by_role("radio", checked=True).count() == 0
    choose(home, "Yes", "No")
    home.evaluate("shifts.length = 0")  # the way back has come, beside the way out

    press(home, "Save cookie settings")

    said(home, "Your cookie settings are saved.")
    assert kept(home.context) == {"consent": "preferences.1.accepted~analytics.1.declined"}
    assert shifts(home) == []
    assert of_the_site(home, site) == ["/"]
    follow(home, "/friends/")
    h1(home, "How to help a friend")
    expect(banner(home)).to_be_hidden()


def test_change_of_mind_shows_the_old_answer_and_deletes_what_it_allowed(home: Page, site: str):
    press(home, ACCEPT)
    eventually(lambda: set(kept(home.context)) == {"consent", "visit"}, "the visit's cookie")
    home.context.add_cookies([{"name": "display", "value": "large", "url": site}])
    follow(home, "/cookies/")
    h1(home, "Cookies on this site")
    assert home.get_by_role("radio", name="Yes", checked=True).count() == 2
    choose(home, "No", "No")

    press(home, "Save cookie settings")

    said(home, "Your cookie settings are saved.")
    assert kept(home.context) == {"consent": NO}


def test_keyboard_alone_answers(home: Page):
    home.get_by_role("button", name=ACCEPT).focus()
    home.keyboard.press("Tab")

    home.keyboard.press("Enter")

    said(home, "You've rejected")
    home.keyboard.press("Tab")
    expect(banner(home).get_by_role("link", name="change your cookie settings")).to_be_focused()
    home.keyboard.press("Enter")
    h1(home, "Cookies on this site")
    home.get_by_role("group", name="Preferences").get_by_label("No").focus()
    home.keyboard.press("ArrowUp")
    home.keyboard.press("Enter")
    said(home, "Your cookie settings are saved.")
    assert kept(home.context)["consent"] == "preferences.1.accepted~analytics.1.declined"


def test_privacy_signal_is_heeded_and_said(browser: Browser, site: str):
    context = browser.new_context(extra_http_headers={"Sec-GPC": "1"})
    page = context.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    page.goto(f"{site}/")

    expect(banner(page).get_by_text(SIGNAL)).to_be_visible()

    press(page, ACCEPT)

    said(page, "You've accepted")
    expect(banner(page).get_by_text(SIGNAL)).to_be_visible()
    assert kept(context) == {"consent": "preferences.1.accepted~analytics.1.declined"}
    follow(page, "/cookies/")
    expect(page.locator(".cookie-settings").get_by_text(SIGNAL)).to_be_visible()
    context.close()


def test_other_tab_stops_asking(home: Page, site: str):
    other = home.context.new_page()
    other.goto(f"{site}/friends/")
    expect(banner(other)).to_be_visible()

    press(home, REJECT)

    expect(banner(other)).to_be_hidden()


# --- Faults ---


def goes_offline(page: Page) -> None:
    page.context.set_offline(True)


def fails(page: Page) -> None:
    page.route("**/cookies/", lambda route: route.fulfill(status=500, body="down"))


def refuses(page: Page) -> None:
    page.route("**/cookies/", lambda route: route.fulfill(status=422, body="no"))


def sends_to_a_sign_in(page: Page) -> None:
    """As a wireless network does whose terms were not accepted."""
    page.route(
        "**/cookies/", lambda route: route.fulfill(status=302, headers={"Location": "/sign-in"})
    )


@pytest.mark.parametrize("fault", [goes_offline, fails, refuses, sends_to_a_sign_in])
def test_answer_that_cannot_be_saved_is_said_and_can_be_given_again(
    home: Page, fault: Callable[[Page], None]
):
    fault(home)

    press(home, ACCEPT)

    said(home, PROBLEM)
    assert kept(home.context) == {}
    assert shifts(home) == []
    home.context.set_offline(False)
    home.unroute("**/cookies/")
    press(home, ACCEPT)
    said(home, "You've accepted")
    assert kept(home.context)["consent"] == YES


def test_server_that_is_down_leaves_the_choice_on_the_screen(
    page: Page, new_site_folder: SiteFolders
):
    with running_site(new_site_folder()) as running:
        page.goto(f"{running.address}/cookies/")
        choose(page, "Yes", "No")

    press(page, "Save cookie settings")

    said(page, PROBLEM)
    for name, answer in (("Preferences", "Yes"), ("Counting visits", "No")):
        expect(page.get_by_role("group", name=name).get_by_label(answer)).to_be_checked()
    assert kept(page.context) == {}


def test_server_that_says_nothing_is_given_up_after_ten_seconds(page: Page, site: str):
    page.clock.install()
    page.goto(f"{site}/")
    page.route("**/cookies/", lambda route: None)
    press(page, ACCEPT)
    page.clock.run_for(9_000)
    expect(page.get_by_text(PROBLEM)).to_be_hidden()

    page.clock.run_for(2_000)

    said(page, PROBLEM)


@pytest.mark.parametrize("button", [ACCEPT, REJECT])
def test_browser_that_refuses_cookies_is_not_told_that_it_keeps_one(
    page: Page, site: str, button: str
):
    page.add_init_script("""Object.defineProperty(Document.prototype, 'cookie', {
        get: () => '', set: () => {} });
        Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false });""")
    page.goto(f"{site}/")

    press(page, button)

    said(page, "Your browser is set to refuse cookies")
    expect(page.get_by_role("button", name=ACCEPT)).to_be_hidden()


def test_second_failure_is_said_anew(home: Page):
    goes_offline(home)
    press(home, ACCEPT)
    said(home, PROBLEM)
    home.evaluate("""window.wasHidden = [];
        const line = document.querySelector('[data-said="failed"]');
        new MutationObserver(() => wasHidden.push(line.hidden))
            .observe(line, { attributes: true })""")

    press(home, ACCEPT)

    eventually(lambda: home.evaluate("wasHidden") == [True, False], "the line gone and back")
    said(home, PROBLEM)


def test_other_tab_does_not_go_on_saying_what_is_no_longer_so(home: Page, site: str):
    press(home, ACCEPT)
    said(home, "You've accepted")
    other = home.context.new_page()
    other.goto(f"{site}/cookies/")
    choose(other, "No", "No")

    press(other, "Save cookie settings")

    said(other, "Your cookie settings are saved.")
    expect(home.get_by_text("You've accepted additional cookies.")).to_be_hidden()


def test_answer_in_another_tab_leaves_what_is_being_chosen_here(home: Page, site: str):
    other = home.context.new_page()
    other.goto(f"{site}/cookies/")
    choose(other, "No", "No")

    press(home, ACCEPT)

    said(home, "You've accepted")
    assert other.get_by_role("radio", name="No", checked=True).count() == 2


@pytest.mark.parametrize("value", [*FORGED, *OUTDATED])
def test_forged_or_outdated_cookie_is_asked_about_again(page: Page, site: str, value: str):
    page.context.add_cookies([{"name": "consent", "value": value, "url": site}])

    page.goto(f"{site}/")

    expect(banner(page)).to_be_visible()


def test_page_expires_what_is_not_allowed_without_asking_the_server(page: Page, site: str):
    page.goto(f"{site}/robots.txt")
    page.context.add_cookies(
        [
            {"name": "consent", "value": NO, "url": site},
            {"name": "display", "value": "large", "url": site},
            {"name": "visit", "value": "abc", "domain": "127.0.0.1", "path": "/visits/"},
        ]
    )
    with urllib.request.urlopen(f"{site}/") as answer:
        headers, body = dict(answer.headers), answer.read()
    # As a front cache would answer.
    page.route(f"{site}/", lambda route: route.fulfill(headers=headers, body=body))

    page.goto(f"{site}/")

    eventually(lambda: kept(page.context) == {"consent": NO}, "what is not allowed is gone")


# --- Without script ---


def test_without_script_the_cookies_page_asks_and_saves(browser: Browser, site: str):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{site}/")
    expect(page.locator(".cookie-banner")).to_be_hidden()
    page.locator('.site-footer nav a[href="/cookies/"]').click()
    choose(page, "Yes", "No")

    press(page, "Save cookie settings")

    h1(page, "Your cookie settings are saved")
    assert kept(context) == {"consent": "preferences.1.accepted~analytics.1.declined"}
    page.get_by_role("link", name="Change your cookie settings").click()
    choose(page, "No", "No")
    press(page, "Save cookie settings")
    assert kept(context) == {"consent": NO}
    page.get_by_role("link", name="Leave this site").click()
    assert kept(context) == {}
    context.close()


# --- In service, and after leaving ---


def test_over_https_every_cookie_is_guarded_by_its_prefix(browser: Browser, secure_site: str):
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"{secure_site}/")

    press(page, ACCEPT)

    said(page, "You've accepted")
    eventually(lambda: len(context.cookies()) == 2, "the visit's cookie")
    found = {
        cookie["name"]: (cookie["secure"], cookie["sameSite"], cookie["path"], cookie["domain"])
        for cookie in context.cookies()
    }
    assert found == {
        "__Host-consent": (True, "Lax", "/", "site.localhost"),
        "__Secure-visit": (True, "Strict", "/visits/", "site.localhost"),
    }
    page.keyboard.press("Escape")
    eventually(lambda: context.cookies() == [], "no cookie after leaving")
    context.close()


@pytest.mark.parametrize("is_offline", [False, True])
def test_leaving_clears_every_cookie_with_and_without_a_network(
    page: Page, site: str, is_offline: bool
):
    page.goto(f"{site}/")
    press(page, ACCEPT)
    eventually(lambda: "visit" in kept(page.context), "the visit's cookie")
    page.context.add_cookies([{"name": "display", "value": "large", "url": site}])
    page.context.set_offline(is_offline)

    page.keyboard.press("Escape")

    eventually(lambda: kept(page.context) == {}, "no cookie")


def test_leaving_clears_the_choice_in_each_engine(
    engine: Engine, site: str, neutral_site: NeutralSite
):
    engine.goto(f"{site}/")
    engine.click(".cookie-answers button")
    eventually(lambda: "consent=" in engine.evaluate("document.cookie"), "the choice")

    engine.press("Escape")
    eventually(lambda: engine.url() in {neutral_site.url, "about:blank"}, "the tab elsewhere")

    engine.goto(f"{site}/robots.txt")
    assert engine.evaluate("document.cookie") == ""
