"""What must hold once a reader has left, however the visit went."""

from urllib.parse import urlsplit

from sextortion_site.consent.register import GUARD
from tests.browser.engines.engine import Engine
from tests.browser.neutral_site import NeutralSite
from tests.browser.patience import eventually
from tests.browser.traces import files_that_hold, history_rows, kept_cookies
from tests.browser.walks import Walk

MOST_PRESSES = 60  # of Back or Forward; a visit has far fewer entries


def wait_until_elsewhere(engine: Engine, neutral: NeutralSite) -> None:
    """The tab has come to the destination, or on a busy machine to what the watchdog gives."""
    eventually(lambda: engine.url() in {neutral.url, "about:blank"}, "the tab elsewhere")


def every_tab_is_elsewhere(engine: Engine, neutral: NeutralSite) -> None:
    for tab in engine.tabs():
        engine.look_at(tab)
        wait_until_elsewhere(engine, neutral)


def shown_by_back_and_forward(engine: Engine, site: str, neutral: NeutralSite) -> list[str]:
    """The pages of the site that the buttons show, in every tab, to both ends and back."""
    shown = []
    for tab in engine.tabs():
        engine.look_at(tab)
        if engine.name == "webkit" and engine.url() == "about:blank":
            # The watchdog came first, as on a busy machine. WebKit goes Back from there, but its
            # driver never hears of it, unless an address was typed in between.
            engine.goto(neutral.url)
        for press in (engine.back, engine.forward, engine.back):
            for _ in range(MOST_PRESSES):
                if not press():
                    break
                if engine.url().startswith(site):
                    shown.append(f"{tab}: {engine.url()}")
            else:
                raise AssertionError(f"{tab}: no end of the history in {MOST_PRESSES} presses")
    return shown


def entries_of_the_site(engine: Engine, site: str) -> list[str]:
    """What the tabs' histories hold of the site, where the engine tells."""
    held = []
    for tab in engine.tabs():
        engine.look_at(tab)
        held += [url for url in engine.entries() or [] if url.startswith(site)]
    return held


def traces(walk: Walk) -> dict[str, object]:
    """What is found on the disk that must not be there; the browser is closed."""
    profile = walk.engine.profile
    rows = history_rows(profile, walk.site)
    allowed = {f"{walk.site}{address}" for address in walk.listed}
    titles = {"Weather", "about:blank", urlsplit(walk.neutral.url).netloc}
    found = {
        "rows": [row.url for row in rows if row.url not in allowed],
        "titles": [row for row in rows if row.title not in titles],
        "words": files_that_hold(profile, {*walk.typed, *walk.read}),
        "cookies": kept_cookies(profile, urlsplit(walk.site).hostname or "") - {GUARD.full_name},
    }
    return {what: held for what, held in found.items() if held}
