"""What a row of reporting says of itself: its id, and nothing else."""

from uuid import uuid4

from reporting.models import Mailbox, Message, Report


def test_rows_are_named_by_their_ids():
    report = Report(id=uuid4(), envelope=b"sealed")
    message = Message(message_id=uuid4(), for_team=b"sealed")

    assert str(report) == str(report.id)
    assert str(Mailbox(report=report, lookup="hash")) == str(report.id)
    assert str(message) == str(message.message_id)
