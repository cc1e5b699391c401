"""Rights come by roles alone, and nobody changes them without a line on the audit trail."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from sextortion_site.staff import audit
from sextortion_site.staff.models import Account, AuditEntry
from sextortion_site.staff.rights import give_roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria():
    return get_user_model().objects.create_user("maria", is_staff=True)


def role(name: str) -> Group:
    return Group.objects.get(name=name)


def right(codename: str) -> Permission:
    return Permission.objects.get(codename=codename)


def last_entry() -> tuple[str, str, dict]:
    entry = AuditEntry.objects.order_by("number").last()
    return entry.action, entry.about, entry.detail


# --- nobody is a superuser ---------------------------------------------------------------


@pytest.mark.parametrize("model", [get_user_model(), Account])
def test_superuser_is_refused(model):
    with pytest.raises(PermissionDenied, match="Nobody is a superuser"):
        model.objects.create_superuser("root", password="seven quiet herons")  # noqa: S106 - a test

    assert not model.objects.filter(username="root").exists()


def test_account_does_not_become_a_superuser(maria):
    maria.is_superuser = True

    with pytest.raises(PermissionDenied):
        maria.save()


def test_database_refuses_a_superuser_whoever_asks(maria):
    for line in (
        "UPDATE auth_user SET is_superuser = true WHERE username = 'maria'",
        "INSERT INTO auth_user (username, password, first_name, last_name, email, is_staff,"
        " is_active, is_superuser, date_joined) VALUES"
        " ('root', '', '', '', '', true, true, true, '2026-01-01')",
    ):
        with pytest.raises(DatabaseError, match="superuser"), transaction.atomic():
            connection.cursor().execute(line)

    with pytest.raises(DatabaseError, match="superuser"), transaction.atomic():
        get_user_model().objects.update(is_superuser=True)


def test_command_for_superusers_names_the_one_that_makes_administrators():
    with pytest.raises(CommandError, match="invite_administrator"):
        call_command("createsuperuser", "--no-input", username="root", email="root@example.org")


# --- nobody has a right but by a role ----------------------------------------------------


def test_right_by_hand_is_refused_from_either_side(maria):
    with pytest.raises(PermissionDenied), transaction.atomic():
        maria.user_permissions.add(right("publish_page"))
    with pytest.raises(PermissionDenied), transaction.atomic():
        right("publish_page").user_set.add(maria)

    assert not maria.has_perm("campaign.publish_page")


def test_database_refuses_a_right_by_hand(maria):
    given = maria.user_permissions.through(user=maria, permission=right("publish_page"))

    with pytest.raises(DatabaseError, match=r"by.roles.alone"):
        given.save()


def test_role_gets_no_other_right_than_the_code_gives_it():
    with pytest.raises(PermissionDenied), transaction.atomic():
        role("Writer").permissions.add(right("publish_page"))
    with pytest.raises(PermissionDenied), transaction.atomic():
        right("publish_page").group_set.add(role("Writer"))
    with pytest.raises(PermissionDenied), transaction.atomic():
        Group.objects.create(name="Everything").permissions.add(right("publish_page"))


def test_role_is_not_deleted():
    with pytest.raises(PermissionDenied):
        role("Auditor").delete()


# --- every change is on record -----------------------------------------------------------


def test_roles_given_and_taken_are_on_record(maria):
    maria.groups.add(role("Writer"))
    given = last_entry()
    maria.groups.remove(role("Writer"))
    taken = last_entry()

    about = ("staff.rights_changed", "account maria")
    assert given == (*about, {"before": [], "after": ["Writer"]})
    assert taken == (*about, {"before": ["Writer"], "after": []})
    assert AuditEntry.objects.first().account_name == ""


def test_all_roles_taken_at_once_are_on_record(maria):
    maria.groups.set([role("Writer"), role("Auditor")])

    maria.groups.clear()

    assert last_entry()[2] == {"before": ["Auditor", "Writer"], "after": []}


@pytest.mark.parametrize("how", ["add", "set"])
def test_accounts_given_to_a_role_are_on_record(maria, how):
    members = role("Triage officer").user_set

    members.add(maria) if how == "add" else members.set([maria])

    assert last_entry()[1:] == ("account maria", {"before": [], "after": ["Triage officer"]})


@pytest.mark.parametrize("how", ["remove", "clear"])
def test_accounts_taken_from_a_role_are_on_record(maria, how):
    maria.groups.add(role("Triage officer"))
    members = role("Triage officer").user_set

    members.remove(maria) if how == "remove" else members.clear()

    assert last_entry()[1:] == ("account maria", {"before": ["Triage officer"], "after": []})


def test_role_that_somebody_has_already_is_nothing_new(maria):
    maria.groups.add(role("Writer"))
    before = audit.head()

    maria.groups.add(role("Writer"))
    role("Writer").user_set.add(maria)

    assert audit.head() == before


@pytest.mark.parametrize(
    ("field", "value", "action"),
    [
        ("is_active", False, "staff.account_closed"),
        ("is_staff", False, "staff.account_closed"),
        ("username", "marie", "staff.account_renamed"),
    ],
)
def test_change_of_an_account_is_on_record_also_by_code(maria, field, value, action):
    before = getattr(maria, field)
    setattr(maria, field, value)
    maria.save(update_fields=[field])

    detail = {"field": field, "before": before, "after": value}
    assert last_entry() == (action, f"account {maria.username}", detail)


def test_account_that_is_opened_again_is_on_record(maria):
    get_user_model().objects.filter(pk=maria.pk).update(is_active=False)
    maria.save()

    assert last_entry()[0] == "staff.account_opened"


def test_what_is_no_right_is_not_on_record(maria):
    maria.email = "maria@example.org"
    before = audit.head()

    maria.save()
    maria.is_active = False
    maria.save(update_fields=["email"])

    assert audit.head() == before


def test_deleted_account_is_on_record(maria):
    maria.delete()

    assert last_entry()[:2] == ("staff.account_deleted", "account maria")


def test_who_changed_roles_is_on_record(maria):
    boss = get_user_model().objects.create_user("boss")

    give_roles(maria, [role("Writer")], by=boss)

    assert AuditEntry.objects.first().account_name == "boss"


def test_nobody_gives_themselves_roles(maria):
    with pytest.raises(PermissionDenied, match="their own roles"):
        give_roles(maria, [role("Administrator")], by=maria)

    assert maria.groups.count() == 0
