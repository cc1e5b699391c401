"""The reporter's side of a report, for who has its reference and its six words.

- ``open_mailbox``: with what somebody typed, to an ``Opened`` or to nothing
- ``read``, ``write``, ``ask_for_deletion``: messages, by who has opened it
- ``reply``: a message by an officer, for whom it stays closed
- ``steps``: how far the report has come

docs/reporting-mailbox.md says what is sealed to whom, and what the time of a look-up tells.
"""

from reporting.mailbox.database import Unavailable
from reporting.mailbox.messages import (
    LONGEST,
    MOST_FROM_REPORTER,
    Full,
    Kind,
    ReadMessage,
    ask_for_deletion,
    read,
    reply,
    write,
)
from reporting.mailbox.opening import Opened, open_mailbox
from reporting.mailbox.timeline import Step, steps

__all__ = [
    "LONGEST",
    "MOST_FROM_REPORTER",
    "Full",
    "Kind",
    "Opened",
    "ReadMessage",
    "Step",
    "Unavailable",
    "ask_for_deletion",
    "open_mailbox",
    "read",
    "reply",
    "steps",
    "write",
]
