"""What the staff's site leaves out of Django's admin."""

import pytest
from django.contrib.contenttypes.models import ContentType

from campaign.models import Page
from reporting.models import Report
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["Publisher", "Auditor"])
def test_number_of_a_row_leads_nobody_to_its_address(client, role):
    """Django's shortcut tells any member of staff where a page is that was never published."""
    sign_in(client, new_account("maria", role))
    page = ContentType.objects.get_for_model(Page).pk
    report = ContentType.objects.get_for_model(Report).pk
    number = Page.objects.first().pk

    for row in (f"{page}/{number}", f"{page}/x", f"{report}/x", f"{report}/{number}", "x/x"):
        assert client.get(f"/staff/r/{row}/").status_code == 404, row
