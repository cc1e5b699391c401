"""Every screen of the staff's side, found in the URLconf: accessible, on a phone too, and under
its policy."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.staff_screens import Screens, screens_of
from tests.conftest import Site, SiteFolders, running_site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff-screens")]

COMPUTER, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
TALLEST = 16_000  # pixels that Chromium still draws
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Axe()


@dataclass
class Walk:
    """Somebody who opens one screen after another, and what was wrong with which."""

    page: Page
    site: str
    address: str = ""
    faults: list[str] = field(default_factory=list)

    def open(self, address: str, path: str) -> None:
        self.address = address
        self.page.goto(self.site + path)

    def note(self, fault: object) -> None:
        self.faults.append(f"{self.address}: {fault}")

    def judge(self, rules: list[str]) -> None:
        """The window holds the whole page, so that nothing lies below a bar that stays in sight."""
        width = (self.page.viewport_size or COMPUTER)["width"]
        height = self.page.evaluate("document.documentElement.scrollHeight") + 400
        self.page.set_viewport_size({"width": width, "height": min(TALLEST, height)})
        # Preloading would fetch styles by script, which the policy has no reason to allow.
        found = AXE.run(self.page, options={"runOnly": rules, "preload": False}).response
        for fault in found["violations"]:
            self.note((fault["id"], [node["html"][:200] for node in fault["nodes"]][:3]))


@pytest.fixture(scope="module")
def running(new_site_folder: SiteFolders) -> Iterator[Site]:
    with running_site(new_site_folder()) as site:
        yield site


@pytest.fixture(scope="module")
def screens(running: Site) -> Screens:
    return screens_of(running)


@pytest.fixture
def walk(running: Site, browser: Browser) -> Iterator[Walk]:
    context = browser.new_context(viewport=COMPUTER)  # type: ignore[arg-type]
    page = context.new_page()
    walk = Walk(page, running.address)
    page.on("pageerror", lambda error: walk.note(error))
    page.on("console", lambda m: walk.note(m.text) if m.type in {"error", "warning"} else None)
    yield walk
    context.close()


def sign_in(walk: Walk, session: str) -> None:
    cookie: Any = {"name": "sessionid", "value": session, "url": f"{walk.site}/staff/"}
    walk.page.context.add_cookies([cookie])


def test_screens_are_found(screens: Screens):
    assert len(screens.paths) > 90
    assert len(screens.newcomer_paths) > 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_has_an_accessibility_fault_or_breaks_its_policy(
    walk: Walk, screens: Screens, scheme: Any
):
    walk.page.emulate_media(color_scheme=scheme)
    visits = [
        (screens.session, screens.paths),
        (screens.newcomer_session, screens.newcomer_paths),
    ]
    for session, paths in visits:
        sign_in(walk, session)
        for address, path in paths.items():
            walk.page.set_viewport_size(COMPUTER)  # type: ignore[arg-type]
            walk.open(address, path)
            walk.judge(RULES if scheme == "light" else ["color-contrast"])

    assert walk.faults == []


def test_no_screen_is_wider_than_a_phone(walk: Walk, screens: Screens):
    sign_in(walk, screens.session)
    walk.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for address, path in screens.paths.items():
        walk.open(address, path)
        width = walk.page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            walk.note(f"{width} pixels wide")

    assert walk.faults == []


def test_refused_form_says_what_is_wrong_and_where(walk: Walk, screens: Screens):
    sign_in(walk, screens.session)
    forms = {name: path for name, path in screens.paths.items() if name.endswith("/add/")}
    for address, path in forms.items():
        walk.page.set_viewport_size(COMPUTER)  # type: ignore[arg-type]
        walk.open(address, path)
        walk.page.locator("input[name=_save], input[name=_continue]").first.click()
        walk.page.locator(".error-summary").wait_for()
        walk.judge(RULES)

    assert len(forms) > 8
    assert walk.faults == []
