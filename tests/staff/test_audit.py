"""The audit trail: nobody changes it in the database, and what was changed past it is found."""

import contextlib
import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from sextortion_site.staff import audit
from sextortion_site.staff.append_only import statements
from sextortion_site.staff.models import AuditEntry

pytestmark = pytest.mark.django_db

TABLE = "staff_auditentry"
# What somebody with the owner's rights may try. On SQLite, REPLACE passes a trigger on DELETE by.
TRIES = [
    "UPDATE staff_auditentry SET about = 'nothing' WHERE number = 2",
    "DELETE FROM staff_auditentry WHERE number = 3",
    "DELETE FROM staff_auditentry",
    "REPLACE INTO staff_auditentry (number, at, action, account_name, about, detail, previous,"
    " hash) SELECT number, at, 'x', account_name, about, detail, previous, hash"
    " FROM staff_auditentry WHERE number = 2",
]


@pytest.fixture
def trail(django_user_model) -> list[AuditEntry]:
    maria = django_user_model.objects.create_user("maria")
    return [
        audit.record("staff.signed_in", by=maria),
        audit.record("campaign.published", by=maria, about="page 7", detail={"revision": 3}),
        audit.record("staff.sign_in_failed", by=None, about="account maria"),
    ]


def run_sql(*lines: str) -> None:
    with connection.cursor() as cursor:
        for line in lines:
            cursor.execute(line)


@contextmanager
def without_triggers() -> Iterator[None]:
    """As somebody who owns the file of the database."""
    if connection.vendor == "postgresql":
        run_sql(f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL")
        yield
        names = (f"{TABLE}_{name}" for name in ("rows", "whole"))
        run_sql(*(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}" for name in names))
        return
    names = [f"{TABLE}_{name}" for name in ("update", "delete", "replace")]
    run_sql(*(f"DROP TRIGGER {name}" for name in names))
    yield
    run_sql(*statements("sqlite", TABLE, "number"))


def test_entry_says_who_what_when_and_about_what(trail):
    entry = AuditEntry.objects.get(number=2)

    assert (entry.action, entry.account_name) == ("campaign.published", "maria")
    assert (entry.about, entry.detail) == ("page 7", {"revision": 3})
    assert entry.previous == trail[0].hash


def test_whole_trail_has_no_fault(trail):
    assert list(audit.faults()) == []
    assert audit.head() == audit.Head(3, trail[2].hash)


@pytest.mark.skipif(
    connection.vendor == "postgresql", reason="test_audit_postgresql.py has its statements"
)
@pytest.mark.parametrize("line", TRIES)
def test_database_refuses_to_change_it(trail, line):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run_sql(line)

    assert AuditEntry.objects.count() == 3
    assert list(audit.faults()) == []


@pytest.mark.skipif(connection.vendor == "postgresql", reason="rows have no second name there")
@pytest.mark.parametrize("name", ["rowid", "oid", "_rowid_"])
def test_row_cannot_be_replaced_by_the_name_that_sqlite_has_for_it(trail, name):
    kept = AuditEntry.objects.get(number=2)
    columns = "at, action, account_name, about, detail, previous, hash"
    with contextlib.suppress(DatabaseError), transaction.atomic():
        kept_rows = f"SELECT {name}, number + 1000000, {columns} FROM {TABLE}"  # noqa: S608
        run_sql(f"REPLACE INTO {TABLE} ({name}, number, {columns}) {kept_rows}")

    assert AuditEntry.objects.filter(hash=kept.hash, number=2).exists()


def test_entry_outlives_the_account(trail, django_user_model):
    django_user_model.objects.all().delete()

    assert AuditEntry.objects.get(number=1).account_name == "maria"
    assert list(audit.faults()) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("UPDATE {} SET account_name = 'tom' WHERE number = 2", "Entry 2 was changed."),
        ("UPDATE {} SET detail = '{{}}' WHERE number = 2", "Entry 2 was changed."),
        ("UPDATE {} SET at = '2026-01-01 00:00:00' WHERE number = 1", "Entry 1 was changed."),
        ("DELETE FROM {} WHERE number = 2", "Entries are missing between 1 and 3."),
        ("DELETE FROM {} WHERE number = 1", "Entries are missing between 0 and 2."),
    ],
)
def test_change_past_the_database_is_found(trail, line, fault):
    with without_triggers():
        run_sql(line.format(TABLE))

    assert fault in list(audit.faults())


def test_missing_triggers_are_a_fault(trail):
    with without_triggers():
        faults = list(audit.faults())

    assert len(faults) == (2 if connection.vendor == "postgresql" else 3)
    assert all("no longer refuses changes" in fault for fault in faults)


def test_entry_that_was_written_anew_with_a_fitting_hash_breaks_the_chain(trail):
    forged = AuditEntry.objects.get(number=2)
    forged.about = "page 8"
    forged.hash = audit.hash_of(forged)
    with without_triggers():
        forged.save()

    assert list(audit.faults()) == ["Entry 3 does not follow from the one before."]


def test_trail_that_was_cut_is_found_by_a_head_from_before(trail):
    kept = audit.head()
    with without_triggers():
        run_sql("DELETE FROM staff_auditentry WHERE number = 3")

    assert list(audit.faults()) == []
    assert list(audit.faults(kept)) == [
        f"The entry {kept} is not there: the trail was cut or written anew."
    ]


@pytest.mark.parametrize("value", [1.5, float("nan"), [{"far": 1e22}]])
def test_fraction_is_refused_which_databases_write_in_ways_of_their_own(value):
    with pytest.raises(TypeError, match="write it as text"):
        audit.record("staff.signed_in", by=None, detail={"value": value})

    assert audit.head() == audit.NOTHING_YET


def test_detail_is_hashed_as_it_comes_back():
    audit.record("staff.signed_in", by=None, detail={10: "ten", 9: ("a", "ü")})

    assert list(audit.faults()) == []


def test_what_is_undone_is_not_on_record(trail):
    with transaction.atomic():
        audit.record("staff.signed_in", by=None)
        transaction.set_rollback(True)

    assert audit.head().number == 3


def test_command_prints_a_head_that_it_takes_back(trail, capsys):
    call_command("verify_audit")
    head = capsys.readouterr().out.strip()
    audit.record("staff.signed_out", by=None)

    call_command("verify_audit", expect=head)

    assert capsys.readouterr().out.startswith("4:")


def test_command_fails_on_a_damaged_trail(trail, capsys):
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                number=9, at=datetime.datetime.now(datetime.UTC), action="x", previous="", hash=""
            )
        ]
    )

    with pytest.raises(CommandError, match="damaged: 2 faults"):
        call_command("verify_audit")

    assert "Entry 9 was changed." in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "7", "x:y", f"1:{'0' * 63}"])
def test_command_refuses_what_is_no_head(text):
    with pytest.raises(CommandError, match="takes what this command prints"):
        call_command("verify_audit", expect=text)
