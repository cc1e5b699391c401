"""The lock of an account: five failures, whoever makes them, and nobody else is locked out."""

import datetime
import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from sextortion_site.staff.models import AuditEntry, SignInTries
from sextortion_site.staff.sign_in import tries
from tests.staff.codes import app_code
from tests.staff.signing_in import PASSWORD, new_account

SIGN_IN = "/staff/account/sign-in/"
STEP = "/staff/account/second-factor/step/"
LOCKED = "This account is locked for 15 minutes"  # said to whoever has shown the password
REFUSED = "The name or the password is not right, or the account is locked"
CODE_NOT_RIGHT = "This code is not right"


@pytest.fixture
def maria(db):
    return new_account("maria", "Writer")


def give_password(client, password, name="maria", address="10.0.0.1") -> str:
    response = client.post(SIGN_IN, {"login": name, "password": password}, REMOTE_ADDR=address)
    return response["Location"] if response.status_code == 302 else response.content.decode()


def fail(times: int) -> None:
    for number in range(times):
        assert REFUSED in give_password(Client(), "wrong", address=f"10.0.0.{number}")


def wait(**time: float) -> None:
    """As if so much time had gone by."""
    moved = timezone.now() - datetime.timedelta(**time)
    SignInTries.objects.update(last_at=moved)


def count(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


def test_fifth_failure_from_any_address_locks_the_right_password_out(client, maria):
    fail(5)

    page = give_password(client, PASSWORD)

    assert REFUSED in page
    assert "for 15 minutes after 5 failures" in page
    assert "use a passkey, or ask an administrator for a recovery link" in page
    assert (count("staff.sign_in_failed"), count("staff.locked_out")) == (5, 1)


def test_four_failures_do_not(client, maria):
    fail(4)

    assert give_password(client, PASSWORD) == STEP


def test_other_accounts_of_the_same_address_are_not_locked(client, maria):
    new_account("ben", "Writer")
    fail(5)

    assert give_password(client, PASSWORD, "ben") == STEP


def test_lock_ends_after_a_quarter_of_an_hour(client, maria):
    fail(5)
    wait(minutes=14, seconds=55)
    assert REFUSED in give_password(client, PASSWORD)

    wait(minutes=15, seconds=1)

    assert give_password(client, PASSWORD) == STEP


def test_locked_tries_do_not_make_the_lock_longer(client, maria):
    fail(5)
    wait(minutes=14)
    before = SignInTries.objects.get().last_at
    give_password(client, "wrong")

    assert SignInTries.objects.get().last_at == before
    assert count("staff.sign_in_failed") == 5


def test_name_in_other_letters_is_the_same_account(client, maria):
    for name in ("maria", "MARIA", "Maria", "mAria", "marIA"):
        give_password(Client(), "wrong", name)

    assert REFUSED in give_password(client, PASSWORD)


def test_codes_are_tries_too_and_the_right_password_between_gives_none_back(client, maria):
    for _ in range(5):
        other = Client()
        give_password(other, PASSWORD)
        assert CODE_NOT_RIGHT in other.post(STEP, {"code": "000000"}).content.decode()

    give_password(client, PASSWORD)
    assert REFUSED in give_password(client, PASSWORD)


def test_locked_account_takes_no_code_of_a_sign_in_that_has_begun(client, maria):
    give_password(client, PASSWORD)
    fail(5)

    page = client.post(STEP, {"code": app_code(maria)}).content.decode()

    assert LOCKED in page
    assert "_auth_user_id" not in client.session


def test_signing_in_forgets_what_failed_before(client, maria):
    fail(4)
    give_password(client, PASSWORD)
    client.post(STEP, {"code": app_code(maria)})

    fail(4)


def test_name_without_an_account_is_never_locked_and_never_kept(client, maria):
    for _ in range(6):
        assert REFUSED in give_password(client, "wrong", "nobody")

    assert not SignInTries.objects.exists()
    assert count("staff.sign_in_failed") == 0


@pytest.mark.parametrize("name", ["maria", "nobody"])
def test_name_that_is_there_is_not_told_by_what_is_said(client, maria, name):
    """Six times, so that an account that is there is locked at last."""
    said = {told(give_password(Client(), "wrong", name)) for _ in range(6)}

    assert said == {told(give_password(client, "wrong", "somebody-else"))}


def told(page: str) -> str:
    """What stands above a form."""
    found = re.search(r'<div class="errornote error-summary".*?</div>', page, re.S)
    assert found, page
    return found[0]


@pytest.mark.parametrize("name", ["maria", "locked", "invited", "closed", "nobody"])
def test_name_that_is_there_is_not_told_by_the_time(client, maria, settings, monkeypatch, name):
    """Each answer costs one argon2, which takes by far the longest."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    for other in ("locked", "invited", "closed"):
        new_account(other, "Writer")
    User.objects.filter(username="invited").update(password="!")  # noqa: S106 - none
    User.objects.filter(username="closed").update(is_active=False)
    SignInTries.objects.create(account=User.objects.get(username="locked"), number=5)
    costs = []
    for verb in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, verb)
        monkeypatch.setattr(Argon2PasswordHasher, verb, counting(costs, real))

    give_password(client, "wrong", name)

    assert len(costs) == 1


def counting(calls: list[str], real):
    def counted(self, password, *args, **kwargs):
        calls.append(password)
        return real(self, password, *args, **kwargs)

    return counted


def test_no_address_is_kept(client, maria):
    fail(5)

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of our own tables
            assert not any("10.0.0." in str(row) for row in cursor.fetchall()), table


def test_unlocking_lets_the_password_in(client, maria):
    fail(5)
    tries.forget(maria)

    assert give_password(client, PASSWORD) == STEP
