"""The report form one step at a time: where a reader is led, what is said, and what is kept."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from reporting.questions import BY_KEY, QUESTIONS, Voice, field_name
from tests.browser.report_form import (
    LINE,
    NO_ESCAPE,
    expect_step,
    focused,
    go_on,
    go_to,
    shown_step,
)
from tests.browser.visiting import h1, of_the_site

pytestmark = pytest.mark.browser

FULL = [str(number) for number in range(17) if number != 15]
QUICK = ["0", "1", "2", "8", "10", "14"]


@pytest.fixture
def form(page: Page, site: str) -> Page:
    """The form, reached from another page: its script comes with what is swapped in."""
    page.goto(f"{site}/friends/")
    page.locator('main a[href="/report/"]').first.click()
    h1(page, "Report it to the police")
    return page


def heading(page: Page) -> str:
    return page.locator(".step:not([hidden]) h2").first.inner_text()


@pytest.mark.parametrize("loaded", [False, True], ids=["swapped in", "loaded"])
def test_first_step_alone_is_shown_and_the_heading_of_the_page_is_read(
    form: Page, site: str, loaded: bool
):
    if loaded:
        form.goto(f"{site}/report/")

    assert shown_step(form) == "0"
    expect(form.get_by_text("Nobody will ask you for the picture.")).to_be_visible()
    expect(form.get_by_role("button", name="Send", exact=True)).to_be_hidden()
    expect(form.locator(".step-controls").get_by_role("button", name="Back")).to_be_hidden()
    expect(form.locator(".progress")).to_be_hidden()
    if not loaded:
        assert focused(form) == "Report it to the police"


@pytest.mark.parametrize(("length", "steps"), [("full", FULL), ("quick", QUICK)])
def test_each_step_is_counted_and_its_heading_has_the_focus_at_the_top(
    form: Page, length: str, steps: list[str]
):
    numbers = [*steps, "send"]
    for place, number in enumerate(numbers[1:], start=1):
        go_to(form, number, length=length)
        words = f"Step {place} of {len(numbers) - 1}"
        expect(form.locator(".progress")).to_have_text(words)
        assert focused(form) == heading(form)
        described = form.evaluate("document.activeElement.getAttribute('aria-describedby')")
        assert form.locator(f"#{described}").inner_text() == words
        box = form.locator(".progress").bounding_box()
        viewport = form.viewport_size
        assert box is not None
        assert viewport is not None
        assert 0 <= box["y"] < viewport["height"] / 3


def test_quick_has_its_own_short_words_and_asks_for_one_app_and_name(form: Page):
    go_to(form, "8", length="quick")

    accounts, story = BY_KEY["accounts"].in_quick, BY_KEY["story"].in_quick
    assert heading(form) == accounts.words.you
    shown = form.evaluate("""[...document.querySelectorAll('#q-accounts [name]')]
        .filter((it) => it.checkVisibility()).map((it) => it.name)""")
    group = BY_KEY["accounts"]
    assert set(shown) == {field_name(group, 0, field) for field in accounts.fields}
    go_on(form)
    assert heading(form) == story.words.you
    assert story.help is not None
    expect(form.get_by_text(str(story.help.you))).to_be_visible()


def test_reader_who_changes_from_quick_to_all_keeps_the_words_and_is_asked_the_rest(form: Page):
    go_to(form, "8", length="quick")
    form.fill("#accounts-0-handle", "bad_name")
    go_to(form, "send")
    change(form, "How much do you want to tell us now?")
    form.check("#length-full")

    seen = []
    while (step := go_on(form)) != "send":
        seen.append(step)

    assert seen == ["3", "4", "5", "6", "7", "8", "9", "11", "12", "13", "16"]
    answers = form.locator(".answers").inner_text()
    assert "Account name: bad_name" in answers
    assert LINE in answers


@pytest.mark.parametrize("answer", ["danger", "self_harm", "not_sure", "prefer_not"])
def test_help_is_on_a_small_phones_screen_as_soon_as_danger_is_answered(form: Page, answer: str):
    form.set_viewport_size({"width": 320, "height": 640})
    go_to(form, "1")

    form.check(f"#danger-{answer}")

    words = form.locator(".help[data-help=danger]").get_by_text("call 999 now").bounding_box()
    bar = form.locator(".leave").bounding_box()
    assert words is not None
    assert bar is not None
    assert words["y"] >= 0
    assert words["y"] + words["height"] <= bar["y"]


def change(page: Page, question: str) -> None:
    page.get_by_role("button", name=f"Change {question}", exact=True).click()


PHONE = (320, 640)
WIDE = (1280, 800)


def back(page: Page) -> Locator:
    """The one way back that is to be seen: the form's own on a phone, else the bar's."""
    return page.get_by_role("button", name="Back", exact=True)


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def test_back_leads_to_the_question_before_by_every_way_there_is(form: Page):
    go_to(form, "3")
    resize(form, PHONE)
    form.locator(".step-controls").get_by_role("button", name="Back").click()
    expect_step(form, "2")
    assert focused(form) == heading(form)

    resize(form, WIDE)
    form.locator(".visit-back").click()
    expect_step(form, "1")
    form.locator(".visit-back").click()
    expect_step(form, "0")
    assert focused(form) == "Report it to the police"
    assert form.is_checked("#who-me")


@pytest.mark.parametrize("size", [PHONE, (768, 1024), WIDE], ids=str)
def test_there_is_one_way_back_at_a_time_and_it_covers_nothing_of_the_form(
    form: Page, size: tuple[int, int]
):
    resize(form, size)

    for step in ("0", "1", "2"):
        go_to(form, step)
        expect(back(form)).to_have_count(1)
        inside = back(form).evaluate("(it) => Boolean(it.closest('.leave, .step-controls'))")
        floats = back(form).evaluate("(it) => getComputedStyle(it).position !== 'static'")
        assert inside, step
        assert not floats, step


# --- Leaving the form by Back ---

LEAVING = "Press Back again to leave. Your words will be gone."


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=str)
def test_back_from_a_form_with_an_answer_in_it_asks_for_a_second_press(
    form: Page, site: str, size: tuple[int, int]
):
    resize(form, size)
    line = form.get_by_role("status").filter(has_text=LEAVING)
    form.check("#length-quick")

    back(form).click()

    expect(line).to_be_in_viewport(ratio=1)
    expect(back(form)).to_be_focused()
    h1(form, "Report it to the police")
    # A new answer is no second press.
    form.check("#length-full")
    expect(line).to_have_count(0)
    back(form).click()
    expect(line).to_be_in_viewport(ratio=1)
    back(form).click()
    h1(form, "How to help a friend")
    assert of_the_site(form, site) == ["/friends/"]


def test_double_press_of_back_does_not_drop_the_answers(form: Page):
    form.check("#length-quick")

    back(form).dblclick()

    expect(form.get_by_text(LEAVING)).to_be_visible()
    assert form.is_checked("#length-quick")


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=str)
def test_back_from_an_empty_form_leads_out_at_once(form: Page, size: tuple[int, int]):
    resize(form, size)

    back(form).click()

    h1(form, "How to help a friend")


def test_form_that_the_visit_began_with_has_no_way_back(page: Page, site: str):
    page.goto(f"{site}/report/")
    page.check("#length-quick")

    expect(back(page)).to_have_count(0)
    go_on(page)
    back(page).click()

    expect_step(page, "0")
    expect(back(page)).to_have_count(0)


def test_form_that_came_back_by_a_reload_has_its_way_back(form: Page):
    form.reload()
    h1(form, "Report it to the police")
    form.check("#length-quick")

    back(form).click()
    expect(form.get_by_text(LEAVING)).to_be_visible()
    back(form).click()

    h1(form, "How to help a friend")


def test_close_request_of_the_browser_leads_to_the_question_before(page: Page, site: str):
    """On a phone it is the back gesture; here the Escape key, once leaving does not take it."""
    page.add_init_script(NO_ESCAPE)
    page.goto(f"{site}/report/")
    go_to(page, "4")

    for number in ("3", "2", "1", "0"):
        page.keyboard.press("Escape")
        expect_step(page, number)

    assert of_the_site(page, site) == ["/report/"]


def test_step_with_nothing_to_ask_is_passed_over_until_there_is(form: Page):
    go_to(form, "14")
    expect(form.locator(".progress")).to_have_text("Step 14 of 16")
    assert go_on(form) == "16"
    form.locator(".visit-back").click()

    form.check("#reply-contact")

    expect(form.locator(".progress")).to_have_text("Step 14 of 17")
    assert go_on(form) == "15"


def test_question_below_an_answer_comes_with_it(form: Page):
    go_to(form, "7")
    below = form.get_by_role("heading", name="How was it paid, and how much?")
    expect(below).to_be_hidden()

    form.check("#paid-money")
    expect(below).to_be_visible()
    form.fill("#paid_how", "by bank, 200")
    form.uncheck("#paid-money")
    expect(below).to_be_visible()
    form.check("#paid-nothing")

    expect(below).to_be_hidden()
    assert form.input_value("#paid_how") == "by bank, 200"


@pytest.mark.parametrize("voice", list(Voice))
def test_words_are_about_the_person_it_is_happening_to(form: Page, voice: Voice):
    go_to(form, "16", who=voice.value)
    expected = [
        question.words.to(voice)
        for question in QUESTIONS
        if not question.fields and question.key != "length"
    ]

    said = form.evaluate("""[...document.querySelectorAll('.question')]
        .map((it) => [it.dataset.key, it.querySelector('h2').textContent.trim()])""")

    told = [words for key, words in said if key not in {"length", "accounts"}]
    assert told == expected
    page = form.locator("#report").inner_html()
    assert "{who}" not in re.sub(r'data-they="[^"]*"', "", page)


@pytest.mark.parametrize(
    ("step", "alone", "others"),
    [
        ("4", "#happening-not_sure", ["#happening-threat", "#happening-fake"]),
        ("4", "#happening-prefer_not", ["#happening-not_sure"]),
        ("7", "#paid-nothing", ["#paid-money", "#paid-pictures"]),
        ("7", "#paid-dont_know", ["#paid-nothing"]),
        ("13", "#who_knows-nobody", ["#who_knows-friend"]),
    ],
)
def test_answer_that_stands_alone_and_the_others_take_each_other_back(
    form: Page, step: str, alone: str, others: list[str]
):
    go_to(form, step)
    for other in others:
        form.check(other)
    assert all(form.is_checked(other) for other in others)

    form.check(alone)

    assert not any(form.is_checked(other) for other in others)
    form.check(others[0])
    assert not form.is_checked(alone)
    form.uncheck(others[0])
    assert not form.is_checked(alone)


def test_others_that_were_taken_back_ask_their_questions_no_longer(form: Page):
    go_to(form, "7")
    form.check("#paid-money")

    form.check("#paid-nothing")

    expect(form.locator("#q-paid_how")).to_be_hidden()


# --- What is needed ---


def test_answer_that_is_needed_is_asked_for_at_its_question(form: Page):
    go_to(form, "1")

    for _ in range(2):
        assert go_on(form) == "1"

    question = form.get_by_role("radiogroup", name="Is anyone in danger right now")
    expect(question.locator(".error")).to_have_text("Please choose one of these.")
    expect(question).to_have_accessible_description(re.compile("We need this one.*Please choose"))
    assert focused(form) == "danger-no"
    form.keyboard.press("Space")
    expect(question.locator(".error")).to_have_count(0)
    expect(question).not_to_have_accessible_description(re.compile("Please choose"))
    assert go_on(form) == "2"
    assert go_on(form) == "2"
    assert focused(form) == "who-me"


@pytest.mark.parametrize("step", ["1", "2"])
def test_question_that_is_needed_says_so_to_a_screen_reader(form: Page, step: str):
    go_to(form, step)

    question = form.locator(".question:not([hidden])[data-need=yes]:visible")

    expect(question).to_have_role("radiogroup")
    expect(question).to_have_attribute("aria-required", "true")
    expect(question).to_have_accessible_description(re.compile(r"We need this one\.$"))


def seen_whole(page: Page, selector: str) -> bool:
    """Whether no part of it is off the screen or under the bar of the way out."""
    return bool(
        page.locator(selector).evaluate("""(it) => {
            const at = it.getBoundingClientRect();
            const bar = document.querySelector('.leave').getBoundingClientRect();
            const [top, foot] = bar.top <= 0 ? [bar.bottom, innerHeight] : [0, bar.top];
            return at.top >= top && at.bottom <= foot;
        }""")
    )


@pytest.mark.parametrize("touch", [True, False], ids=["touch", "mouse"])
def test_error_of_a_box_is_on_a_small_phones_screen(browser: Browser, site: str, touch: bool):
    page = browser.new_page(
        viewport={"width": 320, "height": 640}, has_touch=touch, is_mobile=touch
    )
    page.goto(f"{site}/report/")
    go_to(page, "10")

    go_on(page)

    expect(page.locator("#story")).to_be_focused()
    page.wait_for_function("document.querySelector('.error').getBoundingClientRect().top >= 0")
    assert seen_whole(page, "#q-story .error")
    assert seen_whole(page, "#q-story h2")
    page.close()


@pytest.mark.parametrize("length", ["quick", "full"])
def test_one_thing_more_is_asked_for_at_the_last_question_that_can_say_it(form: Page, length: str):
    go_to(form, "10", length=length)

    assert go_on(form) == "10"

    expect(form.locator("#q-story .error")).to_contain_text("one thing more")
    assert focused(form) == "story"
    expect(form.locator("#story")).to_have_attribute("aria-invalid", "true")
    form.keyboard.type("one line")
    expect(form.locator("#q-story .error")).to_have_count(0)
    go_on(form)
    assert shown_step(form) != "10"


@pytest.mark.parametrize("told", ["#shared-dont_know", "#accounts-0-handle"])
def test_own_words_may_be_left_out_where_something_else_was_told(form: Page, told: str):
    go_to(form, "6")
    if told == "#accounts-0-handle":
        go_to(form, "8")
        form.fill(told, "bad_name")
    else:
        form.check(told)
    while shown_step(form) != "10":
        go_on(form)

    assert go_on(form) == "11"


def test_what_is_needed_and_was_taken_away_again_is_asked_for_before_sending(form: Page):
    sent: list[str] = []
    form.on("request", lambda request: sent.append(request.method))
    go_to(form, "send", length="quick")
    form.evaluate("document.getElementById('story').value = ''")

    form.get_by_role("button", name="Send", exact=True).click()

    expect_step(form, "10")
    assert focused(form) == "story"
    form.fill("#story", LINE)
    assert go_on(form) == "send"
    assert sent == []


def test_letters_are_counted_when_few_are_left_and_nothing_is_cut_off(form: Page):
    go_to(form, "10")
    line = form.locator("#q-story .letters")
    form.fill("#story", "a" * 3799)
    expect(line).to_have_attribute("aria-live", "polite")
    expect(line).to_have_text("")
    # A face is one letter, as it is on the server, though it takes two places in the browser.
    form.fill("#story", "a" * 3799 + "\N{GRINNING FACE}")
    expect(line).to_have_text("200 letters left")

    form.fill("#story", "a" * 4003)
    expect(line).to_have_text("3 letters too long")
    assert go_on(form) == "10"

    expect(form.locator("#q-story > .error").first).to_contain_text("3 letters too long")
    assert focused(form) == "story"
    assert len(form.input_value("#story")) == 4003
    form.fill("#story", "a" * 4000)
    assert go_on(form) == "11"


def test_enter_in_a_line_goes_on_and_in_a_box_makes_a_new_line(form: Page):
    go_to(form, "9")
    form.fill("#began", "last week")
    form.press("#began", "Enter")
    expect_step(form, "10")

    form.fill("#story", "one")
    form.press("#story", "Enter")

    expect_step(form, "10")
    assert form.input_value("#story") == "one\n"


@pytest.mark.parametrize("name", ["Continue", "Back"])
def test_second_press_of_a_double_one_does_nothing(form: Page, name: str):
    resize(form, PHONE)
    go_to(form, "4")
    button = form.locator(".step-controls").get_by_role("button", name=name)
    button.click()
    expected = "5" if name == "Continue" else "3"
    expect_step(form, expected)

    # Where the button stands now, as if it had come under the finger.
    button.hover()
    form.mouse.down(click_count=2)
    form.mouse.up(click_count=2)

    expect_step(form, expected)


# --- Check your answers ---


def test_answers_are_checked_in_words_before_sending(form: Page):
    go_to(form, "4", who="child")
    form.check("#happening-threat")
    form.check("#happening-filmed")
    go_to(form, "8")
    form.check("#accounts-0-app-snapchat")
    form.fill("#accounts-0-handle", "bad_name")
    form.get_by_text("Add another account").first.click()
    form.fill("#accounts-1-handle", "worse_name")
    go_to(form, "10")
    form.fill("#story", "first line\nsecond line")
    go_to(form, "send")

    assert heading(form) == "Check your answers"
    rows = form.evaluate("""Object.fromEntries([...document.querySelectorAll('.answers > div')]
        .map((row) => [row.children[0].textContent, row.children[1].textContent]))""")
    assert rows["Who is this happening to?"] == "My child"
    assert rows["What is happening?"] == (
        "They say they will share a picture or video\nThey filmed your child, who did not know"
    )
    assert rows["How old is your child?"] == "Not answered"
    assert rows["What do you know about the person doing this?"] == (
        "App or site: Snapchat\nAccount name: bad_name\n\nAccount name: worse_name"
    )
    assert rows["What happened, in your own words?"] == "first line\nsecond line"
    assert "Which town, or which country?" not in rows


def test_change_leads_to_its_question_and_then_back_to_the_answers(form: Page):
    go_to(form, "send")
    change(form, "How old are you?")
    expect_step(form, "3")
    form.check("#age-16_17")
    assert go_on(form) == "send"
    expect(form.locator(".answers")).to_contain_text("16 or 17")
    assert focused(form) == "Check your answers"

    change(form, "How old are you?")
    form.locator(".visit-back").click()
    expect_step(form, "send")
    form.locator(".visit-back").click()

    expect_step(form, "16")


def test_change_that_opens_a_branch_leads_through_it_first(form: Page):
    go_to(form, "send")
    change(form, "How can we reply?")
    form.check("#reply-contact")

    assert go_on(form) == "15"
    assert focused(form) == "What is the best way?"
    assert go_on(form) == "send"


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=str)
@pytest.mark.parametrize(
    "question",
    ["Is it safe to leave a voicemail?", "How much do you want to tell us now?"],
)
def test_change_leads_to_the_question_itself(form: Page, question: str, size: tuple[int, int]):
    resize(form, size)
    go_to(form, "14")
    form.check("#reply-contact")
    go_to(form, "send")

    change(form, question)

    assert focused(form) == question
    assert seen_whole(form, f"h2:has-text('{question}')")


STORY = "\n".join(f"Line {number}." for number in range(1, 60))


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=str)
@pytest.mark.parametrize("story", [STORY, STORY.replace("\n", " ")], ids=["lines", "words"])
def test_long_story_shows_its_beginning_and_the_rest_on_demand(
    form: Page, story: str, size: tuple[int, int]
):
    resize(form, size)
    go_to(form, "10")
    form.fill("#story", story)
    go_to(form, "send")
    told = form.locator(".answers dd", has_text="Line 1.")
    more = form.get_by_role("button", name="Show all What happened, in your own words?")

    def height() -> float:
        return float(told.evaluate("(it) => it.scrollHeight"))

    short = height()
    assert short < 220
    # Nothing is kept from who listens or prints.
    assert "Line 59." in told.aria_snapshot()
    form.emulate_media(media="print")
    assert height() > short * 1.5
    form.emulate_media(media="screen")

    more.focus()
    form.keyboard.press("Enter")

    assert height() > short * 1.5
    less = form.get_by_role("button", name="Show less What happened, in your own words?")
    expect(less).to_be_focused()
    form.keyboard.press("Enter")
    assert height() == short
    expect(more).to_be_focused()
    expect(more).to_be_in_viewport(ratio=1)


def test_short_answer_has_nothing_more_to_show(form: Page):
    go_to(form, "send")

    expect(form.get_by_role("button", name="Show all")).to_have_count(0)


# --- What comes back from the server ---

PICTURE = "data:image/png;base64," + "iVBORw0KGgo" * 200


def test_fault_that_the_server_finds_leads_to_its_step_and_keeps_every_word(form: Page, site: str):
    go_to(form, "9")
    form.fill("#began", "last week")
    go_to(form, "10")
    form.fill("#story", f"before {PICTURE} after")
    go_to(form, "send")

    form.get_by_role("button", name="Send", exact=True).click()

    summary = form.get_by_role("alert").filter(has_text="Please look at this again")
    expect(summary).to_be_focused()
    expect_step(form, "10")
    form.locator(".visit-back").click()
    expect_step(form, "9")
    assert form.input_value("#began") == "last week"
    summary.get_by_role("link").first.click()
    expect_step(form, "10")
    expect(form.locator("#story")).to_be_focused()
    assert "before" in form.input_value("#story")
    form.fill("#story", "without it")
    assert go_on(form) == "send"
    expect(summary).to_be_hidden()
    assert of_the_site(form, site) == ["/friends/"]


SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)


@pytest.mark.parametrize("name", [".holds=", "asked:", ".word=", "scrollIntoView"])
def test_whole_form_is_there_when_a_part_of_its_script_has_failed(page: Page, site: str, name: str):
    def spoil(route: Route) -> None:
        response = route.fetch()
        text = SCRIPT.sub(
            lambda found: f"<script>({found[1]}</script>" if name in found[1] else found[0],
            response.text(),
        )
        route.fulfill(response=response, body=text)

    page.route("**/report/", lambda route: spoil(route))
    page.goto(f"{site}/report/")

    expect(page.locator("#q-story")).to_be_visible()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)
