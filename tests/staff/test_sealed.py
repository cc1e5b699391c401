"""Secrets of second factors: a copy of the database lets nobody in."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from sextortion_site.staff.sign_in.sealed import seal, unseal
from tests.staff.codes import app_code, recovery_codes
from tests.staff.signing_in import PASSWORD, new_account

pytestmark = pytest.mark.django_db


def test_database_holds_no_secret_of_a_second_factor():
    account = new_account("maria", "Writer")
    RecoveryCodes.activate(account)
    secret = unseal(Authenticator.objects.get(user=account, type="totp").data["secret"])

    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert len(secret) >= 32
    assert secret not in kept
    assert not [code for code in recovery_codes(account) if code in kept]
    assert seal(secret) != seal(secret)


def test_secrets_outlive_a_change_of_the_key(settings):
    sealed = seal("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]

    assert unseal(sealed) == "JBSWY3DPEHPK3PXP"


def test_secret_under_a_lost_key_fits_no_code(settings, caplog):
    sealed = seal("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY = "n" * 50

    assert unseal(sealed) != unseal(sealed)
    assert len(unseal(sealed)) == 32
    assert "lets nobody in" in caplog.text


def test_account_whose_factor_cannot_be_read_is_refused_in_words(settings):
    account = new_account("maria", "Writer")
    code = app_code(account)
    settings.SECRET_KEY = "n" * 50
    client = Client()
    client.post("/staff/account/sign-in/", {"login": "maria", "password": PASSWORD})

    response = client.post("/staff/account/second-factor/step/", {"code": code})

    assert "This code is not right" in response.content.decode()
