"""How urgent a report is, by written rules. The reasons are for the officers who read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from reporting.questions.conditions import Answers, Condition, Known, holds
from reporting.questions.register import chosen_choices
from reporting.questions.wording import Text


class Severity(IntEnum):
    """The greater, the more urgent."""

    GREEN = 1
    AMBER = 2
    RED = 3


@dataclass(frozen=True)
class Rule:
    """Raises a flag where a choice of the form names its key, or where ``when`` holds."""

    key: str
    severity: Severity
    why: Text
    when: Condition | None = None


@dataclass(frozen=True)
class Flag:
    key: str
    severity: Severity
    why: str


@dataclass(frozen=True)
class Triage:
    severity: Severity
    flags: list[Flag]

    def as_data(self) -> dict[str, Any]:
        """Fit for JSON. The reasons go along, as they were worded on the day."""
        return {
            "severity": self.severity.name,
            "flags": [
                {"key": flag.key, "severity": flag.severity.name, "why": flag.why}
                for flag in self.flags
            ],
        }


@dataclass(frozen=True)
class Target:
    """By when a report is opened and its reporter is contacted, in time on duty.

    ``words_without_reply`` are for who has asked for none.
    """

    opened_within: timedelta
    contacted_within: timedelta
    words: Text
    words_without_reply: Text


RULES = (
    Rule("danger", Severity.RED, _("Someone is in danger now.")),
    Rule("self_harm", Severity.RED, _("Someone may hurt themselves.")),
    Rule(
        "danger_unclear",
        Severity.RED,
        _("They could not say no when asked if anyone is in danger or may hurt themselves."),
    ),
    Rule("under_13", Severity.RED, _("The child is under 13.")),
    Rule("deadline_hours", Severity.RED, _("There are only hours until the time they were given.")),
    Rule("wants_to_meet", Severity.RED, _("The person doing this wants to meet them.")),
    Rule("under_18", Severity.AMBER, _("They are under 18.")),
    Rule(
        "may_be_under_18",
        Severity.AMBER,
        _("We do not know how old they are."),
        ~Known("age"),
    ),
    Rule("shared", Severity.AMBER, _("The picture has been shared."), Known("shared_where")),
    Rule("paid", Severity.AMBER, _("They have paid."), Known("paid_how") | Known("paid_to")),
    Rule("more_pictures_sent", Severity.AMBER, _("They have sent more pictures.")),
    Rule("known", Severity.AMBER, _("They know the person doing this in real life.")),
)

TARGETS: Mapping[Severity, Target] = {
    Severity.RED: Target(
        timedelta(minutes=15),
        timedelta(hours=1),
        _("When we are on duty, we aim to read this in 15 minutes and reply in an hour."),
        _("When we are on duty, we aim to read this in 15 minutes."),
    ),
    Severity.AMBER: Target(
        timedelta(hours=12),
        timedelta(hours=12),
        _("We aim to read this and reply in 12 hours. We only count hours when we are on duty."),
        _("We aim to read this in 12 hours. We only count hours when we are on duty."),
    ),
    Severity.GREEN: Target(
        timedelta(hours=24),
        timedelta(hours=24),
        _("We aim to read this and reply in 24 hours. We only count hours when we are on duty."),
        _("We aim to read this in 24 hours. We only count hours when we are on duty."),
    ),
}


def triage(answers: Answers) -> Triage:
    """The flags that the answers raise, in the order of the rules, and the worst of them.

    What was said raises a flag, and so does an age that was not; nothing lowers one.
    """
    named = {key for choice in chosen_choices(answers) for key in choice.flags}
    flags = [
        Flag(rule.key, rule.severity, str(rule.why))
        for rule in RULES
        if rule.key in named or (rule.when is not None and holds(rule.when, answers) is True)
    ]
    return Triage(max((flag.severity for flag in flags), default=Severity.GREEN), flags)
