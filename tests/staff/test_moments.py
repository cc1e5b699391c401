"""On the staff's side a day or a moment is written in one way, wherever it stands."""

import datetime
import re

import pytest
from django.template import Context, Template
from django.test import Client

from sextortion_site.staff import audit
from sextortion_site.staff.moments import day, moment
from tests.staff.signing_in import new_account, sign_in

AT = datetime.datetime(2026, 7, 5, 13, 3, tzinfo=datetime.UTC)


def test_moment_is_that_of_the_force():
    assert moment(AT) == "5 July 2026, 14:03"


def test_day_is_in_words():
    assert day(AT.date()) == "5 July 2026"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ at }}", "5 July 2026, 14:03"),
        ('{{ at|date:"DATETIME_FORMAT" }}', "5 July 2026, 14:03"),
        ("{{ at|date }}", "5 July 2026"),
        ("{{ at|time }}", "14:03"),
    ],
)
def test_templates_write_it_likewise(template: str, words: str):
    assert Template(template).render(Context({"at": AT})) == words


@pytest.mark.django_db
def test_lists_write_it_likewise(client: Client):
    sign_in(client, new_account("eve", "Auditor", "Publisher"))
    audit.record("staff.signed_out", by=None)
    moments = r"\d{1,2} [A-Z][a-z]+ 20\d\d, \d\d:\d\d"

    trail = client.get("/staff/staff/auditentry/").content.decode()
    pages = client.get("/staff/campaign/page/").content.decode()

    assert re.search(rf'class="field-at nowrap">{moments}<', trail)
    assert re.search(r'class="field-checked_on nowrap">\d{1,2} [A-Z][a-z]+ 20\d\d<', pages)
