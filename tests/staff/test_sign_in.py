"""Signing in: what opens, what does not, and what it says."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.urls import reverse

from sextortion_site.staff import urls
from sextortion_site.staff.models import AuditEntry
from sextortion_site.staff.sign_in.sealed import unseal
from tests.staff.codes import app_code, code_of, recovery_codes
from tests.staff.examples import with_every_factor
from tests.staff.signing_in import PASSWORD, be_sure, new_account, sign_in

pytestmark = pytest.mark.django_db

SIGN_IN = "/staff/account/sign-in/"
STEP = "/staff/account/second-factor/step/"
SECOND_STEP = "/staff/account/second-factor/"
APP = f"{SECOND_STEP}app/"
SURE = "/staff/account/sure/"
WRONG = "The name or the password is not right, or the account is locked"


@pytest.fixture
def maria():
    return new_account("maria", "Writer")


@pytest.fixture
def without_factor():
    account = new_account("ben", "Writer")
    Authenticator.objects.filter(user=account).delete()
    return account


@pytest.fixture
def commits_at_once(monkeypatch):
    """What waits for the end of a transaction happens while the request is there."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())


def give_password(client, name="maria", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": name, "password": password, **more})


def opens(client) -> bool:
    return client.get("/staff/").status_code == 200


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("action", flat=True))


def test_password_and_code_open_the_staff_pages(client, maria):
    assert give_password(client)["Location"] == STEP
    response = client.post(STEP, {"code": app_code(maria)})

    assert response["Location"] == "/staff/"
    assert opens(client)
    assert actions()[-1] == "staff.signed_in"


def test_password_alone_opens_nothing(client, maria):
    give_password(client)

    assert not opens(client)
    assert "_auth_user_id" not in client.session


def test_signing_in_leads_to_the_page_that_was_wanted(client, maria):
    wanted = "/staff/campaign/page/?q=help"
    sign_in_page = client.get(wanted, follow=True)
    address = sign_in_page.request["PATH_INFO"] + "?" + sign_in_page.request["QUERY_STRING"]
    client.post(address, {"login": "maria", "password": PASSWORD, "next": wanted})
    response = client.post(STEP, {"code": app_code(maria)})

    assert sign_in_page.request["PATH_INFO"] == SIGN_IN
    assert 'name="next" value="/staff/campaign/page/?q=help"' in sign_in_page.content.decode()
    assert response["Location"] == wanted


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/staff/", "/help-now/", "/staffx", "\\\\x"],
)
def test_signing_in_leads_nowhere_else(client, maria, elsewhere):
    give_password(client, next=elsewhere)
    response = client.post(STEP, {"code": app_code(maria)})

    assert response["Location"] == "/staff/"
    assert client.get("/staff/login/", {"next": elsewhere})["Location"] == "/staff/"


def test_code_works_once(client, maria):
    code = app_code(maria)
    give_password(client)
    client.post(STEP, {"code": code})
    other = Client()
    give_password(other)

    response = other.post(STEP, {"code": code})

    assert "This code is not right" in response.content.decode()
    assert not opens(other)


def test_used_code_is_refused_by_another_process_and_after_its_half_minute(
    client, maria, settings, monkeypatch
):
    """allauth keeps used codes in the cache of one process, and for half a minute only."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    code = app_code(maria)
    give_password(client)
    client.post(STEP, {"code": code})
    later = time.time() + 30
    monkeypatch.setattr(time, "time", lambda: later)
    other = Client()
    give_password(other)

    assert "This code is not right" in other.post(STEP, {"code": code}).content.decode()
    assert other.post(STEP, {"code": code_of(secret_of(maria))})["Location"] == "/staff/"


def secret_of(account) -> str:
    return unseal(Authenticator.objects.get(user=account, type="totp").data["secret"])


def test_recovery_code_opens_once(client, maria):
    RecoveryCodes.activate(maria)
    code = recovery_codes(maria)[0]
    give_password(client)
    assert client.post(STEP, {"code": code})["Location"] == "/staff/"
    other = Client()
    give_password(other)

    other.post(STEP, {"code": code})

    assert not opens(other)
    assert len(recovery_codes(maria)) == 9


@pytest.mark.parametrize(("name", "password"), [("maria", "wrong"), ("nobody", PASSWORD)])
def test_wrong_name_and_wrong_password_get_the_same_words(client, maria, name, password):
    page = give_password(client, name, password).content.decode()

    assert WRONG in page
    assert password not in page


def test_what_was_typed_for_a_name_that_is_not_there_is_kept_nowhere(client, maria):
    give_password(client, "my-secret-in-the-wrong-field", "x")

    assert actions() == ["staff.rights_changed"]
    assert not Session.objects.exists()


def test_closed_account_is_not_let_in(client, maria):
    maria.is_active = False
    maria.save()

    give_password(client)
    client.post(STEP, {"code": app_code(maria)})

    assert not opens(client)


def test_account_that_is_closed_is_out_at_once(client, maria):
    sign_in(client, maria)
    assert opens(client)
    maria.is_active = False
    maria.save()

    assert not opens(client)


# --- The second factor is not a choice ----------------------------------------------------


def test_account_without_a_factor_is_led_to_set_one_up_and_nothing_else_opens(
    client, without_factor
):
    give_password(client, "ben")
    for address in ("/staff/", "/staff/campaign/page/", "/staff/login/?next=/staff/"):
        response = client.get(address, follow=True)

        assert response.request["PATH_INFO"] == SECOND_STEP
        assert b"Before you can work here" in response.content


def test_setting_up_an_app_opens_the_staff_pages(client, without_factor, commits_at_once):
    give_password(client, "ben")
    client.post(f"{SURE}?next={APP}", {"password": PASSWORD})
    client.get(APP)
    secret = client.session["mfa.totp.secret"]
    response = client.post(APP, {"code": code_of(secret)})

    codes = client.get(response["Location"]).content.decode()
    assert all(code in codes for code in recovery_codes(without_factor))
    assert "shown once" in codes
    assert opens(client)
    assert "staff.second_factor_added" in actions()
    assert not any(
        code in client.get(response["Location"]).content.decode()
        for code in recovery_codes(without_factor)
    )


def test_session_without_second_factor_ends_when_the_account_gets_one(client, without_factor):
    """It must not set up a factor of its own beside the owner's."""
    give_password(client, "ben")
    client.post(SURE, {"password": PASSWORD})
    assert client.get(APP).status_code == 200
    TOTP.activate(without_factor, generate_totp_secret())

    response = client.get(f"{SECOND_STEP}passkeys/new/")

    assert response["Location"].startswith(SIGN_IN)
    assert "_auth_user_id" not in client.session


def test_second_factor_of_another_account_is_not_ones_own(client, maria, without_factor):
    sign_in(client, maria)
    TOTP.activate(without_factor, generate_totp_secret())
    session = client.session
    session["_auth_user_id"] = str(without_factor.pk)
    session["_auth_user_hash"] = without_factor.get_session_auth_hash()
    session.save()

    assert not opens(client)


def test_session_of_a_password_alone_made_by_code_opens_nothing(client, maria):
    client.force_login(maria)

    assert not opens(client)


def test_last_app_cannot_be_taken_off(client, maria):
    RecoveryCodes.activate(maria)
    sign_in(client, maria)
    be_sure(client, maria)

    page = client.post(f"{APP}off/").content.decode()

    assert "This is your only second step" in page
    assert Authenticator.objects.filter(user=maria, type="totp").exists()


def passkey_of(account) -> Authenticator:
    return Authenticator.objects.create(user=account, type="webauthn", data={"name": "my phone"})


def test_last_passkey_cannot_be_taken_off(client, without_factor):
    key = passkey_of(without_factor)
    RecoveryCodes.activate(without_factor)
    sign_in(client, without_factor)
    be_sure(client, without_factor)

    page = client.post(f"{SECOND_STEP}passkeys/{key.pk}/off/", follow=True).content.decode()

    assert "This is your only second step" in page
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_passkey_beside_an_app_can_be_taken_off(client, maria):
    key = passkey_of(maria)
    sign_in(client, maria)
    be_sure(client, maria)

    client.post(f"{SECOND_STEP}passkeys/{key.pk}/off/")

    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert "staff.second_factor_removed" in actions()
    assert opens(client)


def test_passkey_of_somebody_else_cannot_be_taken_off(client, maria, without_factor):
    key = passkey_of(without_factor)
    passkey_of(without_factor)
    sign_in(client, maria)
    be_sure(client, maria)

    assert client.post(f"{SECOND_STEP}passkeys/{key.pk}/off/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize("address", ["app/", "app/off/", "codes/new/", "passkeys/new/"])
def test_change_of_factors_asks_again_who_it_is(client, maria, address):
    way = "sure/"
    if address == "app/":
        Authenticator.objects.all().delete()
        passkey_of(maria)
        way = "passkeys/sure/"
    sign_in(client, maria)

    for ask in (client.get, client.post):
        response = ask(SECOND_STEP + address)
        assert response.status_code == 302
        assert response["Location"].startswith(f"{SECOND_STEP}{way}?next=")


def test_new_recovery_codes_end_the_old(client, maria, commits_at_once):
    RecoveryCodes.activate(maria)
    old = recovery_codes(maria)
    sign_in(client, maria)
    be_sure(client, maria)

    client.post(f"{SECOND_STEP}codes/new/")

    assert not set(old) & set(recovery_codes(maria))
    assert "staff.recovery_codes_made" in actions()


def test_signing_out_is_by_post(client, maria):
    sign_in(client, maria)

    client.get("/staff/account/sign-out/")
    assert opens(client)
    client.post("/staff/account/sign-out/")

    assert not opens(client)
    assert actions()[-1] == "staff.signed_out"


# --- The addresses ------------------------------------------------------------------------


def test_nobody_signs_up_and_nothing_needs_mail():
    names = {
        pattern.name
        for pattern in [*urls.urlpatterns, *urls.SECOND_FACTOR]
        if hasattr(pattern, "name")
    }

    assert not {name for name in names if "signup" in name or "email" in name or "reset" in name}


def test_allauths_own_screens_are_not_in_the_admin():
    labels = {model._meta.app_label for model in admin.site._registry}

    assert not labels & {"mfa", "account", "auth"}


@pytest.mark.parametrize("who", ["nobody", "without a factor", "with one"])
def test_every_address_of_accounts_answers(client, maria, without_factor, who):
    if who != "nobody":
        sign_in(client, maria if who == "with one" else without_factor)
    addresses = [
        reverse(p.name, args=[1] if "<" in str(p.pattern) else []) for p in urls.SECOND_FACTOR
    ]
    addresses += [reverse(p.name) for p in urls.urlpatterns[:5]]
    for address in addresses:
        assert client.get(address).status_code in {200, 302, 404}, address
        if not address.endswith("sign-out/"):
            assert client.post(address).status_code in {200, 302, 404, 405}, address


@pytest.mark.parametrize("address", ["/staff/", "/staff/login/", SIGN_IN, "/staff/campaign/page/"])
@pytest.mark.parametrize("form", [{}, {"login": "x", "password": PASSWORD}])
def test_form_without_a_token_is_refused_in_words(address, form):
    client = Client(enforce_csrf_checks=True)

    response = client.post(address, form)

    assert response.status_code == 403
    assert PASSWORD not in response.content.decode()


def test_account_without_a_password_is_told_how_to_get_one(client, maria):
    maria.set_unusable_password()
    maria.save()
    sign_in(client, maria)

    response = client.get("/staff/account/password/", follow=True)

    assert "make you a link to choose one" in response.content.decode()


# --- words --------------------------------------------------------------------------------


def test_passkey_is_offered_only_to_who_has_one():
    new_account("ann", "Writer")
    with_every_factor(new_account("pia", "Writer"))

    def second_step(name: str) -> str:
        client = Client()
        give_password(client, name)
        return client.get(STEP).content.decode()

    assert "Use a passkey" not in second_step("ann")
    assert "Use a passkey" in second_step("pia")


def test_other_ways_to_show_who_one_is_are_said_in_plain_words(client):
    ann = with_every_factor(new_account("ann", "Writer"))
    sign_in(client, ann)

    first = client.get(SURE, follow=True).content.decode()
    second = client.get(f"{SECOND_STEP}sure/").content.decode()

    assert ">Use a code</a>" in first
    assert ">Use a passkey</a>" in second


def test_new_passkey_has_a_name_that_fits_a_phone(client):
    ann = new_account("ann", "Writer")
    sign_in(client, ann)
    be_sure(client, ann)

    page = client.get(f"{SECOND_STEP}passkeys/new/").content.decode()

    assert 'value="my phone"' in page
    assert ">Sign in with it alone, without a password</label>" in page


def test_secret_of_an_app_stands_in_groups_of_four(client):
    ann = get_user_model().objects.create_user("ann", password=PASSWORD, is_staff=True)
    sign_in(client, ann)
    client.post(SURE, {"password": PASSWORD})

    page = client.get(APP).content.decode()

    assert len(re.findall(r'<span class="four">[A-Z2-7]{4}</span>', page)) == 8


def test_recovery_codes_are_announced_once(client):
    ann = new_account("ann", "Writer")
    sign_in(client, ann)
    be_sure(client, ann)

    answer = client.post(f"{SECOND_STEP}codes/new/", follow=True)

    page = answer.content.decode()
    assert "keep them away from your phone" in page
    assert "messagelist" not in page
