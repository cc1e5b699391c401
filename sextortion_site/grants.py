"""What the database lets the process for readers do: no more than each app has said it needs.

An app says so in ``public_grants`` of its AppConfig: for each of its models, by name, privileges
as PostgreSQL spells them (``["INSERT", "SELECT (id)"]``); an empty list is a decision too. An app
that has no ``public_grants``, such as Django's own, gets nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.apps import AppConfig, apps
from django.db.migrations.recorder import MigrationRecorder

PRIVILEGE = re.compile(r"(SELECT|INSERT|UPDATE|DELETE)(?: \((\w+(?:, \w+)*)\))?", re.ASCII)
ROLE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,62}", re.ASCII)

# No app owns this table; /health/ready reads it.
MIGRATIONS = MigrationRecorder.Migration._meta.db_table

Decisions = Mapping[str, Sequence[str]]


class GrantError(Exception):
    """What is wrong with what an app has said, or with the role's name, in one sentence."""


def statements(role: str) -> Iterator[str]:
    """The SQL for this role, a line each, for the owner of the tables to run.

    Each right that the role has had is taken away first, so it can be run after every change.
    Raises GrantError.
    """
    if not ROLE.fullmatch(role):
        raise GrantError(f"{role!r} is no name for a role: letters, digits, _ and - only.")
    grantee = quoted(role)
    yield "BEGIN;"
    # Before version 15, PostgreSQL let everybody make tables here.
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
    yield f"GRANT USAGE ON SCHEMA public TO {grantee};"
    for table, privileges in sorted(tables().items()):
        yield f"-- {table}: {'; '.join(privileges) or 'nothing'}"
        yield f"REVOKE ALL ON {quoted(table)} FROM {grantee};"
        if privileges:
            spelt = ", ".join(_spelt(privilege) for privilege in privileges)
            yield f"GRANT {spelt} ON {quoted(table)} TO {grantee};"
    # A number that grows by itself is part of its table (GENERATED AS IDENTITY): whoever may
    # insert needs no right on its sequence.
    yield "COMMIT;"


def tables() -> dict[str, Sequence[str]]:
    """Every table of the site with what was decided for it. Raises GrantError."""
    found: dict[str, Sequence[str]] = {MIGRATIONS: ["SELECT"]}
    for config in apps.get_app_configs():
        found |= _tables_of(config)
    return found


def _tables_of(config: AppConfig) -> dict[str, Sequence[str]]:
    models = {
        model.__name__: model._meta
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    decisions: Decisions = getattr(config, "public_grants", dict.fromkeys(models, ()))
    for name in sorted(models.keys() ^ decisions.keys()):
        fault = "says nothing about" if name in models else "has no"
        raise GrantError(f"public_grants of {config.label} {fault} {name}.")
    for name, privileges in decisions.items():
        columns = {str(field.column) for field in models[name].local_concrete_fields}
        for privilege in privileges:
            _refuse_unknown(f"{config.label}.{name}", privilege, columns)
    return {models[name].db_table: privileges for name, privileges in decisions.items()}


def _refuse_unknown(model: str, privilege: str, columns: set[str]) -> None:
    match = PRIVILEGE.fullmatch(privilege)
    if match is None:
        raise GrantError(f"public_grants of {model}: {privilege!r} is no privilege.")
    if match[2] and (unknown := set(match[2].split(", ")) - columns):
        raise GrantError(f"public_grants of {model}: there is no column {', '.join(unknown)}.")


def _spelt(privilege: str) -> str:
    word, _space, columns = privilege.partition(" (")
    if not columns:
        return word
    return f"{word} ({', '.join(quoted(name) for name in columns[:-1].split(', '))})"


def quoted(name: str) -> str:
    """A name as SQL takes it; no name here holds a quotation mark."""
    return f'"{name}"'
