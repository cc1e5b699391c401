"""From the spool into the database."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError

from reporting import draining, journey, outage, spool
from reporting.models import Report
from reporting.record import Record
from reporting.submission import submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report_keys")]

BASE = {"danger": "no", "who": "me"}


@pytest.fixture
def three_waiting(spool_folder):
    """Three reports that came while the database did not answer."""
    outage.begin()
    for number in range(3):
        submit(BASE | {"story": f"story {number}"}, journey.read(journey.issue()))
    outage.end()
    return spool_folder


def failing(monkeypatch, error: type[Exception], times: int) -> None:
    whole, calls = Record.store, []

    def store(self, arrived_at=None) -> None:
        calls.append(1)
        if len(calls) <= times:
            raise error
        whole(self, arrived_at)

    monkeypatch.setattr(Record, "store", store)


def test_all_that_waits_is_stored_with_its_hour(three_waiting):
    hours = {entry.arrived_at for entry in spool.waiting(three_waiting)}

    done = draining.drain()

    assert done == draining.Drained(stored=3, left=0)
    assert {report.arrived_at for report in Report.objects.all()} == hours
    assert list(three_waiting.iterdir()) == []


def test_database_that_does_not_answer_is_asked_once_and_all_wait(three_waiting, monkeypatch):
    failing(monkeypatch, OperationalError, times=1)

    done = draining.drain()

    assert done == draining.Drained(stored=0, left=3)
    assert outage.is_on()
    assert len(list(three_waiting.iterdir())) == 3


def test_report_that_cannot_be_stored_keeps_no_other_from_it(three_waiting, monkeypatch, caplog):
    failing(monkeypatch, IntegrityError, times=1)

    done = draining.drain()

    assert done == draining.Drained(stored=2, left=1)
    assert "cannot be stored: IntegrityError" in caplog.text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b'{"version": 2}',
        b'{"version": 1}',
        b'{"version": 1, "envelope": "*"}',
        b"\xff",
    ],
)
def test_file_that_is_no_report_stays_for_somebody_to_look_at(three_waiting, content, caplog):
    spool.append(three_waiting, "0" * 32, content)

    done = draining.drain()

    assert done == draining.Drained(stored=3, left=1)
    assert [path.name for path in three_waiting.iterdir()] == ["0" * 32]
    assert "cannot be stored: ValueError" in caplog.text


def test_command_drains_and_says_how_many(three_waiting, capsys, monkeypatch):
    failing(monkeypatch, IntegrityError, times=1)

    with pytest.raises(CommandError, match="still in the spool"):
        call_command("drain_reports")
    assert "Stored 2, left 1, set aside as damaged 0." in capsys.readouterr().out
    call_command("drain_reports")
    assert "Stored 1, left 0, set aside as damaged 0." in capsys.readouterr().out


def test_command_fails_as_long_as_a_damaged_file_lies_aside_and_says_where(three_waiting, capsys):
    (three_waiting / ("0" * 32)).write_bytes(b"torn")

    for stored in (3, 0):
        with pytest.raises(CommandError, match=f"Look at what lies in {three_waiting}/damaged"):
            call_command("drain_reports")
        told = capsys.readouterr().out
        assert f"Stored {stored}, left 0, set aside as damaged 1." in told


def test_command_without_a_spool_says_so(settings, tmp_path):
    settings.REPORT_SPOOL_DIR = tmp_path / "not there"

    with pytest.raises(CommandError, match="the spool cannot do it"):
        call_command("drain_reports")


@pytest.mark.django_db(transaction=True)
def test_process_goes_on_draining_until_it_is_told_to_stop(
    three_waiting, monkeypatch, settings, caplog
):
    folder, stop = settings.REPORT_SPOOL_DIR, threading.Event()
    settings.REPORT_SPOOL_DIR = folder / "not there yet"
    rounds = []

    def count() -> draining.Drained:
        rounds.append(1)
        if len(rounds) == 2:
            raise RuntimeError("nobody thought of it")
        if len(rounds) == 3:
            settings.REPORT_SPOOL_DIR = folder
        if len(rounds) == 4:
            stop.set()
        return whole()

    whole = draining.drain
    monkeypatch.setattr(draining, "drain", count)
    draining.keep_draining(stop, every=0)

    assert len(rounds) == 4
    assert "nobody thought of it" not in caplog.text
    assert Report.objects.count() == 3


def test_start_leaves_the_process_free_to_end(monkeypatch):
    monkeypatch.setattr(draining, "keep_draining", lambda stop: None)
    started = []
    monkeypatch.setattr(threading.Thread, "start", lambda thread: started.append(thread))

    draining.start()

    assert [thread.daemon for thread in started] == [True]
