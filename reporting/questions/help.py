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


# One page has the tools for every age.
TOOLS = Link("remove", _("Tools that can help take it down"))

DO_NOT_LOOK = Words(
    _(
        "Thank you for helping. Please don't look at the picture, copy it or pass it on. "
        "Don't ask anyone to show it to you."
    )
)

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
    Help("helping_child", DO_NOT_LOOK, (Link("parents", _("How to help your child")),)),
    Help("helping_pupil", DO_NOT_LOOK, (Link("schools", _("How to help a pupil")),)),
    Help("helping_other", DO_NOT_LOOK, (Link("friends", _("How to help a friend")),)),
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
            ),
            _(
                "Report Remove and Take It Down can help stop the picture from being seen, even "
                "if nothing has been shared yet. They are for {who} to use. You can sit with "
                "them. Please don't open or upload the picture yourself."
            ),
        ),
        (TOOLS,),
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
        (TOOLS,),
    ),
    Help(
        "remove_any_age",
        Words(
            _("There are free tools that can help stop the picture from being seen."),
            _(
                "There are free tools that can help stop the picture from being seen. They are "
                "for {who} to use. You can sit with them. Please don't open or upload the picture "
                "yourself."
            ),
        ),
        (TOOLS,),
    ),
    Help(
        "shared",
        Words(_("There is still help, and there is still a lot that you can do.")),
        (TOOLS,),
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
            _(
                "They put you under pressure. You can stop now. Tell your bank today. You may not "
                "get the money back, but it helps to tell them. For a gift card, keep the card "
                "and the receipt."
            ),
            _(
                "They put {who} under pressure. It can stop now. Tell the bank today. The money "
                "may not come back, but it helps to tell them. For a gift card, keep the card and "
                "the receipt."
            ),
        ),
        (Link("paid", _("What to do if you have paid")),),
    ),
    Help(
        "sent_more",
        Words(
            _("They put you under pressure. It is not your fault, and you can stop now."),
            _("They put {who} under pressure. It is not their fault, and it can stop now."),
        ),
        (TOOLS,),
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
