"""The audit trail on a real PostgreSQL: its owner cannot change it, and writers stand in line."""

import subprocess
import sys
import time

import psycopg
import pytest
from psycopg.errors import CheckViolation, RaiseException

from tests.conftest import ROOT, free_port, manage, site_environment

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]

REFUSED = [
    "UPDATE staff_auditentry SET about = 'nothing' WHERE number = 1",
    "DELETE FROM staff_auditentry WHERE number = 1",
    "TRUNCATE staff_auditentry",
    "TRUNCATE staff_auditentry CASCADE",
    "INSERT INTO staff_auditentry SELECT * FROM staff_auditentry WHERE number = 1"
    " ON CONFLICT (number) DO UPDATE SET about = 'nothing'",
    "MERGE INTO staff_auditentry old USING staff_auditentry new ON old.number = new.number"
    " WHEN MATCHED THEN DELETE",
    # This passes by triggers that are not there ALWAYS.
    "SET session_replication_role = replica; DELETE FROM staff_auditentry",
]
WRITERS, EACH, STARTING_SIGNAL = 4, 25, 1
WRITE = f"""
from django.db import connection
from sextortion_site.staff import audit
connection.cursor().execute("SELECT pg_advisory_lock_shared({STARTING_SIGNAL})")
for number in range({EACH}):
    audit.record("staff.signed_in", by=None, about=f"account {{number}}", detail={{"n": number}})
"""
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
START_SECONDS = 120  # a limit for a broken start, not a wait


@pytest.fixture(scope="module")
def environment(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of a site whose trail has been written by several at once."""
    folder = tmp_path_factory.mktemp("trail")
    environment = site_environment(folder, free_port(), DATABASE_URL=database_url)
    done = manage(environment, "migrate")
    assert done.returncode == 0, done.stderr
    line = [sys.executable, "manage.py", "shell", "--no-imports", "-c", WRITE]
    deadline = time.monotonic() + START_SECONDS
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(f"SELECT pg_advisory_lock({STARTING_SIGNAL})")
        writers = [subprocess.Popen(line, cwd=ROOT, env=environment) for _ in range(WRITERS)]
        while owner.execute(WAITING).fetchone() != (WRITERS,):
            assert time.monotonic() < deadline, "the writers did not start"
    assert [writer.wait() for writer in writers] == [0] * WRITERS
    return environment


def rows(url: str, question: str) -> list[tuple]:
    with psycopg.connect(url) as owner:
        return owner.execute(question).fetchall()


def test_writers_at_once_make_one_chain(environment, database_url):
    done = manage(environment, "verify_audit")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{WRITERS * EACH}:")
    assert rows(database_url, "SELECT count(DISTINCT previous) FROM staff_auditentry") == [
        (WRITERS * EACH,)
    ]


@pytest.mark.parametrize("statement", REFUSED)
def test_owner_of_the_database_cannot_change_it(environment, database_url, statement):
    with (
        psycopg.connect(database_url, autocommit=True) as owner,
        pytest.raises(RaiseException, match="append-only"),
    ):
        owner.execute(statement)

    assert rows(database_url, "SELECT count(*) FROM staff_auditentry") == [(WRITERS * EACH,)]
    assert manage(environment, "verify_audit").returncode == 0


def test_change_past_the_triggers_is_found(environment, database_url):
    """By somebody who takes them away."""
    with psycopg.connect(database_url) as owner:
        owner.execute("ALTER TABLE staff_auditentry DISABLE TRIGGER ALL")
        owner.execute("UPDATE staff_auditentry SET account_name = 'tom' WHERE number = 7")

    done = manage(environment, "verify_audit")

    assert done.returncode == 1
    assert "Entry 7 was changed." in done.stderr
    assert "the trigger staff_auditentry_rows is gone" in done.stderr


@pytest.mark.usefixtures("environment")
def test_owner_of_the_database_makes_no_superuser(database_url):
    columns = "username, password, first_name, last_name, email, is_staff, is_active, date_joined"
    account = f"INSERT INTO auth_user ({columns}, is_superuser) VALUES"
    values = "'root', '', '', '', '', true, true, now()"
    right = "INSERT INTO auth_user_user_permissions (user_id, permission_id) VALUES (1, 1)"
    with psycopg.connect(database_url, autocommit=True) as owner:
        for statement in (f"{account} ({values}, true)", right):
            with pytest.raises(CheckViolation):
                owner.execute(statement)
        owner.execute(f"{account} ({values}, false)")
        with pytest.raises(CheckViolation):
            owner.execute("UPDATE auth_user SET is_superuser = true")
