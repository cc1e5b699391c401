from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.models import Feedback


class MessageField(forms.CharField):
    """Several lines. A line break counts as one letter, as it does in the browser's box."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class FeedbackForm(forms.ModelForm):
    message = MessageField(
        label=_("What do you think of this site?"),
        help_text=_("Please leave out names, numbers and what happened to you."),
        max_length=Feedback.MAX_LENGTH,
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
        error_messages={
            "required": _("Write a few words first."),
            "max_length": _("Please write %(limit_value)d letters at most."),
        },
    )

    class Meta:
        model = Feedback
        fields = ["message"]
