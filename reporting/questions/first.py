"""Questions 1 to 3: danger, who it is happening to, how old they are."""

from django.utils.translation import gettext_lazy as _

from reporting.questions.conditions import Is
from reporting.questions.shape import Choice, Kind, Need, Part, Question
from reporting.questions.shared_choices import DONT_KNOW, NO, YES
from reporting.questions.wording import Words

NOW = ("danger",)

DANGER = Question(
    "danger",
    1,
    Kind.ONE,
    # Asked before it is known who it is about, so it asks about both, whoever answers.
    Words(_("Is anyone in danger right now, or thinking of hurting themselves?")),
    Words(_("This can be you, or the person you are telling us about.")),
    choices=(
        NO,
        Choice("danger", Words(_("Yes, in danger now")), NOW, ("danger",)),
        Choice("self_harm", Words(_("Yes, thinking of self-harm")), NOW, ("self_harm",)),
        Choice("both", Words(_("Yes, both of these")), NOW, ("danger", "self_harm")),
        Choice("not_sure", Words(_("I'm not sure")), NOW, ("danger_unclear",)),
        Choice("prefer_not", Words(_("I'd rather not say")), NOW, ("danger_unclear",)),
    ),
    need=Need.YES,
    is_in_quick=True,
)

WHO = Question(
    "who",
    2,
    Kind.ONE,
    Words(_("Who is this happening to?")),
    choices=(
        Choice("me", Words(_("Me"))),
        Choice("child", Words(_("My child")), ("helping_child",)),
        Choice("pupil", Words(_("A pupil, or a young person I work with")), ("helping_pupil",)),
        Choice("other", Words(_("Someone else")), ("helping_other",)),
    ),
    need=Need.YES,
    is_in_quick=True,
)

JOB = Question(
    "job",
    2,
    Kind.SHORT,
    Words(_("What is your name and job, and where do you work?")),
    Words(_("Such as head of year, and the name of the school.")),
    limit=200,
    part=Part.IDENTITY,
    asked_when=Is("who", "pupil"),
)
PUPIL_KNOWS = Question(
    "pupil_knows",
    2,
    Kind.ONE,
    Words(_("Does the young person know that you are telling us?")),
    choices=(YES, NO, DONT_KNOW),
    asked_when=Is("who", "pupil"),
)
LEAD_TOLD = Question(
    "lead_told",
    2,
    Kind.ONE,
    Words(_("Have you told the person who leads on safeguarding where you work?")),
    choices=(
        YES,
        Choice("no", Words(_("Not yet")), ("tell_lead",)),
        Choice("is_me", Words(_("That's me"))),
        Choice("dont_know", Words(_("I don't know")), ("tell_lead",)),
    ),
    asked_when=Is("who", "pupil"),
)

YOUNG, ADULT, ANY_AGE = ("remove_under_18",), ("remove_adult",), ("remove_any_age",)

AGE = Question(
    "age",
    3,
    Kind.ONE,
    Words(_("How old are you?"), _("How old is {who}?")),
    Words(_("We ask so that we can show you the right help.")),
    choices=(
        Choice("under_13", Words(_("Under 13")), YOUNG, ("under_13",)),
        Choice("13_15", Words(_("13 to 15")), YOUNG, ("under_18",)),
        Choice("16_17", Words(_("16 or 17")), YOUNG, ("under_18",)),
        Choice("18_24", Words(_("18 to 24")), ADULT),
        Choice("25_34", Words(_("25 to 34")), ADULT),
        Choice("35_up", Words(_("35 or over")), ADULT),
        Choice("dont_know", Words(_("I don't know")), ANY_AGE),
        Choice("prefer_not", Words(_("I'd rather not say")), ANY_AGE),
    ),
)

FIRST = (DANGER, WHO, JOB, PUPIL_KNOWS, LEAD_TOLD, AGE)
