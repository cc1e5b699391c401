"""Triggers that keep a table append-only, whoever asks, for migrations on either database."""

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


def make_append_only(schema_editor: Any, table: str, key: str) -> None:
    """For ``migrations.RunPython``. ``key`` is the column of the primary key."""
    for statement in statements(schema_editor.connection.vendor, table, key):
        schema_editor.execute(statement)
