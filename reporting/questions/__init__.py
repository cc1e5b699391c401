"""Every question of the report: wording, choices, branches, help and checks, and nothing else.

No module in here knows of a model, a setting, a request or another app.
"""

from reporting.questions.clean import Cleaned, clean, control_names, has_picture, left_over
from reporting.questions.conditions import Answers, as_data, holds
from reporting.questions.help import HELP, Help, Link, linked
from reporting.questions.register import BY_KEY, ONE_OF, QUESTIONS, asked, help_after
from reporting.questions.reply import reply_wish
from reporting.questions.sealed_parts import parts, summary
from reporting.questions.shape import Choice, Kind, Need, Part, Question, field_name
from reporting.questions.start import START, StartText, is_quick
from reporting.questions.without_script import only_if
from reporting.questions.wording import ANSWER_FOR_THEM, Voice, Words, voice_of

__all__ = [
    "ANSWER_FOR_THEM",
    "BY_KEY",
    "HELP",
    "ONE_OF",
    "QUESTIONS",
    "START",
    "Answers",
    "Choice",
    "Cleaned",
    "Help",
    "Kind",
    "Link",
    "Need",
    "Part",
    "Question",
    "StartText",
    "Voice",
    "Words",
    "as_data",
    "asked",
    "clean",
    "control_names",
    "field_name",
    "has_picture",
    "help_after",
    "holds",
    "is_quick",
    "left_over",
    "linked",
    "only_if",
    "parts",
    "reply_wish",
    "summary",
    "voice_of",
]
