"""Questions 12 and 13: where the person lives, who knows and who must not."""

from django.utils.translation import gettext_lazy as _

from reporting.questions.conditions import is_one_of
from reporting.questions.shape import Choice, Kind, Question
from reporting.questions.shared_choices import DONT_KNOW, PREFER_NOT
from reporting.questions.wording import Words

AREA = Question(
    "area",
    12,
    Kind.ONE,
    Words(_("Where do you live?"), _("Where does {who} live?")),
    choices=(
        # Another force writes its own area here.
        Choice("here", Words(_("In Nottingham or Nottinghamshire"))),
        Choice("uk", Words(_("Somewhere else in the UK")), ("elsewhere",)),
        Choice("abroad", Words(_("In another country")), ("elsewhere",)),
        DONT_KNOW,
        PREFER_NOT,
    ),
)
TOWN = Question(
    "town",
    12,
    Kind.SHORT,
    Words(_("Which town, or which country?")),
    limit=200,
    asked_when=is_one_of("area", "here", "uk", "abroad"),
)

WHO_KNOWS = Question(
    "who_knows",
    13,
    Kind.SEVERAL,
    Words(_("Who knows about this?")),
    Words(_("Choose all that fit.")),
    choices=(
        Choice("nobody", Words(_("No one yet")), ("tell_someone",)),
        Choice("parent", Words(_("A parent or carer"))),
        Choice("family", Words(_("Someone else in the family"))),
        Choice("partner", Words(_("A partner"))),
        Choice("friend", Words(_("A friend"))),
        Choice("school", Words(_("School, college or uni"))),
        Choice("work", Words(_("Someone at work"))),
        Choice("helpline", Words(_("A helpline, such as Childline"))),
        Choice("else", Words(_("Someone else"))),
        DONT_KNOW,
        PREFER_NOT,
    ),
)
MUST_NOT_KNOW = Question(
    "must_not_know",
    13,
    Kind.SHORT,
    Words(_("Is there anyone we must not tell?")),
    Words(
        _(
            "Tell us who, and if you would be in danger if they knew. If you are under 18, we "
            "cannot promise to keep it from your parents."
        ),
        _(
            # A mother may answer: there is still the other parent.
            "Tell us who, and if {who} would be in danger if they knew. For someone under 18, we "
            "cannot promise to keep it from every parent or carer."
        ),
    ),
    limit=500,
    to_confirm="The sentence on under 18s and their parents: the force's own wording is needed.",
)

AROUND = (AREA, TOWN, WHO_KNOWS, MUST_NOT_KNOW)
