"""A report that was sent, and its mailbox opened as its reporter opens it."""

from reporting import journey
from reporting.mailbox import Opened, open_mailbox
from reporting.submission import Receipt, submit

ANSWERS = {"danger": "no", "who": "me", "story": "They want £200 by tonight"}


def new_way() -> journey.Journey:
    return journey.read(journey.issue())


def sent_report() -> Receipt:
    return submit(ANSWERS, new_way())


def opened(receipt: Receipt) -> Opened:
    found = open_mailbox(receipt.reference, receipt.code)
    assert found is not None
    return found


def other_code(receipt: Receipt) -> str:
    """Words of the list, in an order that opens nothing."""
    return " ".join(reversed(receipt.code.split()))
