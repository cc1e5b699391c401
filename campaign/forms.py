from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.models import Feedback


class FeedbackForm(forms.ModelForm):
    class Meta:
        model = Feedback
        fields = ["message"]
        labels = {"message": _("What do you think of this site?")}
        help_texts = {"message": _("Please leave out names, numbers and what happened to you.")}
        widgets = {"message": forms.Textarea({"rows": 6, "autocomplete": "off"})}
        error_messages = {
            "message": {
                "required": _("Write a few words first."),
                "max_length": _("Please write %(limit_value)d letters at most."),
            }
        }
