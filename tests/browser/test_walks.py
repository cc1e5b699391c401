"""Random visits in each engine: after leaving, nothing of the site is to be found.

``WALKS`` and ``FIRST_SEED`` say how many and which; ``script/soak`` asks for many.
"""

import os

import pytest

from tests.browser import left
from tests.browser.engines.engine import Engine
from tests.browser.neutral_site import NeutralSite
from tests.browser.walks import Walk

pytestmark = pytest.mark.browser

WALKS = int(os.environ.get("WALKS", "25"))
FIRST_SEED = int(os.environ.get("FIRST_SEED", "1"))


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + WALKS))
def test_nothing_of_a_visit_is_found_after_leaving(
    engine: Engine, site: str, neutral_site: NeutralSite, seed: int
):
    # Every other reader brings no further address into the address bar.
    walk = Walk(seed, engine, site, neutral_site, stays_in_one_entry=seed % 2 == 0)
    walk.begin()
    walk.go_on()

    walk.leave()

    left.every_tab_is_elsewhere(engine, neutral_site)
    if walk.stays_in_one_entry:
        assert left.entries_of_the_site(engine, site) == [], str(walk)
    assert left.shown_by_back_and_forward(engine, site, neutral_site) == [], str(walk)
    assert left.entries_of_the_site(engine, site) == [], str(walk)
    engine.close()
    assert left.traces(walk) == {}, str(walk)
