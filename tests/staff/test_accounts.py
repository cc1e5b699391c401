"""Administrators and accounts: what they can do, and what nobody does to themselves."""

import html
import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from sextortion_site.staff import audit
from sextortion_site.staff.models import Account, AuditEntry, SignInTries, StaffLink
from tests.campaign.editing import form_data
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

LIST = "/staff/staff/account/"
LINK = re.compile(r"readonly[^>]*>([^<]*/link/[^<]*)<")


@pytest.fixture
def boss():
    return new_account("boss", "Administrator")


@pytest.fixture
def maria():
    return new_account("maria", "Writer")


@pytest.fixture
def at_work(client, boss):
    sign_in(client, boss)
    return client


def role(name: str) -> int:
    return Group.objects.get(name=name).pk


def form_of(account) -> str:
    return reverse("admin:staff_account_change", args=[account.pk])


def save(client, account, **changes):
    data = form_data(client.get(form_of(account)))
    data = {name: value for name, value in (data | changes).items() if value != ""}
    return client.post(form_of(account), data)


def names(account) -> list[str]:
    return sorted(account.groups.values_list("name", flat=True))


def entries() -> list[str]:
    return [entry.action for entry in AuditEntry.objects.order_by("number")]


# --- inviting ----------------------------------------------------------------------------


def invite(client, name: str = "tom", *roles: str):
    groups = [role(one) for one in roles]
    return client.post(f"{LIST}add/", {"username": name, "email": "", "groups": groups})


def test_invitation_makes_an_account_and_shows_a_link_once(at_work):
    response = invite(at_work, "tom", "Writer")

    tom = Account.objects.get(username="tom")
    link = html.unescape(LINK.search(response.content.decode())[1])
    assert names(tom) == ["Writer"]
    assert (tom.is_staff, tom.is_superuser, tom.has_usable_password()) == (True, False, False)
    assert "for 72 hours" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert link.rsplit("/")[-2] not in at_work.get(form_of(tom)).content.decode()
    assert not StaffLink.objects.filter(token_hash__in=link.split("/")).exists()


def test_form_of_a_new_account_offers_only_what_it_does(at_work):
    page = at_work.get(f"{LIST}add/").content.decode()

    assert 'name="_save"' in page
    assert 'name="_addanother"' not in page
    assert 'name="_continue"' not in page
    assert "Invite somebody else" in invite(at_work, "tom").content.decode()


def test_boxes_of_roles_say_what_each_may_do(at_work):
    page = at_work.get(f"{LIST}add/").content.decode()

    assert "<strong>Auditor</strong>: reads the audit trail, and nothing else" in page


def test_invitation_is_on_record(at_work):
    invite(at_work, "tom", "Writer")

    changed, invited = AuditEntry.objects.order_by("number")[len(entries()) - 2 :]
    assert (changed.action, changed.account_name) == ("staff.rights_changed", "boss")
    assert (changed.about, changed.detail["after"]) == ("account tom", ["Writer"])
    assert (invited.action, invited.about) == ("staff.invited", "account tom")


@pytest.mark.parametrize("name", ["maria", "MARIA"])
def test_name_that_somebody_has_is_refused(at_work, maria, name):
    response = invite(at_work, name)

    assert response.status_code == 200
    assert Account.objects.filter(username__iexact="maria").count() == 1


def test_only_roles_of_the_site_can_be_given(at_work):
    everything = Group.objects.create(name="Everything")

    at_work.post(f"{LIST}add/", {"username": "tom", "groups": [everything.pk]})

    assert not Account.objects.filter(username="tom").exists()


def test_report_role_is_stated_on_the_screen(at_work, maria):
    at_invitation = invite(at_work, "tom", "Triage officer").content.decode()
    save(at_work, maria, groups=[role("Writer"), role("Records")])
    later = at_work.get(LIST).content.decode()

    assert "From now on tom can come to see reports: Triage officer." in at_invitation
    assert "From now on maria can come to see reports: Records." in later


# --- changing ----------------------------------------------------------------------------


def test_roles_are_given_and_taken_on_record(at_work, maria):
    save(at_work, maria, groups=[role("Publisher")])

    last = AuditEntry.objects.first()
    assert names(maria) == ["Publisher"]
    assert (last.action, last.account_name, last.about) == (
        *("staff.rights_changed", "boss", "account maria"),
    )
    assert last.detail["after"] == ["Publisher"]


def test_saving_without_a_change_is_not_on_record(at_work, maria):
    at_work.get(form_of(maria))
    before = audit.head()

    assert save(at_work, maria).status_code == 302

    assert audit.head() == before


def test_closed_account_is_signed_out_at_once(at_work, maria):
    hers = Client()
    sign_in(hers, maria)
    assert hers.get("/staff/").status_code == 200

    data = form_data(at_work.get(form_of(maria)))
    del data["is_active"]
    at_work.post(form_of(maria), data)

    assert hers.get("/staff/").status_code == 302
    last = AuditEntry.objects.first()
    assert (last.action, last.account_name) == ("staff.account_closed", "boss")


def test_taken_role_counts_at_once(at_work, maria):
    hers = Client()
    sign_in(hers, maria)
    assert hers.get("/staff/campaign/page/").status_code == 200

    save(at_work, maria, groups=[role("Auditor")])

    assert hers.get("/staff/campaign/page/").status_code == 403


def test_crafted_form_gives_neither_superuser_nor_rights(at_work, maria):
    extra = {"is_superuser": "on", "user_permissions": ["1"], "password": "x", "is_staff": ""}
    before = maria.password

    assert save(at_work, maria, **extra).status_code == 302

    maria.refresh_from_db()
    assert (maria.is_superuser, maria.is_staff, maria.password) == (False, True, before)
    assert maria.user_permissions.count() == 0


def test_account_is_deleted_neither_by_address_nor_by_action(at_work, maria):
    address = reverse("admin:staff_account_delete", args=[maria.pk])
    action = {"action": "delete_selected", "_selected_action": maria.pk, "post": "yes"}

    assert at_work.post(address, {"post": "yes"}).status_code == 403
    at_work.post(LIST, action)

    assert Account.objects.filter(pk=maria.pk).exists()


# --- oneself -----------------------------------------------------------------------------


def test_nobody_gives_themselves_a_role(at_work, boss):
    crafted = {"username": "boss", "groups": [role("Administrator"), role("Publisher")]}

    at_work.post(form_of(boss), crafted)

    assert names(boss) == ["Administrator"]


def test_nobody_closes_their_own_account(at_work, boss):
    at_work.post(form_of(boss), {"username": "boss"})

    boss.refresh_from_db()
    assert boss.is_active


def test_only_administrator_can_still_change_their_address(at_work, boss):
    response = at_work.post(form_of(boss), {"username": "boss", "email": "boss@example.org"})

    boss.refresh_from_db()
    assert response.status_code == 302
    assert boss.email == "boss@example.org"


@pytest.mark.parametrize("name", ["link", "unlock"])
def test_nobody_helps_themselves_in(at_work, boss, name):
    response = at_work.post(reverse(f"admin:staff_account_{name}", args=[boss.pk]))

    assert response.status_code == 403
    assert not StaffLink.objects.exists()


@pytest.mark.parametrize("name", ["Writer", "Publisher", "Auditor", "Triage officer"])
def test_others_change_no_account_their_own_included(client, name):
    somebody = new_account("somebody", name)
    sign_in(client, somebody)
    crafted = {"username": "somebody", "is_active": "on", "groups": [role("Administrator")]}

    assert client.post(form_of(somebody), crafted).status_code == 403
    assert client.post(f"{LIST}add/", crafted | {"username": "other"}).status_code == 403
    assert names(somebody) == [name]


# --- the last administrator --------------------------------------------------------------


@pytest.mark.parametrize("how", ["closed", "no longer one", "another role"])
def test_last_administrator_stays(client, boss, how, monkeypatch):
    """As it is for the second of two who take it from each other at the same moment."""
    tom = new_account("tom", "Administrator")
    sign_in(client, tom)
    data = form_data(client.get(form_of(boss)))
    tom.groups.clear()  # the first has just done so
    monkeypatch.setattr("django.contrib.auth.models.User.has_perm", lambda *args: True)
    if how == "closed":
        del data["is_active"]
    else:
        data["groups"] = [] if how == "no longer one" else [role("Writer")]

    response = client.post(form_of(boss), data)

    boss.refresh_from_db()
    assert "This is the last administrator" in response.content.decode()
    assert boss.is_active
    assert names(boss) == ["Administrator"]


def test_one_of_two_administrators_can_go(at_work):
    tom = new_account("tom", "Administrator")

    save(at_work, tom, groups=[role("Writer")])

    assert names(tom) == ["Writer"]


# --- letting in again --------------------------------------------------------------------


def ask_for_link(client, account):
    return client.post(reverse("admin:staff_account_link", args=[account.pk]))


def test_who_has_never_come_in_gets_a_new_invitation(at_work, maria):
    page = ask_for_link(at_work, maria).content.decode()

    assert "for 72 hours" in page
    assert entries()[-1] == "staff.invited"


def test_who_has_come_in_gets_a_recovery_link(at_work, maria):
    Client().force_login(maria)

    page = ask_for_link(at_work, maria).content.decode()

    assert "for 1 hour." in page
    assert entries()[-1] == "staff.recovery_link_made"


def test_closed_account_gets_no_link(at_work, maria):
    Account.objects.filter(pk=maria.pk).update(is_active=False)

    response = ask_for_link(at_work, maria)

    assert response.status_code == 302
    assert not StaffLink.objects.exists()
    page = at_work.get(form_of(maria)).content.decode()
    assert "This account is closed: open it first." in page
    assert "Make a " not in page


def test_link_is_not_made_by_opening_an_address(at_work, maria):
    response = at_work.get(reverse("admin:staff_account_link", args=[maria.pk]))

    assert response.status_code == 405


def test_locked_account_is_unlocked_on_record(at_work, maria):
    SignInTries.objects.create(account=maria, number=5)
    assert "Unlock" in at_work.get(form_of(maria)).content.decode()

    at_work.post(reverse("admin:staff_account_unlock", args=[maria.pk]))

    assert "Unlock" not in at_work.get(form_of(maria)).content.decode()
    assert entries()[-1] == "staff.unlocked"


# --- looking -----------------------------------------------------------------------------


def test_list_says_roles_and_second_step(at_work, maria):
    page = at_work.get(LIST).content.decode()

    assert '<td class="field-roles">Writer</td>' in page
    assert 'alt="True"' in page


def test_no_screen_shows_second_factors_or_django_accounts(at_work):
    for address in (*("mfa/authenticator/", "account/emailaddress/", "auth/user/", "auth/group/"),):
        assert at_work.get(f"/staff/{address}").status_code == 404
