"""What the reader is told before the first question, and the choice of Quick or Full."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reporting.questions.conditions import Answers
from reporting.questions.shape import Choice, Kind, Question
from reporting.questions.wording import Text, Words


@dataclass(frozen=True)
class StartText:
    key: str
    text: Text
    to_confirm: str = ""


# In this order. The caller adds when officers are on duty after "who_reads".
START = (
    StartText(
        "nobody_asks",
        _("Nobody will ask you for the picture."),
        "That no one at the force asks for it so that a report can be made or looked into.",
    ),
    StartText(
        "not_in_trouble",
        _("You are not in trouble for being blackmailed. It is not your fault."),
        "As on the page Help now.",
    ),
    StartText(
        "never_send",
        _(
            "Please don't send us the picture. Don't send it to anyone else to show what "
            "happened. We can start without it. If we need proof, an officer will sort that out "
            "in a safe way. Keep the messages and the account name."
        ),
        "The whole text; how proof is taken safely.",
    ),
    StartText(
        "who_reads",
        _("Only the police team that works on these reports can read what you write."),
        "Who may read a report.",
    ),
    StartText(
        "must_act",
        _("If a life may be at risk, we have to act, even if you ask us not to."),
        "When the police must act against the reporter's wish.",
    ),
    StartText(
        "call_999",
        _("Are you in danger now, or thinking of hurting yourself? Call 999."),
    ),
    StartText(
        "nothing_sent",
        _(
            "Nothing leaves this phone or computer until you press Send. We keep no draft, so if "
            "you leave this page your words are gone."
        ),
    ),
)

LENGTH = Question(
    "length",
    0,
    Kind.ONE,
    Words(_("How much do you want to tell us now?")),
    Words(_("You can skip what you like, and you can add more later.")),
    choices=(
        Choice("quick", Words(_("Just the main things. It takes about a minute."))),
        Choice("full", Words(_("All of it. This takes longer. You can skip most questions."))),
    ),
    is_in_quick=True,
)


def is_quick(answers: Answers) -> bool:
    """Whether the reader has asked for the short way; Full where nothing was chosen."""
    return answers.get("length") == "quick"
