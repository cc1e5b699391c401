"""The page after sending: copying, printing and reading back the six words."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.report_form import go_to
from tests.browser.visiting import h1

pytestmark = pytest.mark.browser


@pytest.fixture
def sent(page: Page, site: str) -> Page:
    page.add_init_script("""window.copied = []; window.printed = 0;
        window.print = () => { window.printed += 1; };
        Clipboard.prototype.writeText = async (text) => { window.copied.push(text); };""")
    page.goto(f"{site}/report/")
    go_to(page, "send", length="quick")
    page.get_by_role("button", name="Send", exact=True).click()
    h1(page, "Your report is with us")
    return page


def code(page: Page) -> list[str]:
    return page.locator("[data-code] li").all_inner_texts()


def asked_for(page: Page) -> list[str]:
    """The two words that are to be typed once more."""
    places = page.locator("[data-read-back]").get_attribute("data-read-back") or ""
    return [code(page)[int(place) - 1] for place in places.split()]


def fill(page: Page, words: list[str]) -> None:
    for field, word in zip(page.locator(".read-back input").all(), words, strict=True):
        field.fill(word)
    page.get_by_role("button", name="Check").click()


def test_words_are_copied_and_printed(sent: Page):
    sent.get_by_role("button", name="Copy the words").click()
    expect(sent.get_by_text("The words are copied.")).to_be_visible()
    assert sent.evaluate("copied") == [" ".join(code(sent))]

    sent.get_by_role("button", name="Print").click()
    assert sent.evaluate("printed") == 1


def test_words_are_selected_where_copying_is_refused(sent: Page):
    sent.evaluate(
        "Clipboard.prototype.writeText = async () => { throw new Error('refused'); }, true"
    )

    sent.get_by_role("button", name="Copy the words").click()

    expect(sent.get_by_text("Please copy the words by hand.")).to_be_visible()
    assert sent.evaluate("getSelection().toString()").split() == code(sent)


def test_two_words_are_read_back_whatever_their_case_and_what_lies_around(sent: Page):
    asked: list[str] = []
    sent.on("request", lambda request: asked.append(request.url))
    first, second = asked_for(sent)

    fill(sent, [f" {first.upper()} ", second[:6] + "."])

    expect(sent.get_by_text("That is right.")).to_be_visible()
    assert asked == []


def test_wrong_word_is_told_and_gone_to(sent: Page):
    first, _ = asked_for(sent)

    fill(sent, [first, "zebra"])

    expect(sent.get_by_text("Not quite.")).to_be_visible()
    expect(sent.locator(".read-back input").nth(1)).to_be_focused()
    fill(sent, ["", ""])
    expect(sent.locator(".read-back input").first).to_be_focused()


def test_reading_back_may_be_skipped(sent: Page):
    sent.get_by_role("button", name="Skip this").click()

    expect(sent.get_by_text("That's fine.")).to_be_focused()
    expect(sent.get_by_role("button", name="Check")).to_be_hidden()
