"""How long the database keeps a session: of those who have not signed in, not for long."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from tests.staff.codes import app_code
from tests.staff.signing_in import PASSWORD, new_account

pytestmark = pytest.mark.django_db

SIGN_IN = "/staff/account/sign-in/"
STEP = "/staff/account/second-factor/step/"
PASSKEY = "/staff/account/second-factor/passkeys/sign-in/"


def hours_left() -> float:
    return (Session.objects.get().expire_date - timezone.now()) / datetime.timedelta(hours=1)


def test_session_of_somebody_unknown_is_gone_after_half_an_hour(client):
    client.get(PASSKEY, headers={"Accept": "application/json"})
    assert 0.4 < hours_left() <= 0.5

    Session.objects.update(expire_date=timezone.now())
    call_command("clearsessions")

    assert not Session.objects.exists()


def test_session_lasts_for_the_day_once_somebody_has_signed_in(client):
    maria = new_account("maria", "Writer")
    client.post(SIGN_IN, {"login": "maria", "password": PASSWORD})
    assert hours_left() <= 0.5

    response = client.post(STEP, {"code": app_code(maria)})

    assert hours_left() > 11
    assert response.cookies["sessionid"]["max-age"] == ""  # until the browser is closed
