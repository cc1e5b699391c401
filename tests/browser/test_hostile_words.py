"""Words that try to become a program, in every field of every form: none does, on any screen.

Chromium opens each public page and each kind of staff screen, under the policies as they are; of
the staff screens of every single row it reads the markup without opening them. An attempt that
only the policy stopped is a fault too: no markup of an attempt may be there at all.
"""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, BrowserContext, Page

from tests.addresses import OTHER_SCREENS, PAGES
from tests.browser.hostile.attempts import ATTEMPTS, CANARY
from tests.conftest import ROOT, Site, SiteFolders, running_site
from tests.staff.signing_in import session_at

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hostile")]

NOTICE = ROOT / "tests" / "browser" / "hostile" / "notice.js"
ROLES = ["Publisher", "Administrator", "Auditor"]  # who together see every screen there is
ROW = re.compile("<path:object_id>|<int:pk>")
# What ends the visit, what is for programs, and what takes words but shows none.
NOT_OPENED = (
    *("logout", "jsi18n", "autocomplete", "r/<", "<str:", "<int:publication>", "passkeys/<"),
    *("/link/", "/unlock/", "/editing/", "/restore/", "/bring-back/"),
)


@dataclass
class Hostile:
    """A site full of attempts. ``rows`` are by model, in the order of the attempts."""

    site: Site
    session: Any  # the cookie of somebody with every role
    rows: dict[str, list[int]]
    taken: dict[str, int]
    refused: dict[str, int]
    refusals: list[str]


@pytest.fixture(scope="module")
def hostile(new_site_folder: SiteFolders) -> Iterator[Hostile]:
    with running_site(new_site_folder()) as running:
        session = session_at(running.environment, "editor", *ROLES)
        yield filled(running, session | {"domain": "127.0.0.1"})


def filled(site: Site, session: dict[str, Any]) -> Hostile:
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.hostile.fill", session["value"]],
        cwd=ROOT,
        env=site.environment | {"DJANGO_SETTINGS_MODULE": "sextortion_site.settings"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    came = json.loads(done.stdout)
    parts = (came[name] for name in ("rows", "taken", "refused", "refusals"))
    return Hostile(site, session, *parts)


@dataclass
class Watched:
    """A browser whose every sign of an attempt is written down."""

    context: BrowserContext
    page: Page
    site: str
    signs: list[str] = field(default_factory=list)
    mentions: int = 0

    def open(self, address: str) -> None:
        before = len(self.signs)
        self.page.goto(self.site + address, wait_until="load")
        self.look_around()
        if self.page.url.partition("#")[0] != self.site + address and "/staff/" not in address:
            self.signs.append(f"led to {self.page.url}")
        self.signs[before:] = [f"{address}: {sign}" for sign in self.signs[before:]]

    def look_around(self) -> None:
        """At what is open."""
        for frame in self.page.frames:  # a draft is shown inside the screen
            self.signs += frame.evaluate("suspicious(document)")
            self.signs += ["it ran"] * frame.evaluate("hits")
            self.mentions += frame.evaluate("mentioned(document)")

    def look_at(self, addresses: list[str]) -> None:
        """Reads their markup without opening them."""
        self.page.goto("about:blank")  # no policy speaks up about what is only read
        waiting = list(addresses)
        while waiting:
            address = waiting.pop()
            answer = self.context.request.get(self.site + address, max_redirects=0)
            waiting += self.look(answer.text(), address)["further"]
            if answer.status >= 500:
                self.signs.append(f"{address}: {answer.status}")

    def look(self, text: str, address: str) -> dict[str, Any]:
        seen = self.page.evaluate("([text, address]) => looked(text, address)", [text, address])
        self.signs += [f"{address}: {sign}" for sign in seen["found"]]
        self.mentions += seen["mentions"]
        return seen


@pytest.fixture
def watched(hostile: Hostile, browser: Browser) -> Iterator[Watched]:
    context = browser.new_context()
    context.add_init_script(path=NOTICE)
    context.add_cookies([hostile.session])
    page = context.new_page()
    seen = Watched(context, page, hostile.site.address)
    page.on("pageerror", lambda error: seen.signs.append(f"error: {error}"))
    page.on("console", lambda m: seen.signs.append(m.text) if is_fault(m) else None)
    page.on("dialog", lambda dialog: (seen.signs.append("a dialog"), dialog.dismiss()))
    page.on("request", lambda r: seen.signs.append(r.url) if is_foreign(r.url, seen.site) else None)
    yield seen
    context.close()


def is_fault(message: Any) -> bool:
    # Screens that are not there, or not for these roles.
    is_refusal = "the server responded with a status of 4" in message.text
    return message.type in {"error", "warning"} and not is_refusal


def is_foreign(url: str, site: str) -> bool:
    return CANARY in url.split("?")[0] or not url.startswith((f"{site}/", "data:image/svg"))


# --- the screens -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Screen:
    """An address of the admin as its pattern spells it."""

    route: str

    @property
    def model(self) -> str:
        """Whose row it names: staff/campaign/page/ is about campaign.page."""
        return ".".join(self.route.split("/")[1:3])

    @property
    def needs_a_row(self) -> bool:
        return ROW.search(self.route) is not None

    @property
    def is_form(self) -> bool:
        return self.route.endswith("/change/")

    def address(self, pk: int | None = None) -> str:
        return f"/{ROW.sub(str(pk), self.route)}"


def screens() -> list[Screen]:
    """Every screen of the admin, by the URLconf; those of other parts as soon as they are there."""
    return [
        Screen(route)
        for route in routes(get_resolver("sextortion_site.urls").url_patterns)
        if route.startswith("staff/") and not any(part in route for part in NOT_OPENED)
    ]


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif "(?P" not in route and "$" not in route:
            yield route


# --- what has to hold ------------------------------------------------------------------------


def test_attempts_are_many_and_distinct():
    assert len(set(ATTEMPTS)) == len(ATTEMPTS) >= 60


def test_every_text_field_of_every_form_was_tried(hostile: Hostile):
    tried = hostile.taken.keys() | hostile.refused.keys()
    models = {name.split(".")[0] for name in tried}

    assert {"page", "section", "entry", "service", "tip", "topic", "image"} <= models
    assert len(tried) > 60
    # What takes words takes these as words.
    for name in ("page.title", "section.body", "service.name", "image.alternative", "tip.text"):
        assert hostile.taken[name] > 20, name
    # What takes addresses, keys and numbers takes none of them.
    for name in ("page.slug", "service.key", "service.phone", "service.email"):
        assert name not in hostile.taken


def test_refusals_say_the_words_and_hold_no_markup(hostile: Hostile, watched: Watched):
    watched.page.goto("about:blank")
    silent = [text for text in hostile.refusals if not watched.look(text, "a refusal")["mentions"]]

    assert len(hostile.refusals) > 200
    assert silent == []
    assert watched.signs == []


def test_no_staff_screen_of_any_row_holds_markup_of_an_attempt(hostile: Hostile, watched: Watched):
    addresses = [
        screen.address(pk)
        for number, screen in enumerate(screens())
        if screen.needs_a_row
        for row, pk in enumerate(hostile.rows.get(screen.model, []))
        # Each attempt with some model's form, which shows every field, and other screens.
        if row % (4 if screen.is_form else 16) == number % 4
    ]

    watched.look_at(addresses)

    assert len(addresses) > 300
    assert watched.mentions > len(addresses)
    assert watched.signs == []


def test_nothing_runs_on_any_kind_of_staff_screen(hostile: Hostile, watched: Watched):
    watched.open("/staff/")
    opened = compared = 0
    forms = [screen for screen in screens() if screen.is_form and screen.model in hostile.rows]
    for number, screen in enumerate(screens()):
        if not screen.needs_a_row:
            watched.open(f"{screen.address()}?all=")
            opened += 1
        elif keys := hostile.rows.get(screen.model):
            some = keys[number % len(keys) :][:1]
            if screen in forms:  # each attempt in some form
                some = keys[forms.index(screen) :: len(forms)]
            for pk in some:
                watched.open(screen.address(pk))
                opened += 1
                if comparison := watched.page.evaluate("comparison(document)"):
                    watched.open(f"{screen.address(pk)}{comparison}")
                    compared += 1

    assert opened > 100
    assert compared > 10
    assert watched.mentions > 1000
    assert watched.signs == []


def test_nothing_runs_on_any_public_page(hostile: Hostile, watched: Watched):
    own = [f"/x{number}/" for number in range(len(ATTEMPTS))]
    for address in [*PAGES, *OTHER_SCREENS, *own]:
        watched.open(address)

    assert watched.mentions > 2000
    assert watched.signs == []


def test_nothing_runs_whatever_the_site_settings_say(hostile: Hostile, watched: Watched):
    """They stand on every page. Several attempts at once, since there is one row of them."""
    plain = ("site_name", "force_name", "area", "crisis_text", "beta_notice", "to_confirm")
    change = f"UPDATE campaign_sitesettings SET {', '.join(f'{name} = :words' for name in plain)}"  # noqa: S608 - our own words
    is_shown = "words => fetch('/').then((a) => a.text()).then((text) => text.includes(words))"
    for turn in range(6):
        words = f"turn {turn} {' '.join(ATTEMPTS[turn::6])}".replace("\0", "")
        with sqlite3.connect(
            Path(hostile.site.environment["DATA_DIR"]) / "site.sqlite3"
        ) as database:
            database.execute(change, {"words": words})
        watched.open("/staff/campaign/sitesettings/1/change/")
        watched.page.wait_for_function(is_shown, arg=f"turn {turn} ")

        for address in ("/", "/help-now/", "/report/", "/no-such-page/"):
            watched.open(address)

    assert watched.mentions > 6 * 4 * 20
    assert watched.signs == []
