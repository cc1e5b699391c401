"""Opening a mailbox: by the right words alone, and by the same work whatever is found."""

import time
from statistics import median

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError

from reporting import codes, outage
from reporting.codes import BadCode, BadReference, Fault
from reporting.lookup import lookup_of
from reporting.mailbox import Unavailable, open_mailbox, opening
from reporting.models import Mailbox, Report
from reporting.sealing import public_of
from tests.reporting.mailboxes import opened, other_code, sent_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report_keys", "spool_folder")]

NOBODYS = codes.derive(b"n" * 32)


def fails(error: type[Exception]):
    def fail(*args: object) -> None:
        raise error

    return fail


@pytest.fixture
def tried(monkeypatch) -> list[bytes]:
    """The salts for which Argon2id was computed."""
    salts: list[bytes] = []

    def counted(code: str, salt: bytes, verifier: bytes) -> bytes | None:
        salts.append(salt)
        return codes.mailbox_key(code, salt, verifier)

    monkeypatch.setattr(opening, "mailbox_key", counted)
    return salts


def sharing(reference: str, number: int) -> list[codes.Derived]:
    """So many reports that were given this reference."""
    receipts = [sent_report() for _ in range(number)]
    Mailbox.objects.update(lookup=lookup_of(reference))
    return receipts


def test_reference_and_words_open_the_mailbox_however_they_are_typed():
    receipt = sent_report()

    found = open_mailbox(f" {receipt.reference.lower()} ", receipt.code.upper())

    assert found is not None
    assert found.mailbox.report_id == Report.objects.get().id
    assert public_of(found.private) == bytes(Mailbox.objects.get().public_key)


def test_other_words_and_other_references_open_nothing():
    receipt = sent_report()

    assert open_mailbox(receipt.reference, other_code(receipt)) is None
    assert open_mailbox(NOBODYS.reference, receipt.code) is None
    assert open_mailbox(NOBODYS.reference, NOBODYS.code) is None


def test_each_of_several_reports_with_one_reference_opens_with_its_own_words():
    receipts = sharing(NOBODYS.reference, opening.TRIED)

    found = [open_mailbox(NOBODYS.reference, receipt.code) for receipt in receipts]

    assert len({each.mailbox.report_id for each in found if each}) == opening.TRIED


def test_codes_are_tried_one_at_a_time_and_nobody_waits_for_ever(monkeypatch):
    receipt = sent_report()
    monkeypatch.setattr(opening, "PATIENCE_SECONDS", 0.01)

    with opening._TURN, pytest.raises(Unavailable):
        open_mailbox(receipt.reference, receipt.code)

    assert open_mailbox(receipt.reference, receipt.code) is not None


def test_every_look_up_makes_the_same_number_of_computations(tried):
    receipt = sent_report()
    numbers = []
    for reference, code in [
        (NOBODYS.reference, NOBODYS.code),
        (receipt.reference, other_code(receipt)),
        (receipt.reference, receipt.code),
    ]:
        tried.clear()
        open_mailbox(reference, code)
        numbers.append(len(tried))
        assert len(set(tried)) == opening.TRIED
    assert numbers == [opening.TRIED] * 3


def test_report_more_than_is_tried_makes_no_computation_more(tried):
    sharing(NOBODYS.reference, opening.TRIED + 1)

    open_mailbox(NOBODYS.reference, NOBODYS.code)

    assert len(tried) == opening.TRIED


def test_what_is_no_reference_or_no_code_costs_nothing(tried):
    with pytest.raises(BadReference) as bad:
        open_mailbox("NS-0000-0001", NOBODYS.code)
    assert bad.value.fault == Fault.CHECK
    with pytest.raises(BadCode) as bad_code:
        open_mailbox(NOBODYS.reference, "one two")
    assert bad_code.value.fault == Fault.LENGTH
    assert tried == []


def test_time_tells_neither_whether_there_is_a_report_nor_whether_the_words_are_right():
    """Processor time, interleaved, so that what else runs on the machine weighs on all alike. One
    Argon2id more or less of the four would be a quarter."""
    receipt = sent_report()
    cases = {
        "no report": (NOBODYS.reference, NOBODYS.code),
        "wrong words": (receipt.reference, other_code(receipt)),
        "right": (receipt.reference, receipt.code),
    }
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(60):
        for name, (reference, code) in cases.items():
            begun = time.thread_time()
            open_mailbox(reference, code)
            taken[name].append(time.thread_time() - begun)

    medians = {name: median(times) for name, times in taken.items()}

    print({name: f"{1000 * seconds:.2f} ms" for name, seconds in medians.items()})
    assert max(medians.values()) / min(medians.values()) < 1.1, medians


@pytest.mark.parametrize("salt", [b"", b"short", b"x" * 17])
def test_damaged_salt_opens_nothing_and_is_told_to_the_log(tried, caplog, salt):
    receipt = sent_report()
    Mailbox.objects.update(salt=salt)

    assert open_mailbox(receipt.reference, receipt.code) is None
    assert len(tried) == opening.TRIED
    assert "one is damaged" in caplog.text
    assert receipt.reference not in caplog.text


def test_damaged_verifier_opens_nothing():
    receipt = sent_report()
    Mailbox.objects.update(verifier=b"x")

    assert open_mailbox(receipt.reference, receipt.code) is None


def test_key_of_another_mailbox_is_not_taken_for_wrong_words(caplog):
    receipt, other = sent_report(), sent_report()
    theirs = opened(other).mailbox
    Mailbox.objects.exclude(pk=theirs.pk).update(sealed_key=bytes(theirs.sealed_key))

    with pytest.raises(Unavailable):
        open_mailbox(receipt.reference, receipt.code)

    assert "one is damaged" in caplog.text
    assert open_mailbox(receipt.reference, other_code(receipt)) is None


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_database_that_does_not_answer_is_asked_once_and_then_left_alone(
    monkeypatch, caplog, error
):
    monkeypatch.setattr(opening, "_mailboxes", fails(error))

    with pytest.raises(Unavailable) as told:
        open_mailbox(NOBODYS.reference, NOBODYS.code)

    assert told.value.__suppress_context__
    assert error.__name__ in caplog.text
    assert outage.is_on()
    monkeypatch.undo()
    outage.begin()
    with pytest.raises(Unavailable):
        open_mailbox(NOBODYS.reference, NOBODYS.code)


def test_other_fault_of_the_database_is_no_outage(monkeypatch):
    monkeypatch.setattr(opening, "_mailboxes", fails(DatabaseError))

    with pytest.raises(Unavailable):
        open_mailbox(NOBODYS.reference, NOBODYS.code)

    assert not outage.is_on()


def test_opened_mailbox_does_not_print_its_key():
    found = opened(sent_report())

    assert found.private.hex()[:8] not in repr(found)
    assert repr(found.private) not in repr(found)


def test_look_up_reads_no_more_of_the_report_than_state_and_hour(django_assert_num_queries):
    receipt = sent_report()

    with django_assert_num_queries(1) as asked:
        found = opened(receipt)
        assert found.mailbox.report.state == "received"
        assert found.mailbox.report.arrived_at

    query = asked.captured_queries[0]["sql"]
    assert "envelope" not in query
    assert "retain_until" not in query
