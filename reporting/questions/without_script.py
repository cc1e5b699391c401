"""Whom a question is for, in words: a form without script shows every question to everybody."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from reporting.questions.around import TOWN
from reporting.questions.conditions import Condition
from reporting.questions.first import JOB
from reporting.questions.happening import PAID_HOW, PAID_WHEN, SHARED_WHERE
from reporting.questions.reply import CONTACT, CONTACT_NAME, CONTACT_PERSON, VOICEMAIL
from reporting.questions.shape import Question
from reporting.questions.wording import Text

ONLY_IF: Mapping[Condition, Text] = {
    JOB.asked_when: _("Only if you work with young people."),
    SHARED_WHERE.asked_when: _("Only if it was shared."),
    PAID_HOW.asked_when: _("Only if something was paid."),
    PAID_WHEN.asked_when: _("Only if something was paid or sent."),
    TOWN.asked_when: _("Only if you told us where."),
    CONTACT_PERSON.asked_when: _("Only if you want us to get in touch with someone else."),
    CONTACT_NAME.asked_when: _("Only if you want us to get in touch with you."),
    VOICEMAIL.asked_when: _("Only if we may call."),
    CONTACT: _("Only if you want us to get in touch."),
}


def only_if(question: Question) -> str:
    """Empty where it is for everybody."""
    return str(ONLY_IF.get(question.asked_when, ""))
