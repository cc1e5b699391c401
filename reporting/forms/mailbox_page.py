"""What the templates of the mailbox draw."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Self

from django.conf import settings
from django.http import QueryDict

from reporting.forms.help import ShownHelp, help_of
from reporting.forms.mailbox import MessageForm
from reporting.mailbox import Kind, Opened, ReadMessage, Step, steps
from reporting.questions.text import kept


@dataclass(frozen=True)
class Sent:
    """What one step sends: the keys, which are sent with each, and what is asked for by them."""

    reference: str = ""
    code: str = ""
    act: str = ""
    journey: str = ""
    message: str = ""

    @classmethod
    def of(cls, posted: QueryDict) -> Self:
        return cls(**{field.name: kept(posted.get(field.name, "")) for field in fields(cls)})

    @property
    def keys(self) -> dict[str, str]:
        return {"reference": self.reference, "code": self.code}


@dataclass(frozen=True)
class MailboxPage:
    """An open mailbox. ``just_sent`` is the kind of message that this step has stored."""

    sent: Sent
    opened: Opened
    messages: list[ReadMessage]
    form: MessageForm
    just_sent: Kind | None = None

    @property
    def arrived_at(self) -> datetime:
        return self.opened.mailbox.report.arrived_at

    @property
    def state(self) -> str:
        return self.opened.mailbox.report.state

    @property
    def steps(self) -> list[Step]:
        return steps(self.state)

    @property
    def has_answer(self) -> bool:
        return any(not message.is_from_reporter for message in self.messages)

    @property
    def is_deletion_asked(self) -> bool:
        return any(message.kind == Kind.DELETION for message in self.messages)

    @property
    def duty_hours(self) -> str:
        return settings.REPORT_DUTY_HOURS

    @property
    def removal(self) -> ShownHelp:
        return help_of("remove_any_age")
