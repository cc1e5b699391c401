"""How the site looks, as the reader wants it: text size, colours, movement, reading view."""

import itertools
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sextortion_site.consent.choice import Choice, State
from sextortion_site.consent.register import CONSENT, DISPLAY, Category
from tests.addresses import OTHER_SCREENS, PAGES
from tests.browser.engines.engine import Engine
from tests.browser.test_pages import AXE_RULES, OPEN_ALL
from tests.browser.visiting import follow, h1

pytestmark = pytest.mark.browser

SCREENS = [*PAGES, *OTHER_SCREENS]
LIGHT, DARK = "rgb(251, 248, 242)", "rgb(16, 25, 29)"
YES = Choice({Category.PREFERENCES: State.ACCEPTED}).as_cookie()
NO = Choice.for_all(State.DECLINED).as_cookie()
FOR_THE_VISIT = "This lasts for your visit."
REMEMBERED = "Remembered on this device."


def open_panel(page: Page) -> None:
    page.get_by_text("Change how this site looks").click()
    expect(page.get_by_role("group", name="Text size")).to_be_visible()


def choose(page: Page, *names: str) -> None:
    open_panel(page)
    for name in names:
        page.get_by_role("radio", name=name, exact=True).check()


def chosen(page: Page) -> list[str]:
    return page.locator(".display label").filter(has=page.locator(":checked")).all_inner_texts()


def style(page: Page, selector: str, name: str, pseudo: str = "") -> str:
    return page.eval_on_selector(
        selector, "(it, [name, pseudo]) => getComputedStyle(it, pseudo)[name]", [name, pseudo]
    )


def look(page: Page) -> str | None:
    return page.locator("html").get_attribute("data-display")


def set_cookies(context: BrowserContext, site: str, **values: str) -> None:
    context.add_cookies([{"name": n, "value": v, "url": site} for n, v in values.items()])


def kept(context: BrowserContext) -> dict[str, str]:
    """The cookies, save the guard of leaving."""
    found = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    return {name: value for name, value in found.items() if name != "k"}


# --- What each choice does ---


def test_panel_begins_with_the_site_as_it_is(home: Page):
    open_panel(home)

    assert chosen(home) == ["Normal", "As my device", "As it is", "With pictures and boxes"]
    expect(home.locator(".display [role=status]")).to_have_text("")
    assert look(home) is None


@pytest.mark.parametrize(("name", "size"), [("Normal", 18), ("Large", 21.6), ("Larger", 25.6)])
def test_text_size_changes_all_words_at_once(home: Page, name: str, size: float):
    choose(home, "Large", name)

    pixels = style(home, "main article p", "fontSize")
    assert float(pixels.removesuffix("px")) == pytest.approx(size, abs=0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_the_readers_whatever_the_device_wants(home: Page, scheme: str):
    home.emulate_media(color_scheme=scheme)
    open_panel(home)
    own = LIGHT if scheme == "light" else DARK
    for name, colour, controls in (
        ("Light", LIGHT, "light"),
        ("Dark", DARK, "dark"),
        ("As my device", own, scheme),
    ):
        home.get_by_role("radio", name=name).check()

        assert style(home, "html", "backgroundColor") == colour
        # The browser's own: form controls, scroll bars, and the cover of leaving.
        assert style(home, "html", "colorScheme") == controls


def test_cover_of_leaving_has_the_chosen_colour(home: Page):
    # A press with the real key would leave; the practice shows the same cover.
    for name, scheme in (("Dark", "light"), ("Light", "dark")):
        home.emulate_media(color_scheme=scheme)
        choose(home, name)
        home.evaluate("safeExit.cover()")
        red = int(re.findall(r"\d+", style(home, "html > div", "backgroundColor"))[0])
        home.evaluate("safeExit.uncover()")
        home.reload()
        assert red < 64 if name == "Dark" else red > 192


def test_arrow_moves_a_little_unless_the_reader_wants_it_still(home: Page):
    home.emulate_media(reduced_motion="no-preference")
    home.locator(".doors a").first.hover()
    assert style(home, ".doors a", "transitionDuration", "::after") == "0.15s"
    home.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
    assert style(home, ".doors a", "translate", "::after") == "3.6px"

    choose(home, "Keep it still")

    home.locator(".doors a").first.hover()
    assert style(home, ".doors a", "transitionProperty", "::after") == "none"
    assert style(home, ".doors a", "translate", "::after") == "none"


def test_nothing_moves_where_the_device_asks_for_that(home: Page):
    home.emulate_media(reduced_motion="reduce")
    home.locator(".doors a").first.hover()

    assert style(home, ".doors a", "transitionDuration", "::after") == "0s"
    assert style(home, ".doors a", "translate", "::after") == "none"


def test_still_pages_keep_the_clock_that_shows_a_page_after_a_reload(home: Page):
    choose(home, "Keep it still")

    home.evaluate("document.documentElement.dataset.visit = 'returning'")

    assert style(home, ".page", "animationName") == "show-after-all"
    expect(home.locator("h1")).to_be_visible()  # though not before two seconds


def test_plain_view_has_no_pictures_and_no_boxes_and_every_word(page: Page, site: str):
    page.goto(f"{site}/support/")
    words = page.locator("main").inner_text().split()
    around = [page.locator(part).bounding_box() for part in (".leave", ".crisis")]
    assert page.locator("svg:visible").count() > 0

    choose(page, "Plain")

    assert page.locator("svg:visible").count() == 0
    for box in (".rows > li", ".callout", ".doors a", ".site-footer", ".site-header li a"):
        assert style(page, box, "backgroundColor") == "rgba(0, 0, 0, 0)"
    size = float(style(page, "main p", "fontSize").removesuffix("px"))
    assert float(style(page, "main p", "lineHeight").removesuffix("px")) == pytest.approx(
        size * 1.9
    )
    assert float(style(page, "main p", "letterSpacing").removesuffix("px")) > 0
    assert page.locator("main").inner_text().split() == words
    page.evaluate("scrollTo(0, 0)")
    assert [page.locator(part).bounding_box() for part in (".leave", ".crisis")] == around


def test_choices_add_up_and_can_all_be_taken_back(home: Page):
    choose(home, "Larger", "Dark", "Keep it still", "Plain")
    assert look(home) == "larger dark calm plain"

    for name in ("Normal", "As my device", "As it is", "With pictures and boxes"):
        home.get_by_role("radio", name=name, exact=True).check()

    assert look(home) == "as-is"
    assert style(home, "html", "fontSize") == "18px"


def test_choice_stays_under_the_finger_while_the_page_grows(browser: Browser, site: str):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{site}/parents/")
    open_panel(page)
    larger = page.get_by_role("radio", name="Larger")
    larger.scroll_into_view_if_needed()
    before = larger.bounding_box()

    larger.check()

    after = larger.bounding_box()
    context.close()
    assert before is not None
    assert after is not None
    assert after["y"] == pytest.approx(before["y"], abs=12)  # the control itself grows too


def test_keyboard_opens_the_panel_and_chooses(home: Page):
    home.locator(".display summary").focus()
    home.keyboard.press("Enter")
    expect(home.get_by_role("group", name="Text size")).to_be_visible()
    home.keyboard.press("Tab")
    home.keyboard.press("ArrowDown")
    assert look(home) == "large"
    home.keyboard.press("Tab")
    home.keyboard.press("ArrowDown")
    home.keyboard.press("ArrowDown")

    assert look(home) == "large dark"
    expect(home.get_by_role("radio", name="Dark")).to_be_focused()
    expect(home.get_by_role("status").filter(has_text=FOR_THE_VISIT)).to_be_visible()


def test_every_choice_is_large_enough_for_a_finger(home: Page):
    home.set_viewport_size({"width": 320, "height": 640})
    open_panel(home)

    for target in home.locator(".display summary, .display label").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44


# --- How long it lasts ---


def test_choice_holds_on_the_next_page_and_in_its_panel(home: Page, site: str):
    choose(home, "Large", "Dark")

    follow(home, "/friends/")
    h1(home, "How to help a friend")

    assert style(home, "html", "backgroundColor") == DARK
    open_panel(home)
    assert chosen(home) == ["Large", "Dark", "As it is", "With pictures and boxes"]
    expect(home.get_by_text(FOR_THE_VISIT)).to_be_visible()
    assert kept(home.context) == {}
    assert home.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_choice_outlasts_a_reload_without_a_cookie(home: Page):
    choose(home, "Larger")

    home.reload()

    assert style(home, "html", "fontSize") == "25.6px"
    assert kept(home.context) == {}


def test_choice_outlasts_a_page_that_shows_its_address(home: Page, site: str):
    address = home.evaluate("document.documentElement.dataset.showsAddress").split()[0]
    choose(home, "Dark", "Plain")

    follow(home, address)

    expect(home).to_have_url(site + address)
    assert look(home) == "dark plain"
    open_panel(home)
    assert chosen(home) == ["Normal", "Dark", "As it is", "Plain"]


def test_choice_is_sent_nowhere(home: Page):
    requests: list[str] = []
    home.on("request", lambda request: requests.append(request.url))

    choose(home, "Large", "Dark", "Keep it still", "Plain")
    home.wait_for_timeout(300)

    assert requests == []


# --- Remembering, with consent alone ---


@pytest.mark.parametrize("consent", [None, NO])
def test_nothing_is_remembered_without_consent(home: Page, site: str, consent: str | None):
    before = {} if consent is None else {CONSENT.full_name: consent}
    set_cookies(home.context, site, **before)

    choose(home, "Dark")

    expect(home.get_by_text(FOR_THE_VISIT)).to_be_visible()
    expect(home.get_by_text("To keep this for next time")).to_be_visible()
    assert kept(home.context) == before
    fresh = home.context.new_page()
    fresh.goto(f"{site}/")
    assert look(fresh) is None


def test_choice_is_remembered_with_consent_and_there_before_the_page_is_drawn(
    home: Page, site: str
):
    context = home.context
    set_cookies(context, site, **{CONSENT.full_name: YES})
    choose(home, "Large", "Dark", "Plain")
    expect(home.get_by_text(REMEMBERED)).to_be_visible()
    expect(home.get_by_text("To keep this for next time")).to_be_hidden()
    (cookie,) = (c for c in context.cookies() if c["name"] == DISPLAY.full_name)
    assert cookie["value"] == "large.dark.plain"
    assert cookie["expires"] - home.evaluate("Date.now() / 1000") == pytest.approx(
        180 * 86400, abs=60
    )

    fresh = context.new_page()
    fresh.add_init_script("""new MutationObserver((_, observer) => {
        if (!document.body) return;
        observer.disconnect();
        self.lookAtBody = document.documentElement.dataset.display;
    }).observe(document, { childList: true, subtree: true })""")
    fresh.goto(f"{site}/")

    assert fresh.evaluate("lookAtBody") == "large dark plain"
    assert style(fresh, "html", "backgroundColor") == DARK
    open_panel(fresh)
    assert chosen(fresh) == ["Large", "Dark", "As it is", "Plain"]
    expect(fresh.get_by_text(REMEMBERED)).to_be_visible()


def test_defaults_are_remembered_too_once_they_are_chosen(home: Page, site: str):
    set_cookies(home.context, site, **{CONSENT.full_name: YES})
    choose(home, "Dark", "As my device")

    assert kept(home.context)[DISPLAY.full_name] == "as-is"


def test_choice_of_the_visit_goes_before_a_remembered_one(home: Page, site: str):
    choose(home, "Light")
    set_cookies(home.context, site, **{CONSENT.full_name: YES, DISPLAY.full_name: "dark"})

    home.reload()

    assert look(home) == "light"


def test_consent_given_later_remembers_what_was_chosen_before(home: Page):
    choose(home, "Dark")
    assert kept(home.context) == {}

    home.get_by_role("button", name="Accept additional cookies").click()

    expect(home.get_by_text(REMEMBERED)).to_be_visible()
    assert kept(home.context)[DISPLAY.full_name] == "dark"


def test_withdrawn_consent_forgets_and_leaves_the_look_of_the_visit(page: Page, site: str):
    set_cookies(page.context, site, **{CONSENT.full_name: YES, DISPLAY.full_name: "dark"})
    page.goto(f"{site}/cookies/")
    assert look(page) == "dark"
    open_panel(page)

    for question in page.locator(".cookie-settings fieldset").all():
        question.get_by_role("radio", name="No").check()
    page.get_by_role("button", name="Save cookie settings").click()

    expect(page.get_by_text(FOR_THE_VISIT)).to_be_visible()
    assert DISPLAY.full_name not in kept(page.context)
    assert look(page) == "dark"


@pytest.mark.parametrize(
    "value",
    [
        "dark.dark",
        "light.dark",
        "large.larger",
        "sepia",
        "dark.sepia",
        "dark.",
        ".dark",
        "DARK",
        "as-is.dark",
        "dark%20plain",
        "constructor",
        "dark" * 1000,
    ],
)
def test_cookie_that_the_site_cannot_have_written_says_nothing(page: Page, site: str, value: str):
    set_cookies(page.context, site, **{CONSENT.full_name: YES, DISPLAY.full_name: value})

    page.goto(f"{site}/")

    assert look(page) is None
    assert style(page, "html", "backgroundColor") == LIGHT


def test_forged_look_of_the_visit_gets_into_no_cookie(browser: Browser, site: str):
    """Whoever opens a window may name it, and in-site navigation reads the name."""
    context = browser.new_context()
    set_cookies(context, site, **{CONSENT.full_name: YES})
    page = context.new_page()
    page.goto(f"{site}/")
    with page.expect_popup() as popup:
        page.evaluate("open('/', 'trail:' + btoa('/ dark;max-age=99999999'))")
    forged = popup.value
    forged.wait_for_load_state()

    choose(forged, "Large")

    assert kept(context)[DISPLAY.full_name] == "large"
    context.close()


# --- In every look the site stays usable ---


@pytest.mark.parametrize("address", ["/", "/what-is-sextortion/", "/cookies/"])
@pytest.mark.parametrize("words", ["light", "dark", "light plain", "dark plain"])
def test_every_look_has_no_accessibility_fault(
    browser: Browser, site: str, address: str, words: str
):
    against = "dark" if words.startswith("light") else "light"
    context = browser.new_context(bypass_csp=True, color_scheme=against)
    page = context.new_page()
    page.goto(site + address)
    page.evaluate("words => { document.documentElement.dataset.display = words; }", words)
    page.evaluate(OPEN_ALL)

    for width, size in itertools.product([320, 1280], ["", "larger "]):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(
            "words => { document.documentElement.dataset.display = words; }", size + words
        )
        results = Axe().run(page, options=AXE_RULES)
        assert results.violations_count == 0, f"{width}, {size}: {results.generate_report()}"

    context.close()


@pytest.mark.parametrize("address", SCREENS)
def test_largest_words_need_no_sideways_scrolling_and_leave_the_way_out(
    browser: Browser, site: str, address: str
):
    context = browser.new_context()
    page = context.new_page()
    page.goto(site + address)
    page.evaluate(OPEN_ALL)
    page.evaluate("document.querySelector('.visit-back').hidden = false")

    for words, height in itertools.product(["large", "larger", "larger plain"], [640, 256]):
        page.set_viewport_size({"width": 320, "height": height})
        page.evaluate("words => { document.documentElement.dataset.display = words; }", words)
        control = page.locator(".leave-control").bounding_box()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, (words, height)
        assert control is not None
        assert control["height"] >= 44
        assert control["x"] + control["width"] <= 320
        assert control["y"] + control["height"] <= height

    context.close()


def test_print_is_light_and_of_its_own_size_whatever_was_chosen(home: Page):
    choose(home, "Larger", "Dark")

    home.emulate_media(media="print", color_scheme="dark")

    assert style(home, "html", "backgroundColor") == LIGHT
    assert style(home, "html", "fontSize") == "14px"  # 10.5 pt
    expect(home.locator(".display")).to_be_hidden()


def test_without_script_there_is_no_panel_that_would_do_nothing(browser: Browser, site: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/")

    expect(page.get_by_text("Change how this site looks")).to_be_hidden()

    context.close()


def test_every_engine_shows_what_is_chosen(engine: Engine, site: str):
    """The switch of colours (static/css/tokens.css) hangs on an empty variable."""
    engine.goto(f"{site}/")
    engine.click(".display summary")

    for value, colour in (("dark", DARK), ("light", LIGHT)):
        engine.click(f".display [value={value}]")
        engine.evaluate("new Promise(requestAnimationFrame)")
        found = engine.evaluate("""(() => {
            const { backgroundColor, colorScheme } = getComputedStyle(document.documentElement);
            return [backgroundColor, colorScheme];
        })()""")
        assert found == [colour, value]
    at_rest = "getComputedStyle(document.documentElement).fontSize"
    engine.click(".display [value=larger]")
    engine.evaluate("new Promise(requestAnimationFrame)")
    assert engine.evaluate(at_rest) == "25.6px"
