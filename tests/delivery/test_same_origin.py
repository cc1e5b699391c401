import pytest

from campaign.models import Feedback
from tests.forms import post_form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_form_from_another_site_is_refused_and_nothing_is_kept(client, headers):
    response = post_form(client, "/feedback/", {"message": "planted"}, headers=headers)

    assert response.status_code == 403
    assert "sent from another site" in response.content.decode()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        {"Origin": "http://testserver"},
        {},
    ],
)
def test_form_from_this_site_is_taken_without_a_cookie(client, headers):
    response = post_form(client, "/feedback/", {"message": "clear and kind"}, headers=headers)

    assert response.status_code == 302
    assert not response.cookies
    assert Feedback.objects.count() == 1
