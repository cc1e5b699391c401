"""Words to the reader, and about the person it is happening to, by who is asked about."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.questions.conditions import Answers

Text = str | Promise


class Voice(StrEnum):
    """Who it is happening to; the values are those of the answer to the question ``who``."""

    YOU = "me"
    CHILD = "child"
    PUPIL = "pupil"
    OTHER = "other"


# In a sentence that may say "they" of the one who does it, this is who it is done to.
NAMES: dict[Voice, Text] = {
    Voice.CHILD: _("your child"),
    Voice.PUPIL: _("the young person"),
    Voice.OTHER: _("the other person"),
}

# For a form without script, where the words cannot follow the answer.
ANSWER_FOR_THEM = _("Is this about someone else? Then answer for them.")


@dataclass(frozen=True)
class Words:
    """One text in each voice. In ``they``, {who} stands for the person it is happening to; a
    text without it is the same in every voice."""

    you: Text
    they: Text = ""

    def to(self, voice: Voice) -> str:
        if voice == Voice.YOU or not self.they:
            return str(self.you)
        return str(self.they).format(who=NAMES[voice])


def voice_of(answers: Answers) -> Voice:
    """The voice to go on in; the second person until the reader has said who it is about."""
    who = answers.get("who")
    return next((voice for voice in Voice if voice == who), Voice.YOU)
