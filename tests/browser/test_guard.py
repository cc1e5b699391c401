"""The guard, in each engine: entries of this site that a tab's history cannot lose show nothing."""

import pytest

from tests.browser import left
from tests.browser.engines.engine import Engine
from tests.browser.neutral_site import NeutralSite
from tests.browser.patience import eventually

pytestmark = pytest.mark.browser


def cookies(engine: Engine) -> str:
    return engine.evaluate("document.cookie")


def come_from_outside(engine: Engine, neutral_site: NeutralSite, target: str) -> None:
    engine.goto(neutral_site.outside(target))
    engine.click("a")
    eventually(lambda: engine.evaluate("!!document.querySelector('.page h1')"), target)


def leave(engine: Engine, neutral_site: NeutralSite) -> None:
    engine.press("Escape")
    left.wait_until_elsewhere(engine, neutral_site)


def test_cookie_is_set_only_while_an_entry_remains(
    engine: Engine, site: str, neutral_site: NeutralSite
):
    engine.goto(neutral_site.outside(f"{site}/"))
    engine.goto(f"{site}/help-now/")
    assert cookies(engine) == ""
    engine.reload()
    assert cookies(engine) == ""
    engine.goto(neutral_site.outside(f"{site}/"))
    engine.back()
    assert cookies(engine) == ""

    leave(engine, neutral_site)

    # Asked of a file, whose text runs no script that could take a cookie away.
    engine.goto(f"{site}/robots.txt")
    assert cookies(engine) == ""


def test_typed_address_leaves_an_entry_that_back_does_not_show(
    engine: Engine, site: str, neutral_site: NeutralSite
):
    engine.goto(f"{site}/help-now/")
    engine.goto(f"{site}/already-paid/")
    assert cookies(engine) == ""

    leave(engine, neutral_site)

    assert left.shown_by_back_and_forward(engine, site, neutral_site) == []
    engine.goto(f"{site}/robots.txt")
    assert cookies(engine) == "k=0"


def test_outside_page_in_between_hides_no_entry_from_the_guard(
    engine: Engine, site: str, neutral_site: NeutralSite
):
    engine.goto(f"{site}/help-now/")
    come_from_outside(engine, neutral_site, f"{site}/already-paid/")

    leave(engine, neutral_site)

    assert left.shown_by_back_and_forward(engine, site, neutral_site) == []


def test_over_https_nothing_that_remains_is_shown(
    engine: Engine, secure_site: str, neutral_site: NeutralSite
):
    """There no-store keeps pages out of WebKit's memory, so that Back loads them anew."""
    engine.goto(f"{secure_site}/help-now/")
    come_from_outside(engine, neutral_site, f"{secure_site}/already-paid/")
    engine.goto(f"{secure_site}/support/")

    leave(engine, neutral_site)

    assert left.shown_by_back_and_forward(engine, secure_site, neutral_site) == []
    engine.goto(f"{secure_site}/robots.txt")
    assert cookies(engine) == "__Host-k=0"


def test_fresh_visit_works_while_the_guard_stands(
    engine: Engine, site: str, neutral_site: NeutralSite
):
    engine.goto(f"{site}/help-now/")
    engine.goto(f"{site}/already-paid/")
    leave(engine, neutral_site)

    engine.goto(f"{site}/support/")

    assert engine.url() == f"{site}/support/"
    assert engine.evaluate("document.querySelector('h1').checkVisibility()")
    assert cookies(engine) == ""
    # And what remained is still not shown after leaving once more.
    leave(engine, neutral_site)
    assert left.shown_by_back_and_forward(engine, site, neutral_site) == []


def test_reader_who_comes_back_from_outside_finds_the_page_as_it_was(
    engine: Engine, site: str, neutral_site: NeutralSite
):
    engine.goto(f"{site}/help-now/")
    engine.goto(neutral_site.outside(f"{site}/"))

    engine.back()

    assert engine.url() == f"{site}/help-now/"
    assert engine.evaluate("document.title") == "Help with online blackmail"
    middle = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('.page') !== null"
    assert engine.evaluate(middle)
