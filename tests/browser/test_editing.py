"""A page from draft to readers, as an editor does it in Chromium; readers see no draft."""

import datetime
import re
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import Site, SiteFolders, manage, running_site
from tests.staff.signing_in import session_at

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff")]

PING = 20_000  # milliseconds, as in static/staff/editing.js


@pytest.fixture(scope="module")
def running(new_site_folder: SiteFolders) -> Iterator[Site]:
    """A site of these tests' own, since they change its content."""
    with running_site(new_site_folder()) as site:
        yield site


@pytest.fixture(scope="module")
def sessions(running: Site) -> dict[str, dict[str, object]]:
    return {name: session_at(running.environment, name, "Publisher") for name in ("maria", "nina")}


@pytest.fixture
def faults() -> list[str]:
    """What Chromium complains of, breaches of the policy included."""
    return []


@pytest.fixture
def signed_in(
    browser: Browser, running: Site, sessions, faults: list[str]
) -> Iterator[Callable[[str], Page]]:
    """Opens a browser of its own for a member of staff."""
    contexts: list[BrowserContext] = []

    def open_browser(name: str) -> Page:
        context = browser.new_context(timezone_id="Europe/London")
        contexts.append(context)
        cookie = {**sessions[name], "path": None, "url": f"{running.address}/staff/"}
        context.add_cookies([cookie])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        return page

    yield open_browser
    for context in contexts:
        context.close()


@contextmanager
def reader(address: str) -> Iterator[list[str]]:
    """Asks for the page again and again; what came, each body that is new."""
    came: list[str] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            with urllib.request.urlopen(address, timeout=30) as answer:
                body = answer.read().decode()
            if not came or came[-1] != body:
                came.append(body)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield came
    finally:
        done.set()
        thread.join()


def open_form(page: Page, site: Site, slug: str) -> None:
    page.goto(f"{site.address}/staff/campaign/page/?q={slug}")
    row = page.locator("#result_list tbody tr").filter(
        has=page.get_by_role("cell", name=f"/{slug}/", exact=True)
    )
    row.locator("th a").click()
    expect(page.locator(".page-state")).to_be_visible()


def press(page: Page, name: str) -> None:
    page.locator(".submit-row").first.get_by_role("button", name=name, exact=True).click()


def say(page: Page, words: str) -> None:
    expect(page.locator(".messagelist")).to_contain_text(words)


def test_draft_is_previewed_published_compared_and_restored(
    signed_in, running: Site, faults: list[str]
):
    maria = signed_in("maria")
    open_form(maria, running, "students")
    old = maria.locator("#id_title").input_value()
    new = "Words that only a draft has"

    with reader(f"{running.address}/students/") as came:
        maria.locator("#id_title").fill(new)
        maria.locator("#id_why").fill("A reader asked")
        press(maria, "Save draft")
        expect(maria.locator(".page-state")).to_contain_text("There is a newer draft")

        press(maria, "Preview")
        phone = maria.frame_locator("iframe.phone")
        expect(phone.get_by_role("heading", name=new)).to_be_visible()
        expect(phone.get_by_text("A draft, not published.")).to_be_visible()
        computer = maria.frame_locator("iframe.computer")
        expect(computer.get_by_role("heading", name=new)).to_be_visible()
        assert phone.locator("html").evaluate("() => innerWidth") == 390
        assert phone.locator("html").evaluate("e => e.scrollWidth <= innerWidth")
        assert computer.locator("html").evaluate("() => innerWidth") >= 1000
        link = maria.get_by_label("The link").input_value()
        came_before_publishing = list(came)

        maria.get_by_role("link", name="Go on to publish").click()
        expect(maria.locator("#content ins").first).to_be_visible()
        maria.get_by_role("button", name="Publish").click()
        say(maria, "Readers get it now.")
        reload_until(maria.context, f"{running.address}/students/", new)

    assert len(came_before_publishing) == 1
    assert [new in body for body in came] == [False, True]
    shown_without_account(link, new)

    maria.goto(maria.url.split("?")[0].replace("/change/", "/history/"))
    maria.locator("input[name=before]").last.check()
    maria.locator("input[name=after]").first.check()
    maria.get_by_role("button", name="Compare the two").click()
    expect(maria.locator(".differences ins").first).to_contain_text("Words")
    expect(maria.locator("table")).to_contain_text("A reader asked")
    maria.get_by_role("button", name="Restore it").click()
    say(maria, "It is a draft now.")
    expect(maria.locator("#id_title")).to_have_value(old)
    assert new in body_of(f"{running.address}/students/")
    assert faults == []


def body_of(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read().decode()


def reload_until(context: BrowserContext, address: str, words: str) -> None:
    """A reader's own press of reload, until the words are there: within a second or two."""
    page = context.new_page()
    deadline = time.monotonic() + 10
    page.goto(address)
    while words not in page.content():
        assert time.monotonic() < deadline, "the published words did not come"
        page.reload()
    page.close()


def shown_without_account(link: str, words: str) -> None:
    """Whoever has the link sees the draft, and gets no cookie."""
    with urllib.request.urlopen(link, timeout=30) as answer:
        assert words in answer.read().decode()
        assert answer.headers["Set-Cookie"] is None


def test_scheduled_draft_comes_at_its_moment_without_anybody(
    signed_in, running: Site, faults: list[str]
):
    maria = signed_in("maria")
    open_form(maria, running, "parents")
    new = "Words for tomorrow"
    at = datetime.datetime.now(ZoneInfo("Europe/London")) + datetime.timedelta(days=1)

    with reader(f"{running.address}/parents/") as came:
        maria.locator("#id_title").fill(new)
        press(maria, "Schedule")
        maria.get_by_label("From when on").fill(f"{at:%Y-%m-%dT%H:%M}")
        maria.get_by_role("button", name="Schedule").click()
        say(maria, "It is planned for")
        expect(maria.locator(".page-state")).to_contain_text(f"goes live on {at:%-d %B %Y, %H:%M}")
        came_before = list(came)
        let_the_moment_come(running)
        reload_until(maria.context, f"{running.address}/parents/", new)

    assert len(came_before) == 1
    assert [new in body for body in came] == [False, True]
    assert faults == []


def let_the_moment_come(site: Site) -> None:
    lines = (
        "from campaign.models import Publication",
        "from django.utils import timezone",
        "Publication.objects.to_come().update(at=timezone.now())",
    )
    done = manage(site.environment, "shell", "--no-imports", "-c", "; ".join(lines))
    assert done.returncode == 0, done.stderr


def test_two_editors_at_once_lose_no_word(signed_in, running: Site, faults: list[str]):
    maria, nina = signed_in("maria"), signed_in("nina")
    open_form(maria, running, "friends")
    open_form(nina, running, "friends")
    maria.locator("#id_summary").fill("What Maria typed.")
    nina.locator("#id_title").fill("What Nina typed")

    press(maria, "Save draft")
    say(maria, "was changed successfully")
    press(nina, "Save draft")

    expect(nina.locator(".errorlist").first).to_contain_text("maria saved this on")
    expect(nina.locator("#id_title")).to_have_value("What Nina typed")
    expect(nina.locator(".notice ins").first).to_contain_text("Maria")
    press(nina, "Save draft")
    say(nina, "was changed successfully")
    nina.goto(nina.url.split("?")[0].replace("/change/", "/history/"))
    expect(nina.locator("tbody tr", has_text="maria")).to_have_count(1)
    expect(nina.locator("tbody tr", has_text="nina")).to_have_count(1)
    assert faults == []


# Posts the form as it stands, so many times at once; how many were saved, which leads elsewhere.
POST_AT_ONCE = """async times => {
  const form = document.getElementById("page_form")
  const post = async number => {
    const body = new FormData(form)
    body.set("title", `Title number ${number}`)
    body.set("_continue", "1")
    const answer = await fetch(location.href, { method: "POST", body })
    return answer.redirected
  }
  const saved = await Promise.all([...Array(times).keys()].map(post))
  return saved.filter(Boolean).length
}"""


def test_of_many_who_save_at_the_same_moment_one_is_first_and_the_rest_are_told(
    signed_in, running: Site, faults: list[str]
):
    maria = signed_in("maria")
    open_form(maria, running, "apps")

    assert maria.evaluate(POST_AT_ONCE, 6) == 1
    assert faults == []


def test_whoever_else_opens_the_page_is_named_without_a_reload(
    signed_in, running: Site, faults: list[str]
):
    maria, nina = signed_in("maria"), signed_in("nina")
    maria.clock.install()
    open_form(maria, running, "schools")
    others = maria.locator("#others-editing")
    expect(others).to_be_hidden()

    open_form(nina, running, "schools")
    maria.clock.run_for(PING)

    expect(others).to_have_text(re.compile(r"Also has this page open:\s+nina"))
    expect(nina.locator("#others-editing")).to_contain_text("maria")
    assert faults == []
