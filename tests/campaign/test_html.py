"""The W3C checker over every screen."""

import pytest

from tests.addresses import OTHER_SCREENS, PAGES
from tests.forms import post_form
from tests.html_checker import errors_in


@pytest.mark.vnu
@pytest.mark.django_db
def test_every_screen_is_valid_html_and_css(client, tmp_path):
    for number, address in enumerate([*PAGES, *OTHER_SCREENS]):
        name = f"{number}{address.replace('/', '_')}.html"
        (tmp_path / name).write_bytes(client.get(address).content)
    faulty = post_form(client, "/feedback/", {"message": ""}).content
    (tmp_path / "feedback-with-error.html").write_bytes(faulty)

    assert errors_in(tmp_path) == []
