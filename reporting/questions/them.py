"""Questions 8 to 11: who does it, since when, the story, the messages."""

from django.utils.translation import gettext_lazy as _

from reporting.questions.shape import Choice, Kind, Need, Question, Shorter
from reporting.questions.shared_choices import DONT_KNOW, NO, PREFER_NOT
from reporting.questions.wording import Words

# Names of apps are names: they are not translated.
APPS = (
    ("snapchat", "Snapchat"),
    ("instagram", "Instagram"),
    ("whatsapp", "WhatsApp"),
    ("facebook", "Facebook or Messenger"),
    ("tiktok", "TikTok"),
    ("discord", "Discord"),
    ("telegram", "Telegram"),
    ("x", "X"),
    ("reddit", "Reddit"),
    ("roblox", "Roblox"),
    ("wizz", "Wizz"),
    ("yubo", "Yubo"),
    ("tinder", "Tinder"),
    ("hinge", "Hinge"),
    ("grindr", "Grindr"),
)

ACCOUNTS = Question(
    "accounts",
    8,
    Kind.GROUP,
    Words(_("What do you know about the person doing this?")),
    Words(_("One thing is enough. You can tell us about up to five accounts.")),
    fields=(
        Question(
            "handle",
            8,
            Kind.SHORT,
            Words(_("Account name")),
            Words(_("Type it just as you see it. If the app is not in the list, add its name.")),
            limit=200,
        ),
        Question(
            "app",
            8,
            Kind.ONE,
            Words(_("App or site")),
            choices=(
                *(Choice(value, Words(name)) for value, name in APPS),
                Choice("text", Words(_("Text or phone call"))),
                Choice("email", Words(_("Email"))),
                Choice("else", Words(_("Another one"))),
                DONT_KNOW,
            ),
        ),
        Question("link", 8, Kind.SHORT, Words(_("Link to their page")), limit=1000),
        Question("phone", 8, Kind.SHORT, Words(_("Phone number or email")), limit=200),
        Question("payment", 8, Kind.SHORT, Words(_("Where they want to be paid")), limit=300),
    ),
    most=5,
    need=Need.ONE_OF,
    is_in_quick=True,
    quick=Shorter(
        Kind.GROUP,
        Words(_("What is their account called?")),
        Words(_("Don't know it? Leave this. Next, you can write one line.")),
        fields=("handle", "app"),
    ),
)
KNOWN = Question(
    "known",
    8,
    Kind.ONE,
    Words(
        _("Do you know this person in real life?"),
        _("Does {who} know the person doing this in real life?"),
    ),
    choices=(
        Choice("yes", Words(_("Yes")), (), ("known",)),
        NO,
        DONT_KNOW,
        PREFER_NOT,
    ),
)

BEGAN = Question(
    "began",
    9,
    Kind.DATE,
    Words(_("When did it start?")),
    Words(_("A guess is fine, such as two weeks ago.")),
    limit=100,
)
LAST_MESSAGE = Question(
    "last_message",
    9,
    Kind.DATE,
    Words(_("When did the last message come?")),
    Words(_("Such as today, or on Monday night.")),
    limit=100,
)

STORY = Question(
    "story",
    10,
    Kind.LONG,
    Words(_("What happened, in your own words?")),
    Words(
        _(
            "Write as much as you like. You can paste in parts of the chat. Don't worry about "
            "spelling."
        )
    ),
    limit=4000,
    need=Need.ONE_OF,
    is_in_quick=True,
    quick=Shorter(
        Kind.SHORT,
        Words(_("What is happening? One line is enough.")),
        Words(_("Such as: they want money by tonight.")),
    ),
)

MESSAGES = Question(
    "messages",
    11,
    Kind.ONE,
    Words(_("Do you still have the messages?"), _("Does {who} still have the messages?")),
    Words(_("It is fine if they are gone. You can still report.")),
    choices=(
        Choice("yes", Words(_("Yes, all of them")), ("keep_messages",)),
        Choice("some", Words(_("Some of them")), ("keep_messages",)),
        Choice("gone", Words(_("No, they are gone")), ("messages_gone",)),
        DONT_KNOW,
        PREFER_NOT,
    ),
)

THEM = (ACCOUNTS, KNOWN, BEGAN, LAST_MESSAGE, STORY, MESSAGES)
