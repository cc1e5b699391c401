"""The W3C checker over what the report form answers with."""

import pytest
from django.utils.http import urlencode

from reporting.submission import NotStored
from tests.forms import FORM
from tests.html_checker import errors_in

ENOUGH = {"danger": "no", "who": "me", "story": "They want money."}
FAULTY = {"who": "me", "story": "x" * 5000, "town": "two\nlines", "accounts-2-link": "<b>\u202e&"}
FAULTY |= {"accounts-6-app": "<i>", "accounts-7-link": "&"}


@pytest.mark.vnu
@pytest.mark.django_db
@pytest.mark.usefixtures("spool_folder", "report_keys")
def test_every_answer_of_the_form_is_valid_html(client, tmp_path, settings, monkeypatch):
    pages = tmp_path / "pages"
    pages.mkdir()

    def nowhere(record: object) -> None:
        raise NotStored

    def keep(status: int, fields: dict[str, str]) -> None:
        response = client.post("/report/", urlencode(fields), content_type=FORM)
        assert response.status_code == status
        (pages / f"{len([*pages.iterdir()])}-{status}.html").write_bytes(response.content)

    keep(200, ENOUGH)
    keep(200, {**ENOUGH, "job": "Teacher", "age": "16_17"})
    keep(422, FAULTY)
    keep(413, {**ENOUGH, "journey": "x" * 100_000})
    keep(413, {"story": "x" * 2_000_000})
    (pages / "415.html").write_bytes(client.post("/report/", {"file": "x"}).content)
    monkeypatch.setattr("reporting.submission._keep", nowhere)
    keep(503, ENOUGH)
    settings.REPORT_FORM_IS_OPEN = False
    keep(503, ENOUGH)

    assert errors_in(pages) == []
