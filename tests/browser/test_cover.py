"""How long the page is seen after Escape, on every page, in Chromium.

No frame after the key may be without the cover. ``MEASURE=1``, as in ``script/soak``, presses more
often and prints the milliseconds, beside those of an empty page that does nothing but show a cover:
what the machine itself takes.
"""

import os
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.addresses import OTHER_SCREENS, PAGES
from tests.browser.engines.chromium import Chromium
from tests.browser.neutral_site import NeutralSite
from tests.browser.rigged_site import Rig, RiggedSite

pytestmark = pytest.mark.browser

MEASURE = bool(os.environ.get("MEASURE"))
PRESSES = 4 if MEASURE else 1  # on each page
FRAME_MS = 1000 / 60


@pytest.fixture
def chromium(profile: Path) -> Iterator[Chromium]:
    browser = Chromium(profile)
    yield browser
    browser.close()


@pytest.fixture
def rigged(site: str, neutral_site: NeutralSite) -> Iterator[RiggedSite]:
    """Leaves to a destination that has nothing to show: the page stays, and tells."""
    neutral_site.has_nothing = True
    with RiggedSite(site).running() as server:
        yield server
    neutral_site.reset()


@pytest.mark.parametrize("factor", [1, 6])
def test_every_page_is_covered_in_the_frame_after_the_key(
    chromium: Chromium, rigged: RiggedSite, factor: int
):
    chromium.slow_down(factor)
    took, least = [], []
    for _ in range(PRESSES):
        for address in PAGES + OTHER_SCREENS:
            frame = first_frame(chromium, rigged, address)
            assert frame["bare"] == [], address
            took.append(frame["toPaint"])
            if MEASURE:
                least.append(first_frame(chromium, rigged, rigged.empty)["toPaint"])

    if MEASURE:
        print(f"\n{factor}x slower: {told(took)}; an empty page {told(least)}")
        limit = FRAME_MS if factor == 1 else 2 * statistics.median(least)
        assert statistics.median(took) <= limit


def first_frame(chromium: Chromium, rigged: RiggedSite, address: str) -> dict:
    """What the recorder tells of the first frame after Escape on a page."""
    visit = rigged.rig(Rig(times=MEASURE))
    chromium.goto(rigged.address + address)
    assert rigged.heard(visit, "ready"), address
    chromium.press("Escape")
    frame = rigged.heard(visit, "frame")
    assert frame, address
    return frame


def told(took: list[float]) -> str:
    late = statistics.quantiles(took, n=100)[98]
    return f"{len(took)} presses, median {statistics.median(took):.1f} ms, p99 {late:.1f} ms"
