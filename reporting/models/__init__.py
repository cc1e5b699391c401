"""What is stored of reports: sealed, but for what is named in docs/reporting.md."""

from reporting.models.mailboxes import Mailbox, Message
from reporting.models.reports import Report, State

__all__ = ["Mailbox", "Message", "Report", "State"]
