"""A database that does not take what was typed: the words come back."""

import pytest
from django.db import OperationalError

from campaign.admin.words import WordsAdmin
from campaign.models import Tip
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

ADD = "/staff/campaign/tip/add/"
WORDS = {"key": "breathe", "title": "Breathe out slowly", "position": "1", "_save": "Save"}


@pytest.fixture
def busy(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("database is locked")

    sign_in(client, new_account("maria", "Publisher"))
    monkeypatch.setattr(WordsAdmin, "save_model", refuse)
    return client


def test_words_that_were_not_saved_are_one_press_away(busy, monkeypatch):
    response = busy.post(ADD, WORDS)
    page = response.content.decode()

    assert response.status_code == 503
    assert "The site was busy and could not save." in page
    assert ">\nBreathe out slowly</textarea>" in page

    monkeypatch.undo()
    assert busy.post(ADD, WORDS).status_code == 302
    assert Tip.objects.filter(key="breathe").exists()
