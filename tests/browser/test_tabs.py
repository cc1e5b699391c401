"""Leaving as a whole, in each engine: every tab, every kind of trace, every road."""

import os
from collections.abc import Callable

import pytest

from tests.browser import left
from tests.browser.engines.engine import Engine
from tests.browser.neutral_site import NeutralSite
from tests.browser.patience import eventually

pytestmark = pytest.mark.browser

# A busy machine is given more, though less than the watchdog of the page would take.
BACKGROUND_SECONDS = 0.2 if os.environ.get("MEASURE") else 1.5


def open_in_the_background(engine: Engine, address: str) -> tuple[str, str]:
    """The tab in front and the one behind it, whose page is loaded."""
    (front,) = engine.tabs()
    engine.click(f'.site-footer nav a[href="{address}"]', control=True)
    eventually(lambda: len(engine.tabs()) == 2, "a second tab")
    behind = next(tab for tab in engine.tabs() if tab != front)
    engine.look_at(behind)
    eventually(lambda: engine.evaluate("document.readyState") == "complete", "the second page")
    engine.look_at(front)
    return front, behind


def test_tab_in_the_background_leaves_at_once(engine: Engine, site: str, neutral_site: NeutralSite):
    neutral_site.reset()
    engine.goto(f"{site}/help-now/")
    open_in_the_background(engine, "/support/")

    engine.press("Escape")

    left.every_tab_is_elsewhere(engine, neutral_site)
    # On a busy machine the watchdog of a page asks once more.
    first, second, *_ = neutral_site.arrivals
    print(f"{engine.name}: the tab behind left {1000 * (second - first):.0f} ms after")
    assert second - first <= BACKGROUND_SECONDS


def test_cookies_and_storage_of_the_site_are_gone(
    engine: Engine, site: str, neutral_site: NeutralSite
):
    engine.goto(f"{site}/help-now/")
    keep_something(engine)

    engine.press("Escape")

    left.wait_until_elsewhere(engine, neutral_site)
    eventually(lambda: kept(engine, site) == ["", 0, 0], "nothing kept")


def test_cookies_and_storage_are_gone_where_only_the_guard_stays(
    engine: Engine, site: str, neutral_site: NeutralSite
):
    engine.goto(f"{site}/help-now/")
    engine.goto(f"{site}/support/")
    keep_something(engine)

    engine.press("Escape")

    left.wait_until_elsewhere(engine, neutral_site)
    assert kept(engine, site) == ["k=0", 0, 0]


def keep_something(engine: Engine) -> None:
    engine.evaluate("""document.cookie = 'choice=1; path=/; max-age=9999',
        localStorage.setItem('a', '1'), sessionStorage.setItem('b', '2'), true""")
    assert "choice=1" in engine.evaluate("document.cookie")


def kept(engine: Engine, site: str) -> list[object]:
    """Asked of a file, whose text runs no script of the site."""
    engine.goto(f"{site}/robots.txt")
    return engine.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")


def by_the_key(engine: Engine) -> None:
    engine.press("Escape")


def by_the_control(engine: Engine) -> None:
    engine.click(".leave-control")


def by_the_keyboard_on_the_control(engine: Engine) -> None:
    engine.evaluate("document.querySelector('.leave-control').focus(), true")
    engine.press("Enter")


def by_the_address_for_no_script(engine: Engine) -> None:
    engine.evaluate("document.querySelector('.leave-control').className = '', true")
    engine.evaluate("document.querySelector('.leave a').click(), true")


@pytest.mark.parametrize(
    "road",
    [by_the_key, by_the_control, by_the_keyboard_on_the_control, by_the_address_for_no_script],
)
def test_destination_learns_nothing_by_any_road(
    engine: Engine, site: str, neutral_site: NeutralSite, road: Callable[[Engine], None]
):
    neutral_site.reset()
    engine.goto(f"{site}/help-now/")
    open_in_the_background(engine, "/support/")

    road(engine)

    left.wait_until_elsewhere(engine, neutral_site)
    engine.back()
    assert set(neutral_site.referrers) == {None}
