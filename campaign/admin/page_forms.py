"""What is asked on the screens that publish a page, plan it, or take it off."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.models import Revision


class MomentField(forms.DateTimeField):
    """Day and time in the force's time zone. An hour that the clocks skip or repeat is refused."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError as error:
            if getattr(error, "code", "") != "ambiguous_timezone":
                raise
            message = _(
                "The clocks change in that hour: this time does not exist on that day, or it "
                "comes twice. Choose an hour before or after."
            )
            raise ValidationError(message, code="ambiguous_timezone") from error


class NowForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why (a note for the history)"), max_length=200, required=False
    )


class MomentForm(NowForm):
    at = MomentField(
        label=gettext_lazy("From when on"),
        help_text=gettext_lazy(
            "Day and time as the clock shows them in Britain (Europe/London), summer or winter."
        ),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={
            "invalid": gettext_lazy("Write it so: 2027-01-31 09:00."),
        },
    )
    field_order = ["at", "why"]


class OfRevision(forms.Form):
    """Publishes what the screen has shown, and nothing that somebody has saved since."""

    shown = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def refuse_another(self, revision: Revision) -> None:
        self.full_clean()
        if self.cleaned_data.get("shown") == revision.pk:
            return
        message = _(
            "%(who)s saved a newer draft after this screen was opened. It is shown here now. "
            "Look at it before you go on."
        )
        self.add_error(None, message % {"who": revision.made_by_name or _("The site")})
        data: Any = self.data
        self.data = data.copy()  # what was posted cannot be changed
        self.data["shown"] = str(revision.pk)  # type: ignore[index]


class PublishForm(OfRevision, NowForm):
    pass


class ScheduleForm(OfRevision, MomentForm):
    pass
