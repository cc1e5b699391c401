"""Words that try to become a program, in every field of every form: none does, on any screen.

Chromium opens each public page and each kind of staff screen, under the policies as they are; of
the staff screens of every single row it reads the markup without opening them. An attempt that
only the policy stopped is a fault too: no markup of an attempt may be there at all.
"""

import json
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
AT_ONCE = 20  # screens that are read before the test hears of them
# Screens that end what they are opened in, or are files for programs.
NOT_OPENED = ("logout", "jsi18n", "autocomplete", "r/<")


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
        self.signs += [f"{sign}" for sign in self.page.evaluate("suspicious(document)")]
        if self.page.evaluate("hits"):
            self.signs.append("it ran")
        if self.page.url.partition("#")[0] != self.site + address and "/staff/" not in address:
            self.signs.append(f"led to {self.page.url}")
        self.mentions += self.page.evaluate("mentioned(document)")
        self.signs[before:] = [f"{address}: {sign}" for sign in self.signs[before:]]

    def look_at(self, addresses: list[str]) -> None:
        """Reads their markup; the staff's pages let strings be parsed, the readers' do not."""
        for some in batches(addresses):
            for address, status, found, mentions in self.page.evaluate("looked", some):
                self.signs += [f"{address}: {sign}" for sign in found]
                if status >= 500:
                    self.signs.append(f"{address}: {status}")
                self.mentions += mentions


def batches(addresses: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(addresses), AT_ONCE):
        yield addresses[start : start + AT_ONCE]


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
    is_missing = "the server responded with a status of 404" in message.text
    return message.type in {"error", "warning"} and not is_missing


def is_foreign(url: str, site: str) -> bool:
    return CANARY in url.split("?")[0] or not url.startswith((f"{site}/", "data:image/svg"))


# --- the screens -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Screen:
    """An address of the admin as its pattern spells it, and the model whose row it names."""

    route: str
    model: str | None

    @property
    def needs_a_row(self) -> bool:
        return "<path:object_id>" in self.route

    def address(self, pk: int | None = None) -> str:
        return f"/{self.route.replace('<path:object_id>', str(pk))}"


def screens() -> list[Screen]:
    """Every screen of the admin, by the URLconf; those of other parts as soon as they are there."""
    found = [
        Screen(route, model)
        for route, model in routes(get_resolver("sextortion_site.urls").url_patterns)
        if route.startswith("staff/") and not any(part in route for part in NOT_OPENED)
    ]
    return [screen for screen in found if "<" not in screen.route.replace("<path:object_id>", "")]


def routes(
    patterns: list[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str, str | None]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif "(?P" not in route and "$" not in route:
            model_admin = getattr(pattern.callback, "model_admin", None)
            yield route, model_admin.opts.label_lower if model_admin else None


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
    watched.open("/staff/")
    parse = """texts => texts.flatMap((text) => {
        const parsed = new DOMParser().parseFromString(text, "text/html");
        return suspicious(parsed).concat(mentioned(parsed) ? [] : ["no words"]);
    })"""

    found = [
        sign for some in batches(hostile.refusals) for sign in watched.page.evaluate(parse, some)
    ]

    assert len(hostile.refusals) > 200
    assert found == []
    assert watched.signs == []


def test_no_staff_screen_of_any_row_holds_markup_of_an_attempt(hostile: Hostile, watched: Watched):
    addresses = [
        screen.address(pk)
        for number, screen in enumerate(screens())
        if screen.needs_a_row
        for row, pk in enumerate(hostile.rows.get(screen.model or "", []))
        # Each attempt with some model's form, which shows every field, and other screens.
        if row % (3 if screen.route.endswith("/change/") else 9) == number % 3
    ]
    watched.open("/staff/")

    watched.look_at(addresses)

    assert len(addresses) > 500
    assert watched.mentions > len(addresses)
    assert watched.signs == []


def test_nothing_runs_on_any_kind_of_staff_screen(hostile: Hostile, watched: Watched):
    watched.open("/staff/")
    opened = 0
    for number, screen in enumerate(screens()):
        if not screen.needs_a_row:
            watched.open(screen.address() + ("?all=" if screen.model else ""))
            opened += 1
        elif keys := hostile.rows.get(screen.model or ""):
            # Each attempt in some form.
            is_form = screen.route.endswith("/change/")
            some = keys[number % 12 :: 12] if is_form else keys[number % 60 :][:1]
            for pk in some:
                watched.open(screen.address(pk))
                opened += 1

    assert opened > 100
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
