"""Taking a report in: once, durably, sealed, whatever fails on the way."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import InterfaceError, OperationalError

from reporting import codes, draining, journey, outage, recipients, spool, submission
from reporting.models import Mailbox, Report, State
from reporting.models.hours import this_hour
from reporting.record import Record
from reporting.sealing import decrypt_with, encrypt_to, new_private, public_of, unlock
from reporting.submission import NotStored, fingerprint, submit
from reporting.triage import Severity
from tests.reporting.opened import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report_keys")]

ANSWERS = {
    "danger": "no",
    "who": "me",
    "age": "13_15",
    "story": "They want £200 by tonight \u202e\U0001f600",
    "reply": "contact",
    "contact_at": "07700 900123",
}


@pytest.fixture
def way() -> journey.Journey:
    return journey.read(journey.issue())


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database does not answer."""

    def fail(*args: object, **kwargs: object) -> None:
        raise OperationalError("no answer")

    monkeypatch.setattr(Record, "store", fail)


def test_report_is_stored_sealed_and_opens_as_it_was_typed(spool_folder: Path, way):
    receipt = submit(ANSWERS, way)

    report = Report.objects.get()
    parts = opened(report)
    assert parts["body"] | parts["identity"] == ANSWERS
    assert parts["identity"] == {"contact_at": "07700 900123"}
    assert parts["triage"]["severity"] == "AMBER"
    assert parts["triage"]["reference"] == receipt.reference
    assert receipt.severity == Severity.AMBER
    assert list(spool_folder.iterdir()) == []


def test_row_says_no_more_than_the_hour_the_keys_and_when_to_dispose_of_it(spool_folder, way):
    submit(ANSWERS, way, is_unchecked=True)

    report = Report.objects.get()
    assert report.arrived_at == this_hour()
    assert (report.retain_until - report.arrived_at.date()).days == 90
    assert report.state == State.RECEIVED
    assert report.is_unchecked is True
    manifest = recipients.current()
    assert report.team_key_id == manifest.key_id("team")
    assert report.identity_key_id == manifest.key_id("identity")
    assert report.recovery_key_id == manifest.key_id("recovery")


def test_code_opens_the_mailbox_and_another_code_does_not(spool_folder, way):
    receipt = submit(ANSWERS, way)

    mailbox = Mailbox.objects.get()
    key = codes.mailbox_key(receipt.code, bytes(mailbox.salt), bytes(mailbox.verifier))
    assert key is not None
    private = unlock(key, bytes(mailbox.sealed_key), mailbox.report_id.bytes)
    sealed = encrypt_to(bytes(mailbox.public_key), b"an answer", b"")
    assert decrypt_with(private, sealed, b"") == b"an answer"
    other = " ".join(reversed(receipt.code.split()))
    assert codes.mailbox_key(other, bytes(mailbox.salt), bytes(mailbox.verifier)) is None


def test_sealed_part_names_the_mailboxs_key_so_that_another_in_its_place_is_seen(spool_folder, way):
    submit(ANSWERS, way)

    named = opened(Report.objects.get())["triage"]["mailbox_key"]
    assert named == fingerprint(bytes(Mailbox.objects.get().public_key))
    assert named != fingerprint(public_of(new_private()))


def test_second_press_shows_the_same_and_stores_nothing_more(spool_folder, way):
    first, second = submit(ANSWERS, way), submit(ANSWERS, way)

    assert (first.reference, first.code) == (second.reference, second.code)
    assert Report.objects.count() == Mailbox.objects.count() == 1
    assert list(spool_folder.iterdir()) == []


def test_changed_answers_make_a_report_of_their_own(spool_folder, way):
    first, second = submit(ANSWERS, way), submit(ANSWERS | {"age": "16_17"}, way)

    assert first.reference != second.reference
    assert first.code != second.code
    assert Report.objects.count() == 2


def test_without_the_database_the_report_is_confirmed_and_drained_once_later(
    spool_folder, way, no_database, monkeypatch
):
    first, second = submit(ANSWERS, way), submit(ANSWERS, way)

    assert first.code == second.code
    assert Report.objects.count() == 0
    monkeypatch.undo()
    assert draining.drain() == draining.Drained(stored=1, left=0)
    assert draining.drain() == draining.Drained(stored=0, left=0)
    assert opened(Report.objects.get())["body"]["story"] == ANSWERS["story"]


def test_after_a_failure_the_next_reporters_do_not_wait_for_the_database(
    spool_folder, way, monkeypatch
):
    asked = []

    def fail(*args: object, **kwargs: object) -> None:
        asked.append(1)
        raise OperationalError

    monkeypatch.setattr(Record, "store", fail)
    submit(ANSWERS, way)
    submit(ANSWERS | {"age": "16_17"}, way)

    assert len(asked) == 1
    assert outage.is_on()
    assert len(list(spool_folder.iterdir())) == 2


def test_without_the_spool_the_database_alone_is_enough(way, settings: LazySettings, tmp_path):
    settings.REPORT_SPOOL_DIR = tmp_path / "not there"
    outage.begin()

    submit(ANSWERS, way)

    assert Report.objects.count() == 1


def test_without_spool_and_database_the_reporter_is_told(
    way, settings: LazySettings, tmp_path, no_database, caplog
):
    settings.REPORT_SPOOL_DIR = tmp_path / "not there"

    with pytest.raises(NotStored) as told:
        submit(ANSWERS, way)

    assert told.value.__cause__ is None
    assert told.value.__suppress_context__
    assert "could not be spooled" in caplog.text
    assert "OperationalError" in caplog.text
    assert "£200" not in caplog.text


def test_without_keys_nothing_is_taken_in(spool_folder, way, settings: LazySettings, tmp_path):
    settings.REPORT_KEYS_DIR = tmp_path / "no keys"

    with pytest.raises(NotStored):
        submit(ANSWERS, way)

    assert list(spool_folder.iterdir()) == []


def test_spool_that_will_not_let_go_stores_the_report_once(spool_folder, way, monkeypatch):
    def fail(*args: object) -> None:
        raise spool.SpoolError

    monkeypatch.setattr(spool, "remove", fail)
    submit(ANSWERS, way)
    monkeypatch.undo()

    draining.drain()

    assert Report.objects.count() == 1
    assert list(spool_folder.iterdir()) == []


def test_receipt_and_record_do_not_print_what_is_secret(spool_folder, way, monkeypatch):
    kept = []
    monkeypatch.setattr(submission, "_keep", kept.append)

    receipt = submit(ANSWERS, way)

    assert receipt.code not in repr(receipt)
    assert receipt.code.split()[0] not in repr(receipt)
    assert "envelope" not in repr(kept[0])
    assert "seed" not in repr(way)


def test_every_flag_at_once_fits_the_smallest_part(spool_folder, way):
    worst = ANSWERS | {
        "danger": "both",
        "who": "child",
        "age": "under_13",
        "deadline": "hours",
        "happening": ["shared", "wants_to_meet"],
        "shared": "yes",
        "shared_where": "x",
        "paid": ["money", "gift_card", "crypto", "pictures"],
        "paid_how": "x",
        "known": "yes",
    }

    submit(worst, way)

    assert len(opened(Report.objects.get())["triage"]["flags"]) == 9


def test_little_room_is_kept_for_reports_that_no_machine_has_made(
    spool_folder, way, settings: LazySettings, caplog
):
    settings.REPORT_SPOOL_RESERVE = 2**60

    with pytest.raises(NotStored):
        submit(ANSWERS, way, is_unchecked=True)
    assert "little room is left" in caplog.text
    submit(ANSWERS, way)

    assert Report.objects.count() == 1


def test_interface_that_fails_is_a_database_that_does_not_answer(spool_folder, way, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise InterfaceError

    monkeypatch.setattr(Record, "store", fail)

    submit(ANSWERS, way)

    assert len(list(spool_folder.iterdir())) == 1


def test_unchecked_report_without_a_spool_goes_to_the_database(way, settings, tmp_path):
    settings.REPORT_SPOOL_DIR = tmp_path / "not there"

    submit(ANSWERS, way, is_unchecked=True)

    assert Report.objects.count() == 1
