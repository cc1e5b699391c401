"""Questions 4 to 7: what is happening, how soon, what was shared, what was paid or sent."""

from django.utils.translation import gettext_lazy as _

from reporting.questions.conditions import Is, is_one_of
from reporting.questions.shape import Choice, Kind, Need, Question
from reporting.questions.shared_choices import DONT_KNOW, NO, NOT_SURE, PREFER_NOT
from reporting.questions.wording import Words

HAPPENING = Question(
    "happening",
    4,
    Kind.SEVERAL,
    Words(_("What is happening?")),
    Words(_("Choose all that fit. You don't need to know what the crime is called.")),
    choices=(
        Choice("threat", Words(_("They say they will share a picture or video"))),
        Choice("shared", Words(_("They have shared it")), ("shared",), ("shared",)),
        Choice("wants_money", Words(_("They want money")), ("do_not_pay",)),
        Choice("wants_pictures", Words(_("They want more pictures")), ("do_not_pay",)),
        Choice(
            "wants_to_meet", Words(_("They want to meet up")), ("do_not_meet",), ("wants_to_meet",)
        ),
        Choice("fake", Words(_("The picture is fake, or made with AI"))),
        Choice("hacked", Words(_("They got into an account"))),
        Choice(
            "filmed",
            Words(
                _("They filmed me and I did not know"),
                _("They filmed {who}, who did not know"),
            ),
        ),
        Choice("else", Words(_("Something else"))),
        NOT_SURE,
        PREFER_NOT,
    ),
)

DEADLINE = Question(
    "deadline",
    5,
    Kind.ONE,
    Words(_("Did they say when it has to be done by?")),
    Words(_("This may be a time to pay, or to send more.")),
    choices=(
        Choice("hours", Words(_("In the next few hours")), ("deadline",), ("deadline_hours",)),
        Choice("days", Words(_("In a day or two")), ("deadline",)),
        Choice("later", Words(_("Later than that")), ("deadline",)),
        Choice("none", Words(_("They gave no time"))),
        DONT_KNOW,
        PREFER_NOT,
    ),
)

SHARED = Question(
    "shared",
    6,
    Kind.ONE,
    Words(_("Has the picture or video been shared?")),
    Words(_("A lot of people don't know. That is fine.")),
    choices=(
        Choice("yes", Words(_("Yes")), ("shared",), ("shared",)),
        NO,
        DONT_KNOW,
        PREFER_NOT,
    ),
    need=Need.ONE_OF,
)
SHARED_WHERE = Question(
    "shared_where",
    6,
    Kind.LONG,
    Words(_("Where was it shared?")),
    Words(_("Tell us the app or site, or who got it. You can give a link. We will not open it.")),
    limit=1000,
    asked_when=Is("shared", "yes") | Is("happening", "shared"),
    to_confirm="That officers do not open links that a reporter gives.",
)

MONEY = ("money", "gift_card", "crypto")

PAID = Question(
    "paid",
    7,
    Kind.SEVERAL,
    Words(
        _("Have you paid, or sent more pictures?"),
        _("Has {who} paid, or sent more pictures?"),
    ),
    Words(
        _("If you have, it is not your fault. Choose all that fit."),
        _("If {who} has, it is not their fault. Choose all that fit."),
    ),
    choices=(
        Choice("money", Words(_("Money")), ("paid",), ("paid",)),
        Choice("gift_card", Words(_("A gift card")), ("paid",), ("paid",)),
        Choice("crypto", Words(_("Crypto, such as Bitcoin")), ("paid",), ("paid",)),
        Choice("pictures", Words(_("More pictures")), ("sent_more",), ("more_pictures_sent",)),
        Choice("nothing", Words(_("None of these"))),
        DONT_KNOW,
        PREFER_NOT,
    ),
)
PAID_HOW = Question(
    "paid_how",
    7,
    Kind.SHORT,
    Words(_("How was it paid, and how much?")),
    Words(_("Such as by bank, PayPal or a shop card.")),
    limit=200,
    asked_when=is_one_of("paid", *MONEY),
)
PAID_WHEN = Question(
    "paid_when",
    7,
    Kind.DATE,
    Words(_("When was it paid or sent?")),
    Words(_("A guess is fine, such as last Friday.")),
    limit=100,
    asked_when=is_one_of("paid", *MONEY, "pictures"),
)
PAID_TO = Question(
    "paid_to",
    7,
    Kind.SHORT,
    Words(_("Which account was it paid to?")),
    Words(_("A name, number or link of theirs. Don't give us your card number or password.")),
    limit=300,
    asked_when=is_one_of("paid", *MONEY),
)

WHAT_HAPPENS = (
    HAPPENING,
    DEADLINE,
    SHARED,
    SHARED_WHERE,
    PAID,
    PAID_HOW,
    PAID_WHEN,
    PAID_TO,
)
