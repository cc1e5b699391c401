"""Help that is shown at once after an answer. Addresses are the caller's: here they have names."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reporting.questions.wording import Text, Words


@dataclass(frozen=True)
class Link:
    """A link to an address that the caller knows under this name."""

    name: str
    words: Text


@dataclass(frozen=True)
class Help:
    key: str
    words: Words
    links: tuple[Link, ...] = ()
    to_confirm: str = ""


UNDER_18 = Link("remove_under_18", _("Tools for under 18s"))
ADULT = Link("remove_adult", _("Tools for adults"))

_ALL = (
    Help(
        "danger",
        Words(
            _(
                "Call 999 now if someone is in danger or may be hurt. You are not alone. You can "
                "carry on here after."
            )
        ),
        (Link("emergency", _("Call 999")), Link("crisis", _("Talk to someone now"))),
    ),
    Help(
        "do_not_look",
        Words(
            _(
                "Thank you for helping. Please don't look at the picture, copy it or pass it on. "
                "Don't ask anyone to show it to you."
            )
        ),
        (Link("helping", _("How to help them")),),
    ),
    Help(
        "tell_lead",
        Words(_("Please tell them today. Send your report here too. You don't need to wait.")),
        (Link("schools", _("What schools can do")),),
        "That staff report to the police without waiting for the lead.",
    ),
    Help(
        "remove_under_18",
        Words(
            _(
                "Report Remove and Take It Down can help stop the picture from being seen. You "
                "can use them even if nothing has been shared yet."
            )
        ),
        (UNDER_18,),
    ),
    Help(
        "remove_adult",
        Words(
            _(
                "StopNCII helps block the picture on the apps that take part. The Revenge Porn "
                "Helpline helps adults. For a picture from when you were under 18, use Take It "
                "Down."
            ),
            _(
                "StopNCII helps block the picture on the apps that take part. The Revenge Porn "
                "Helpline helps adults. For a picture of someone when they were under 18, use "
                "Take It Down."
            ),
        ),
        (ADULT,),
    ),
    Help(
        "remove_any_age",
        Words(_("There are free tools that can help stop the picture from being seen.")),
        (UNDER_18, ADULT),
    ),
    Help(
        "shared",
        Words(_("There is still help, and there is still a lot that you can do.")),
        (UNDER_18, ADULT),
    ),
    Help(
        "do_not_pay",
        Words(
            _("Please don't pay, and don't send more pictures. You do not owe them an answer."),
            _("Please don't pay, and don't reply for {who}. No one owes them an answer."),
        ),
    ),
    Help(
        "do_not_meet",
        Words(
            _("Please don't go to meet them. If they are on their way to you, call 999 now."),
            _("Please help {who} to stay away from them. If they are on their way, call 999 now."),
        ),
    ),
    Help(
        "deadline",
        Words(_("A time limit is a trick to rush you. You do not owe them an answer.")),
    ),
    Help(
        "paid",
        Words(
            _("They put you under pressure. You can stop now. Tell your bank: it can help."),
            _("They put {who} under pressure. It can stop now. Tell the bank: it can help."),
        ),
        (Link("paid", _("What to do if you have paid")),),
    ),
    Help(
        "sent_more",
        Words(
            _("They put you under pressure. It is not your fault, and you can stop now."),
            _("They put {who} under pressure. It is not their fault, and it can stop now."),
        ),
        (UNDER_18, ADULT),
    ),
    Help(
        "keep_messages",
        Words(_("Please keep them. Save what they sent before you block the account.")),
        (Link("evidence", _("What to keep")),),
    ),
    Help(
        "messages_gone",
        Words(_("That's OK. You can still report, and you can still get help.")),
    ),
    Help(
        "elsewhere",
        Words(_("You can still tell us. We will pass it on to the police there.")),
        (),
        "That reports from elsewhere are taken and passed on, abroad too.",
    ),
    Help(
        "tell_someone",
        Words(_("It can help to tell one person you trust. There are words you can copy.")),
        (Link("tell_someone", _("How to tell someone")),),
    ),
    Help(
        "safe_contact",
        Words(_("Tell us what is safe for you. You can leave out what you don't want to say.")),
    ),
    Help(
        "no_reply",
        Words(
            _(
                "That's fine. We will still read what you send. If a life may be at risk, we may "
                "still have to get in touch."
            )
        ),
        (),
        "When the police get in touch against the reporter's wish.",
    ),
)

HELP: Mapping[str, Help] = {block.key: block for block in _ALL}


def linked(block: Help, addresses: Mapping[str, str]) -> list[tuple[str, str]]:
    """(words, address) of each link of a block; a link without an address is left out."""
    return [
        (str(link.words), addresses[link.name]) for link in block.links if link.name in addresses
    ]
