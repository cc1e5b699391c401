"""What the scripts of leaving weigh, and what they may not use."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from sextortion_site.delivery.page_assets import page_head_scripts

LEAVING_AND_VISIT = ["safe_exit/leave.js", "safe_exit/visit.js"]
MOST_BYTES = 2500  # by brotli, for both together


def test_leaving_stands_first_and_in_site_navigation_next():
    assert settings.PAGE_HEAD_SCRIPTS[:2] == LEAVING_AND_VISIT


def test_leaving_and_in_site_navigation_weigh_no_more_than_they_may():
    both = "".join(script.text for script in page_head_scripts()[:2])

    assert len(brotli.compress(both.encode(), quality=11)) <= MOST_BYTES


# Each of these was measured to break leaving, or to leave a trace; docs/safe-exit.md.
NEVER = ["location.href", "location.assign", "window.open", "pushState", "display:none", "keyup"]


@pytest.mark.parametrize(
    "name",
    [*settings.PAGE_HEAD_SCRIPTS, *settings.PAGE_SCRIPTS, *settings.PAGE_OWN_SCRIPTS],
)
def test_no_script_does_what_breaks_leaving(name: str):
    source = Path(finders.find(name)).read_text()
    code = re.sub(r"//.*", "", source)

    assert [word for word in NEVER if word in code] == []
