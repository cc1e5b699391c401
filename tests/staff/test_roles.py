"""The groups are what the code says, and what it says keeps apart what has to be."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from sextortion_site.staff.roles import (
    REPORT_ROLES,
    ROLE_WORDS,
    ROLES,
    RoleError,
    bring_up_to_date,
    permissions_of,
)
from tests.staff.signing_in import new_account

pytestmark = pytest.mark.django_db


def rights(name: str) -> set[str]:
    """What somebody with this role may do, as the site asks."""
    return new_account(name.lower(), name).get_all_permissions()


@pytest.mark.parametrize(("key", "name"), ROLES.items())
def test_role_may_what_the_code_says_and_no_more(key, name):
    assert rights(name) == {f"{label}.{codename}" for label, codename in permissions_of(key)}


def test_writer_neither_publishes_nor_changes_what_is_live():
    verbs = {"add", "change", "delete", "publish"}
    words = {right.split(".")[1] for right in rights("Writer")}
    changes = {word.partition("_")[2] for word in words if word.partition("_")[0] in verbs}

    assert changes == {"page", "section", "entry"}
    assert not words & {"publish_page", "delete_page"}


def test_publisher_publishes():
    assert {"campaign.publish_page", "campaign.change_service"} <= rights("Publisher")


def test_administrator_has_accounts_and_nothing_else():
    assert rights("Administrator") == {
        f"staff.{verb}_account" for verb in ("view", "add", "change")
    }


def test_auditor_reads_the_trail_and_nothing_else():
    assert rights("Auditor") == {"staff.view_auditentry"}


@pytest.mark.parametrize("name", sorted(REPORT_ROLES))
def test_report_role_opens_neither_words_nor_accounts(name):
    assert {right for right in rights(name) if not right.startswith("reporting.")} == set()


@pytest.mark.parametrize("name", sorted({*ROLES.values()} - REPORT_ROLES))
def test_other_role_opens_no_report(name):
    assert {right for right in rights(name) if right.startswith("reporting.")} == set()


# --- brought up to date ------------------------------------------------------------------


def test_right_that_was_slipped_in_is_taken_away():
    through = Group.permissions.through
    publish = Permission.objects.get(codename="publish_page")
    other = Group.objects.create(name="Everything")
    for group in (Group.objects.get(name="Writer"), other):
        through.objects.create(group=group, permission=publish)  # past the signals

    bring_up_to_date()

    assert "campaign.publish_page" not in rights("Writer")
    assert other.permissions.count() == 0


def test_role_that_was_lost_comes_back():
    Group.objects.filter(name="Auditor")._raw_delete("default")

    bring_up_to_date()

    assert rights("Auditor") == {"staff.view_auditentry"}


@pytest.mark.parametrize(
    ("declared", "fault"),
    [
        ({"boss": ["view_page"]}, "no role boss"),
        ({"writer": ["burn_page"]}, "no permission burn_page"),
    ],
)
def test_role_or_right_that_is_not_there_is_refused(monkeypatch, declared, fault):
    monkeypatch.setattr(apps.get_app_config("campaign"), "staff_roles", declared)

    with pytest.raises(RoleError, match=fault):
        bring_up_to_date()


def test_every_role_says_in_words_what_it_may_do():
    assert ROLE_WORDS.keys() == ROLES.keys()
