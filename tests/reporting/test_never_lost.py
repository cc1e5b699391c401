"""What was acknowledged is there, once, and can be read, whatever went down meanwhile.

REPORTS and SEED in the environment make it longer or another one; script/soak does.
"""

import os

import pytest

from tests.reporting.never_lost import run

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]


def test_database_and_site_go_down_and_up_and_no_report_is_lost_or_doubled(
    capsys: pytest.CaptureFixture[str],
):
    reports, seed = int(os.environ.get("REPORTS", "200")), int(os.environ.get("SEED", "1"))

    found = run(reports, seed)

    with capsys.disabled():
        print(f"\n{found}")
    assert found.reports >= reports
    assert found.faults >= 3
    assert (found.lost, found.doubled, found.unlike, found.unreadable) == (0, 0, 0, 0)
