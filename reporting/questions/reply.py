"""Questions 14 to 16: how we may answer, safe contact, and a name for a crime number."""

from django.utils.translation import gettext_lazy as _

from reporting.questions.conditions import Answers, Is, Known, is_one_of
from reporting.questions.shape import Choice, Kind, Part, Question
from reporting.questions.shared_choices import DONT_KNOW, NO, YES
from reporting.questions.wording import Words

REPLY_WHEN_SKIPPED = "code"

REPLY = Question(
    "reply",
    14,
    Kind.ONE,
    Words(_("How can we reply?")),
    Words(
        _(
            "When you send this, you get six words. With them you can read what we write, and add "
            "more. If you skip this, you can look with your six words."
        )
    ),
    choices=(
        Choice("contact", Words(_("Get in touch with me")), ("safe_contact",)),
        Choice("someone_else", Words(_("Get in touch with someone else for me"))),
        Choice("code", Words(_("I'll look with my six words"))),
        Choice("none", Words(_("Please don't reply")), ("no_reply",)),
    ),
    is_in_quick=True,
)

CONTACT = is_one_of("reply", "contact", "someone_else")

CONTACT_PERSON = Question(
    "contact_person",
    15,
    Kind.SHORT,
    Words(_("Who should we get in touch with?")),
    Words(_("Their name, and who they are to you. Do they know about this?")),
    limit=300,
    part=Part.IDENTITY,
    asked_when=Is("reply", "someone_else"),
    is_in_quick=True,
)
CHANNEL = Question(
    "channel",
    15,
    Kind.ONE,
    Words(_("What is the best way?")),
    choices=(
        Choice("call", Words(_("A phone call"))),
        Choice("text", Words(_("A text"))),
        Choice("email", Words(_("An email"))),
        Choice("letter", Words(_("A letter"))),
        Choice("else", Words(_("Another way"))),
    ),
    asked_when=CONTACT,
    is_in_quick=True,
)
CONTACT_AT = Question(
    "contact_at",
    15,
    Kind.SHORT,
    Words(_("Which number or address should we use?")),
    Words(_("Pick one that no one else looks at, if you can.")),
    limit=300,
    part=Part.IDENTITY,
    asked_when=CONTACT,
    is_in_quick=True,
)
CONTACT_NAME = Question(
    "contact_name",
    15,
    Kind.SHORT,
    Words(_("What name should we ask for?")),
    Words(_("It does not have to be a real name.")),
    limit=100,
    part=Part.IDENTITY,
    asked_when=Is("reply", "contact"),
)
GOOD_TIMES = Question(
    "good_times",
    15,
    Kind.SHORT,
    Words(_("When is a good time?")),
    Words(_("Such as after 4 on school days.")),
    limit=200,
    asked_when=CONTACT,
)
BAD_TIMES = Question(
    "bad_times",
    15,
    Kind.SHORT,
    Words(_("When should we not call or write?")),
    Words(_("Such as at night, or when family is home.")),
    limit=200,
    asked_when=CONTACT,
)
VOICEMAIL = Question(
    "voicemail",
    15,
    Kind.ONE,
    Words(_("Is it safe to leave a voicemail?")),
    choices=(YES, NO, DONT_KNOW),
    asked_when=CONTACT & (Is("channel", "call") | ~Known("channel")),
)
SAY_POLICE = Question(
    "say_police",
    15,
    Kind.ONE,
    Words(_("May we say that we are the police?")),
    Words(_("Someone else might pick up, or see the message.")),
    choices=(
        YES,
        Choice("only_to_me", Words(_("Only to the person we ask for"))),
        NO,
        DONT_KNOW,
    ),
    asked_when=CONTACT,
    is_in_quick=True,
)
WHO_SEES = Question(
    "who_sees",
    15,
    Kind.SHORT,
    Words(_("Who else can see the phone or email that we will use?")),
    Words(_("Such as a parent or partner.")),
    limit=200,
    asked_when=CONTACT,
)
ACCESS = Question(
    "access",
    15,
    Kind.SHORT,
    Words(_("Do you need anything to make it easier to talk?")),
    Words(_("Such as texts only, sign language, or a language other than English.")),
    limit=300,
    asked_when=CONTACT,
    to_confirm="What the force can offer: sign language, other languages.",
)

FOR_A_CRIME_NUMBER = Words(
    _("You can leave this out. We only need it for a crime number."),
)

NAME = Question(
    "name",
    16,
    Kind.SHORT,
    Words(_("What is your full name?"), _("What is the full name of {who}?")),
    FOR_A_CRIME_NUMBER,
    limit=200,
    part=Part.IDENTITY,
    to_confirm="What a crime number needs, and that a report without it is looked into too.",
)
BORN = Question(
    "born",
    16,
    Kind.DATE,
    Words(_("When were you born?"), _("When was {who} born?")),
    FOR_A_CRIME_NUMBER,
    limit=100,
    part=Part.IDENTITY,
)
ADDRESS = Question(
    "address",
    16,
    Kind.LONG,
    Words(_("What is your home address?"), _("What is the home address of {who}?")),
    FOR_A_CRIME_NUMBER,
    limit=500,
    part=Part.IDENTITY,
)

REPLIES = (
    REPLY,
    CONTACT_PERSON,
    CHANNEL,
    CONTACT_AT,
    CONTACT_NAME,
    GOOD_TIMES,
    BAD_TIMES,
    VOICEMAIL,
    SAY_POLICE,
    WHO_SEES,
    ACCESS,
    NAME,
    BORN,
    ADDRESS,
)


def reply_wish(answers: Answers) -> str:
    """How the reporter wants an answer: a value of the question ``reply``."""
    return str(answers.get("reply", REPLY_WHEN_SKIPPED))
