"""Counting in Chromium: what is told to the server, when, and with which cookie."""

from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.patience import eventually
from tests.browser.test_cookies import ACCEPT, REJECT, choose, press, said
from tests.browser.visiting import follow, h1

pytestmark = pytest.mark.browser


@pytest.fixture
def requests(home: Page) -> list[Request]:
    """What the page asks of the server, from the first answer about cookies on."""
    asked: list[Request] = []
    home.on("request", lambda request: asked.append(request))
    return asked


def told(requests: list[Request]) -> list[dict[str, str]]:
    """What was told to the address that counts, in order."""
    return [
        dict(parse_qsl(request.post_data or ""))
        for request in requests
        if request.url.endswith("/visits/")
    ]


def eventually_told(page: Page, requests: list[Request], *expected: dict[str, str]) -> None:
    def has_come() -> bool:
        page.evaluate("0")  # lets the browser's news come in
        return len(told(requests)) >= len(expected)

    eventually(has_come, f"counts of {expected}")
    assert told(requests) == list(expected)


def read(page: Page, address: str, heading: str) -> None:
    follow(page, address)
    h1(page, heading)
    expect(page.locator(".visit-status")).to_have_text("")


def go_home(page: Page) -> None:
    """From the report form, which has no menus around it."""
    page.locator(".brand").click()
    h1(page, "You are not alone. Here is what to do.")


def test_nothing_is_told_before_a_yes_or_after_a_no(home: Page, requests: list[Request]):
    read(home, "/friends/", "How to help a friend")
    press(home, REJECT)
    said(home, "You've rejected")
    read(home, "/warning-signs/", "Warning signs")

    assert told(requests) == []


def test_each_page_is_told_once_as_it_is_read(home: Page, requests: list[Request]):
    press(home, ACCEPT)
    said(home, "You've accepted")
    read(home, "/friends/", "How to help a friend")
    read(home, "/warning-signs/", "Warning signs")
    eventually_told(
        home, requests, {"page": "/"}, {"page": "/friends/"}, {"page": "/warning-signs/"}
    )

    home.reload()
    h1(home, "Warning signs")
    read(home, "/friends/", "How to help a friend")

    eventually_told(
        home,
        requests,
        *[{"page": page} for page in ("/", "/friends/", "/warning-signs/", "/friends/")],
    )


def test_page_with_its_own_address_is_told_too(home: Page, requests: list[Request], site: str):
    press(home, ACCEPT)
    eventually_told(home, requests, {"page": "/"})

    follow(home, "/parents/")
    expect(home).to_have_url(f"{site}/parents/")

    eventually_told(home, requests, {"page": "/"}, {"page": "/parents/"})


def test_page_on_reporting_is_never_told_only_the_press_that_leads_there(
    home: Page, requests: list[Request]
):
    press(home, ACCEPT)
    eventually_told(home, requests, {"page": "/"})

    read(home, "/report/", "Report it to the police")
    home.reload()
    h1(home, "Report it to the police")
    go_home(home)
    read(home, "/friends/", "How to help a friend")

    first, to_report = {"page": "/"}, {"page": "/", "goes_to_report": "1"}
    eventually_told(home, requests, first, to_report, first, {"page": "/friends/"})


def test_cookie_of_the_visit_travels_with_counts_alone(home: Page, requests: list[Request]):
    press(home, ACCEPT)
    eventually_told(home, requests, {"page": "/"})
    read(home, "/report/", "Report it to the police")
    go_home(home)
    read(home, "/friends/", "How to help a friend")
    eventually(lambda: home.evaluate("1") and len(told(requests)) == 4, "four counts")

    with_visit = {
        request.url.split("/", 3)[3]
        for request in requests
        if "visit=" in request.all_headers().get("cookie", "")
    }

    assert with_visit == {"visits/"}
    assert any(request.url.endswith("/report/") for request in requests)


def test_change_of_mind_stops_the_telling_at_once(home: Page, requests: list[Request]):
    press(home, ACCEPT)
    eventually_told(home, requests, {"page": "/"})
    read(home, "/cookies/", "Cookies on this site")
    eventually_told(home, requests, {"page": "/"}, {"page": "/cookies/"})
    choose(home, "Yes", "No")
    press(home, "Save cookie settings")
    said(home, "Your cookie settings are saved.")

    read(home, "/friends/", "How to help a friend")

    assert told(requests) == [{"page": "/"}, {"page": "/cookies/"}]


def test_saving_the_same_answer_again_counts_no_page_twice(home: Page, requests: list[Request]):
    press(home, ACCEPT)
    eventually_told(home, requests, {"page": "/"})
    read(home, "/cookies/", "Cookies on this site")
    eventually_told(home, requests, {"page": "/"}, {"page": "/cookies/"})
    home.evaluate("fetch('/robots.txt').then((answer) => answer.text())")

    press(home, "Save cookie settings")
    said(home, "Your cookie settings are saved.")
    read(home, "/friends/", "How to help a friend")

    eventually_told(home, requests, *[{"page": p} for p in ("/", "/cookies/", "/friends/")])
