"""That the comparison with GOV.UK's component still measures what it says, in Chromium."""

from collections.abc import Iterator

import pytest

from tests.browser.neutral_site import NeutralSite
from tests.browser.peers import going, remains, subject
from tests.browser.peers.govuk_site import GovukSite
from tests.browser.peers.trial import Trial

pytestmark = pytest.mark.browser


@pytest.fixture
def ours(site: str, neutral_site: NeutralSite, display: str) -> Trial:
    return Trial("chromium", subject.ours(site), neutral_site, display)


@pytest.fixture
def govuk(neutral_site: NeutralSite, display: str) -> Iterator[Trial]:
    with GovukSite(neutral_site.url).running() as running:
        yield Trial("chromium", subject.govuk(running.address), neutral_site, display)


def test_back_and_forward_show_pages_of_the_one_and_none_of_the_other(ours: Trial, govuk: Trial):
    assert remains.shown_by_buttons(govuk) == "6 of 6"
    assert remains.shown_by_buttons(ours) == "0 of 6"


def test_escape_stops_the_one_and_not_the_other(ours: Trial, govuk: Trial):
    assert going.key_while_leaving(govuk, ["Escape"]) == "stays"
    assert going.key_while_leaving(ours, ["Escape"]) == "leaves"


def test_referrer_is_told_by_the_one_and_not_by_the_other(ours: Trial, govuk: Trial):
    assert remains.referrer(govuk) == "the site's origin"
    assert remains.referrer(ours) == "none"
