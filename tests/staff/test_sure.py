"""Before what decides who can sign in, somebody shows once more who they are: with their second
factor where they have one. Whoever has found a password and an open session gets no further."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from sextortion_site.staff.models import AuditEntry, SignInTries
from tests.staff.signing_in import PASSWORD, be_sure, new_account, sign_in

pytestmark = pytest.mark.django_db

SURE = "/staff/account/sure/"
SURE_BY_CODE = "/staff/account/second-factor/sure/"
SURE_BY_PASSKEY = "/staff/account/second-factor/passkeys/sure/"
CHANGE = "/staff/account/password/"
NEW_PASSKEY = "/staff/account/second-factor/passkeys/new/"
NEW = "nine loud crows at dawn"
LOCKED = "This account is locked for 15 minutes"
NOT_YOURS = "Please type your current password"


@pytest.fixture
def maria(client):
    """Signed in, with an app."""
    account = new_account("maria", "Writer")
    sign_in(client, account)
    return account


@pytest.fixture
def ben(client):
    """Signed in, and without a factor yet."""
    account = new_account("ben", "Writer")
    Authenticator.objects.all().delete()
    sign_in(client, account)
    return account


def change(client, old=PASSWORD, new=NEW, again=None):
    form = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post(CHANGE, form)


def has_password(account, password: str) -> bool:
    return User.objects.get(pk=account.pk).check_password(password)


def count(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


# --- What makes sure ----------------------------------------------------------------------


def test_password_alone_makes_nobody_sure_who_has_a_second_factor(client, maria):
    response = client.post(SURE, {"password": PASSWORD})

    assert response["Location"] == SURE_BY_CODE
    assert client.get(NEW_PASSKEY)["Location"].startswith(SURE_BY_CODE)


def test_code_makes_sure(client, maria):
    be_sure(client, maria)

    assert client.get(NEW_PASSKEY).status_code == 200


def test_passkey_is_asked_for_first_and_a_code_is_the_other_way(client, maria):
    Authenticator.objects.all().delete()
    Authenticator.objects.create(user=maria, type="webauthn", data={"name": "my phone"})
    RecoveryCodes.activate(maria)

    assert client.get(NEW_PASSKEY)["Location"].startswith(SURE_BY_PASSKEY)
    page = client.get(SURE_BY_CODE).content.decode()

    assert "Use a passkey" in page
    assert "password" not in page.lower()


def test_password_makes_sure_who_has_no_second_factor_yet(client, ben):
    assert client.get(NEW_PASSKEY)["Location"].startswith(SURE)
    client.post(SURE, {"password": PASSWORD})

    assert client.get(NEW_PASSKEY).status_code == 200


def test_wrong_passwords_are_tries_and_on_record(client, ben):
    for _ in range(5):
        client.post(SURE, {"password": "wrong"})

    page = client.post(SURE, {"password": PASSWORD}).content.decode()

    assert LOCKED in page
    assert (count("staff.sign_in_failed"), count("staff.locked_out")) == (5, 1)
    assert client.get(NEW_PASSKEY).status_code == 302


# --- Changing the password ----------------------------------------------------------------


def test_password_is_changed_by_whoever_has_shown_the_second_factor(client, maria):
    be_sure(client, maria)

    change(client)

    assert has_password(maria, NEW)
    assert count("staff.password_changed") == 1


def test_password_is_not_changed_without_the_second_factor(client, maria):
    assert client.get(CHANGE)["Location"].startswith(SURE_BY_CODE)
    assert change(client).status_code == 302

    assert has_password(maria, PASSWORD)


def test_passwords_that_were_sent_too_early_are_kept_nowhere(client, maria):
    change(client)

    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    assert NEW not in "".join(kept)


def test_wrong_old_passwords_are_tries_and_on_record(client, maria):
    be_sure(client, maria)
    for _ in range(5):
        assert NOT_YOURS in change(client, old="wrong").content.decode()

    page = change(client).content.decode()

    assert LOCKED in page
    assert has_password(maria, PASSWORD)
    assert (count("staff.sign_in_failed"), count("staff.locked_out")) == (5, 1)


def test_weak_new_password_tells_no_more_of_the_old_one_than_the_tries(client, maria):
    be_sure(client, maria)
    for _ in range(5):
        change(client, old="wrong", new="weak")

    page = change(client, new="weak").content.decode()

    assert LOCKED in page
    assert count("staff.sign_in_failed") == 5


def test_right_old_password_is_no_failure_whatever_the_new_one(client, maria):
    be_sure(client, maria)
    for _ in range(6):
        assert "too short" in change(client, new="weak").content.decode()

    assert SignInTries.objects.get(account=maria).number == 0
    assert count("staff.sign_in_failed") == 0
    change(client)
    assert has_password(maria, NEW)


def test_account_that_is_closed_while_the_password_is_hashed_stays_closed(
    client, maria, closed_by_hashing
):
    be_sure(client, maria)
    closed_by_hashing(maria)

    change(client)

    assert not User.objects.get(pk=maria.pk).is_active
