"""What somebody types to open their mailbox, and what they write in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.codes import PREFIX, BadCode, BadReference, Fault, parse_code, parse_reference
from reporting.mailbox import LONGEST
from reporting.questions.pictures import without_pictures

REFERENCE_FAULTS = {
    Fault.LENGTH: _(
        "Your reference has %(prefix)s and then 8 letters and numbers. Please check that none is "
        "missing, and none is too many."
    ),
    Fault.PREFIX: _("Our references start with %(prefix)s. Please look at yours again."),
    Fault.SYMBOL: _(
        "Your reference has only numbers and letters from A to Z, and never a U. Please look at "
        "it again. It may be a V."
    ),
    Fault.CHECK: _(
        "One letter or number in your reference is not right. Please look at each one again."
    ),
}
CODE_FAULTS = {
    Fault.LENGTH: _("Please type all six words, with a space between them, and nothing else."),
    Fault.UNKNOWN_WORD: _("Word %(position)s is not one of our words. Is it spelled right?"),
    Fault.AMBIGUOUS_WORD: _(
        "Word %(position)s could be more than one of our words. Please type all of it."
    ),
}

# What is typed here is no sentence, and belongs in no browser's memory.
SPELLED = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}


class ReferenceField(forms.CharField):
    """Gives the reference as ``codes`` writes it."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return parse_reference(typed)
        except BadReference as bad:
            words = REFERENCE_FAULTS[bad.fault]
            raise forms.ValidationError(words, bad.fault, {"prefix": PREFIX}) from None


class CodeField(forms.CharField):
    """Gives the code as ``codes`` writes it, and says which word is at fault."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return parse_code(typed)
        except BadCode as bad:
            words = CODE_FAULTS[bad.fault]
            raise forms.ValidationError(words, bad.fault, {"position": bad.position}) from None


class KeysForm(forms.Form):
    """The reference and the six words."""

    reference = ReferenceField(
        label=_("Your reference"),
        help_text=_("It looks like NS-XXXX-XXXX. Big or small letters are both fine."),
        widget=forms.TextInput(SPELLED),
        error_messages={"required": _("Please type your reference.")},
    )
    code = CodeField(
        label=_("Your six words"),
        help_text=_(
            "In the same order, with a space between them. The first six letters of a long word "
            "are enough."
        ),
        widget=forms.Textarea({**SPELLED, "rows": 3}),
        error_messages={"required": _("Please type your six words.")},
    )

    def refuse(self) -> None:
        """Nothing opens with these; which of the two is wrong is not said."""
        self.add_error(None, _("This reference and these six words do not open a report."))


class MessageForm(forms.Form):
    """The reporter's message. A picture pasted as text is cut out of what is shown again.

    Where it ``is_sent`` it is looked at for faults; else it is what somebody is still typing.
    """

    message = forms.CharField(
        label=_("Your message"),
        help_text=_("Please don't send us the picture."),
        strip=False,
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
        error_messages={"required": _("Please write a few words first.")},
    )

    def __init__(self, typed: str = "", *, is_sent: bool = False) -> None:
        rest, self._has_picture = without_pictures(typed)
        words = {"message": rest}
        super().__init__(words if is_sent else None, initial=words)

    def clean_message(self) -> str:
        text: str = self.cleaned_data["message"]
        if self._has_picture:
            raise forms.ValidationError(
                _(
                    "It looks like there is a picture in here, as computer code. Please don't "
                    "send it. We have not kept it. The rest of your words are still here."
                )
            )
        if not text.strip():
            raise forms.ValidationError(self.fields["message"].error_messages["required"])
        if len(text) > LONGEST:
            raise forms.ValidationError(
                _("This is %(over)s letters too long. You can send the rest in a second message."),
                params={"over": len(text) - LONGEST},
            )
        return text

    def refuse_more(self) -> None:
        """The mailbox is full."""
        self.add_error(
            "message",
            _(
                "This page can't take more messages from you. Please call us, or send a new "
                "report and give us this reference."
            ),
        )
