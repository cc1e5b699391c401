"""Triggers that keep a table append-only, whoever asks, on either database."""

from collections.abc import Iterator
from typing import Any

SQLITE = """
CREATE TRIGGER {table}_{name} BEFORE {event}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
# REPLACE deletes a row without asking the trigger for that.
SQLITE_EVENTS = {
    "update": "UPDATE ON {table}",
    "delete": "DELETE ON {table}",
    "replace": ("INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"),
}
# ALWAYS: also for who sets session_replication_role, which passes other triggers by.
POSTGRESQL = """
CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$;
CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_rows, ENABLE ALWAYS TRIGGER {table}_whole;
"""


def statements(vendor: str, table: str, key: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield POSTGRESQL.format(table=table)
    else:
        for name, event in SQLITE_EVENTS.items():
            yield SQLITE.format(table=table, name=name, event=event.format(table=table, key=key))


# Those that stand, each as an administrator of the database cannot pass it by.
STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": """
        SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'A'
    """,
}


def missing_triggers(connection: Any, table: str) -> set[str]:
    """The names of those that keep the table append-only and are gone, or turned off."""
    names = ("rows", "whole") if connection.vendor == "postgresql" else SQLITE_EVENTS
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor], [table])
        standing = {name for (name,) in cursor.fetchall()}
    return {f"{table}_{name}" for name in names} - standing


def make_append_only(schema_editor: Any, table: str, key: str) -> None:
    """For ``migrations.RunPython``. ``key`` is the column of the primary key."""
    for statement in statements(schema_editor.connection.vendor, table, key):
        schema_editor.execute(statement)
