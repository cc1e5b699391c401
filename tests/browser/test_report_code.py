"""The page after sending: keeping the reference and the six words, and reading words back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.report_form import go_to
from tests.browser.test_leave import WEATHER
from tests.browser.visiting import h1, of_the_site

pytestmark = pytest.mark.browser


@pytest.fixture
def sent(page: Page, site: str) -> Page:
    page.add_init_script("""window.copied = []; window.printed = 0;
        window.print = () => { window.printed += 1; };
        window.watchers = [];
        window.CloseWatcher = class { constructor() { watchers.push(this); } destroy() {} };
        Clipboard.prototype.writeText = async (text) => { window.copied.push(text); };""")
    page.goto(f"{site}/report/")
    go_to(page, "send", length="quick")
    page.get_by_role("button", name="Send", exact=True).click()
    h1(page, "Your report is with us")
    return page


def code(page: Page) -> list[str]:
    return page.locator("[data-code] li").all_inner_texts()


def reference(page: Page) -> str:
    return page.locator("[data-code] .reference").inner_text()


def asked_for(page: Page) -> list[str]:
    """The two words that are to be typed once more."""
    places = page.locator("[data-read-back]").get_attribute("data-read-back") or ""
    return [code(page)[int(place) - 1] for place in places.split()]


def fill(page: Page, words: list[str]) -> None:
    for field, word in zip(page.locator(".read-back input").all(), words, strict=True):
        field.fill(word)
    page.get_by_role("button", name="Check").click()


def test_reference_and_words_are_copied_and_printed(sent: Page):
    sent.get_by_role("button", name="Copy both").click()
    expect(sent.get_by_text("Copied. Paste them somewhere safe now.")).to_be_visible()
    assert sent.evaluate("copied") == [reference(sent) + "\n" + " ".join(code(sent))]

    sent.get_by_role("button", name="Print").click()
    assert sent.evaluate("printed") == 1


def test_paper_has_the_reference_and_the_words_alone(sent: Page):
    sent.emulate_media(media="print")

    words = sent.locator("body").inner_text().split()

    assert words == ["Your", "reference", reference(sent), *code(sent)]


def test_reference_and_words_are_selected_where_copying_is_refused(sent: Page):
    sent.evaluate(
        "Clipboard.prototype.writeText = async () => { throw new Error('refused'); }, true"
    )

    sent.get_by_role("button", name="Copy both").click()

    expect(sent.get_by_text("Please copy both by hand.")).to_be_visible()
    selected = sent.evaluate("getSelection().toString()").split()
    assert selected == ["Your", "reference", reference(sent), *code(sent)]


def test_two_words_are_read_back_whatever_their_case_and_what_lies_around(sent: Page):
    asked: list[str] = []
    sent.on("request", lambda request: asked.append(request.url))
    first, second = asked_for(sent)

    fill(sent, [f" {first.upper()} ", second[:6] + "."])

    expect(sent.get_by_text("That is right.")).to_be_visible()
    assert asked == []


def test_wrong_word_is_named_marked_and_gone_to(sent: Page):
    right, wrong = sent.locator(".read-back input").all()
    place = str(sent.locator("[data-read-back]").get_attribute("data-read-back")).split()[1]
    first, second = asked_for(sent)

    fill(sent, [first, "zebra"])

    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(f"Word {place} is not right yet.")
    expect(right).not_to_have_attribute("aria-invalid", "true")
    fill(sent, ["", "zebra"])
    expect(right).to_be_focused()
    expect(right).to_have_attribute("aria-invalid", "true")
    fill(sent, [first, second])
    expect(sent.locator(".read-back [aria-invalid]")).to_have_count(0)


def test_reading_back_may_be_skipped(sent: Page):
    sent.get_by_role("button", name="Skip this").click()

    expect(sent.get_by_text("That's fine.")).to_be_focused()
    expect(sent.get_by_role("button", name="Check")).to_be_hidden()


# --- Nothing leads away from the words ---


@pytest.mark.parametrize("width", [320, 1280])
def test_no_way_back_and_no_link_leads_away_in_one_tap(sent: Page, width: int):
    sent.set_viewport_size({"width": width, "height": 640})

    expect(sent.locator(".visit-back")).to_be_hidden()
    assert (
        sent.evaluate(
            "getComputedStyle(document.documentElement).getPropertyValue('--back-height')"
        )
        == "0rem"
    )
    links = sent.evaluate("""[...document.querySelectorAll('.page a[href]')]
        .filter((it) => !it.target && !/^(tel|sms|mailto):|^#/.test(it.getAttribute('href')))
        .map((it) => it.outerHTML)""")
    assert links == []
    expect(sent.locator(".brand")).to_be_visible()


BACK_GESTURE = "watchers.at(-1).onclose()"


def test_back_gesture_goes_to_the_words_each_time(sent: Page, site: str):
    told = sent.get_by_text("Have you kept your reference and six words? When you are done")
    expect(told).to_be_hidden()

    for _ in range(2):
        before = sent.evaluate("watchers.length")
        sent.evaluate("scrollTo(0, document.body.scrollHeight)")
        sent.evaluate(BACK_GESTURE)

        expect(told).to_be_focused()
        expect(told).to_be_in_viewport()
        expect(sent.locator("[data-code] .reference")).to_be_in_viewport()
        assert sent.evaluate("watchers.length") == before + 1
    h1(sent, "Your report is with us")
    assert len(code(sent)) == 6
    sent.keyboard.press("Escape")
    expect(sent).to_have_url(WEATHER)
    assert of_the_site(sent, site) == []


def test_button_at_the_end_goes_to_the_words_too(sent: Page):
    sent.get_by_role("button", name="Go back to the six words").click()

    expect(sent.locator(".stay")).to_be_focused()


def test_leave_this_site_leaves(sent: Page, site: str):
    sent.get_by_role("link", name="Leave this site").click()

    expect(sent).to_have_url(WEATHER)
    assert of_the_site(sent, site) == []
