"""How long the page is seen after Escape, on every page, in each engine.

No frame after the key may be without the cover. ``MEASURE=1``, as in ``script/soak``, presses more
often and prints the milliseconds, beside those of an empty page that does nothing but show a cover:
what the machine itself takes.
"""

import os
import statistics
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.addresses import OTHER_SCREENS, PAGES
from tests.browser.engines.chromium import Chromium
from tests.browser.engines.engine import Engine
from tests.browser.neutral_site import NeutralSite
from tests.browser.rigged_site import Rig, RiggedSite

pytestmark = pytest.mark.browser

MEASURE = bool(os.environ.get("MEASURE"))
PRESSES = 4 if MEASURE else 1  # on each page
FRAME_MS = 1000 / 60
# A page that stays asks for its destination again after a second. On a slow machine that fell into
# the next page's loading, and WebKit gave that up.
STOP_ASKING = "(() => { for (let id = setTimeout(Date); id; id -= 1) clearTimeout(id); })()"


@pytest.fixture
def rigged(site: str, neutral_site: NeutralSite) -> Iterator[RiggedSite]:
    """Leaves to a destination that has nothing to show: the page stays, and tells."""
    neutral_site.has_nothing = True
    with RiggedSite(site).running() as server:
        yield server
    neutral_site.reset()


def test_every_page_is_covered_in_the_frame_after_the_key(engine: Engine, rigged: RiggedSite):
    took, least = press_on_every_page(engine, rigged)

    if MEASURE:
        report(engine.name, took, least)
        # The others have no clock of this kind to keep to: Firefox tells whole milliseconds.
        assert engine.name != "chromium" or statistics.median(took) <= FRAME_MS


def test_every_page_is_covered_in_the_frame_after_the_key_on_a_slow_processor(
    profile: Path, rigged: RiggedSite
):
    with closing(Chromium(profile)) as chromium:
        chromium.slow_down(6)
        took, least = press_on_every_page(chromium, rigged)

    if MEASURE:
        report("chromium, 6 times slower", took, least)
        assert statistics.median(took) <= 2 * statistics.median(least)


def press_on_every_page(engine: Engine, rigged: RiggedSite) -> tuple[list[float], list[float]]:
    """The milliseconds from key to paint on the site's pages, and on an empty page."""
    took, least = [], []
    for _ in range(PRESSES):
        for address in PAGES + OTHER_SCREENS:
            frame = first_frame(engine, rigged, address)
            assert frame["bare"] == [], address
            took.append(frame["toPaint"])
            if MEASURE:
                least.append(first_frame(engine, rigged, rigged.empty)["toPaint"])
    return took, least


def first_frame(engine: Engine, rigged: RiggedSite, address: str) -> dict:
    """What the recorder tells of the first frame after Escape on a page."""
    visit = rigged.rig(Rig(times=MEASURE))
    engine.goto(rigged.address + address)
    assert rigged.heard(visit, "ready"), address
    engine.press("Escape")
    frame = rigged.heard(visit, "frame")
    assert frame, address
    engine.evaluate(STOP_ASKING)
    return frame


def report(what: str, took: list[float], least: list[float]) -> None:
    print(f"\n{what}: {told(took)}; an empty page {told(least)}")


def told(took: list[float]) -> str:
    late = statistics.quantiles(took, n=100)[98]
    return f"{len(took)} presses, median {statistics.median(took):.1f} ms, p99 {late:.1f} ms"
