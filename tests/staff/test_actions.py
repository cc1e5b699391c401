"""What stands on the audit trail is shown in words."""

import ast
import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from sextortion_site.staff import audit
from sextortion_site.staff.actions import actions, words_of
from tests.staff.signing_in import new_account, sign_in
from tests.test_architecture import modules

ACTION = re.compile(r"(campaign|reporting|staff)\.[a-z]+(_[a-z]+)*")
ADDRESSES = {"campaign.urls", "campaign.preview", "reporting.journey", "reporting.lookup"}


def named_in_the_code() -> set[str]:
    """All that is written as actions are, permissions and addresses included."""
    found = set()
    for file in modules():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and ACTION.fullmatch(str(node.value)):
                found.add(str(node.value))
    return found


@pytest.mark.django_db
def test_every_action_that_is_recorded_has_words():
    permissions = {
        f"{right.content_type.app_label}.{right.codename}"
        for right in Permission.objects.select_related("content_type")
    }

    assert named_in_the_code() - permissions - ADDRESSES == set(actions())


def test_action_of_long_ago_is_shown_as_it_stands():
    assert words_of("staff.did_something") == "staff.did_something"


@pytest.mark.django_db
def test_list_filter_and_entry_say_it_in_words(client: Client):
    sign_in(client, new_account("eve", "Auditor"))
    entry = audit.record("staff.sign_in_failed", by=None)

    listed = client.get("/staff/staff/auditentry/").content.decode()
    shown = client.get(f"/staff/staff/auditentry/{entry.pk}/change/").content.decode()
    chosen = client.get("/staff/staff/auditentry/?action=staff.locked_out").content.decode()

    assert '<td class="field-what">Signing in failed</td>' in listed
    assert '<a href="?action=staff.locked_out">Account locked after failures</a>' in listed
    assert re.search(r"\b\d+ entries\b", listed)
    assert "Signing in failed" in shown
    assert "staff.sign_in_failed" not in shown
    assert '<td class="field-what">' not in chosen
