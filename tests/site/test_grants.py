"""print_grants: a decision for every table, and nothing that nobody has decided on."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from tests.test_architecture import PACKAGES


def printed(capsys: pytest.CaptureFixture[str], role: str = "reader") -> str:
    call_command("print_grants", role=role)
    return capsys.readouterr().out


@pytest.mark.django_db
def test_every_table_is_named(capsys):
    named = {
        line.removeprefix("-- ").partition(":")[0]
        for line in printed(capsys).splitlines()
        if line.startswith("-- ")
    }

    assert named == set(connection.introspection.table_names())


def test_every_app_of_the_project_with_tables_has_decided():
    undecided = [
        config.label
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in PACKAGES
        and list(config.get_models())
        and not hasattr(config, "public_grants")
    ]

    assert undecided == []


@pytest.mark.parametrize(
    ("grants", "fault"),
    [
        ({"Feedback": None}, "says nothing about Feedback"),
        ({"Service_topics": None}, "says nothing about Service_topics"),
        ({"Letter": ["SELECT"]}, "has no Letter"),
        ({"Feedback": ["INSERT", "TRUNCATE"]}, "'TRUNCATE' is no privilege"),
        ({"Feedback": ["SELECT (id, name)"]}, "there is no column name"),
    ],
)
def test_model_without_a_sound_decision_is_an_error(monkeypatch, grants, fault):
    config = apps.get_app_config("campaign")
    changed = {
        name: given for name, given in (config.public_grants | grants).items() if given is not None
    }
    monkeypatch.setattr(config, "public_grants", changed)

    with pytest.raises(CommandError, match=fault):
        call_command("print_grants", role="reader")


@pytest.mark.parametrize("role", ["", 'reader"; DROP TABLE auth_user; --', "a" * 64, "lesère"])
def test_name_that_could_be_more_than_a_name_is_refused(role):
    with pytest.raises(CommandError, match="is no name for a role"):
        call_command("print_grants", role=role)


def test_accounts_and_sessions_get_nothing(capsys):
    text = printed(capsys)

    for table in ("auth_user", "django_session", "django_admin_log"):
        assert f'REVOKE ALL ON "{table}" FROM "reader";' in text
        assert f'ON "{table}" TO' not in text
