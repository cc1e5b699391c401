"""Choices that many questions share."""

from django.utils.translation import gettext_lazy as _

from reporting.questions.shape import Choice
from reporting.questions.wording import Words

NOT_SURE = Choice("not_sure", Words(_("I'm not sure")))
DONT_KNOW = Choice("dont_know", Words(_("I don't know")))
PREFER_NOT = Choice("prefer_not", Words(_("I'd rather not say")))
NO = Choice("no", Words(_("No")))
YES = Choice("yes", Words(_("Yes")))
