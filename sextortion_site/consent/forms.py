"""The choice as a form: one answer for everything, as the banner sends it, or one for each."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sextortion_site.consent.choice import Choice, State
from sextortion_site.consent.register import PURPOSES, Category

FOR_ALL = "all"
ANSWERS = [(State.ACCEPTED.value, _("Yes")), (State.DECLINED.value, _("No"))]


class ChoiceForm(forms.Form):
    """Its fields are ``all`` and one for each category that is asked about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (FOR_ALL, *PURPOSES):
            self.fields[str(name)] = forms.ChoiceField(
                choices=ANSWERS,
                required=False,
                error_messages={"invalid_choice": _("Choose yes or no.")},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if FOR_ALL in self.errors:  # it has no field on the page to stand beside
            self.add_error(None, self.errors.pop(FOR_ALL))
        self._refuse_what_is_not_understood()
        if not self.errors and not data[FOR_ALL]:
            for category in PURPOSES:
                if not data[category]:
                    self.add_error(category, _("Choose yes or no."))
        return data

    def _refuse_what_is_not_understood(self) -> None:
        answers = [name for name in self.fields if name in self.data]
        is_clear = len(answers) == 1 if FOR_ALL in answers else True
        is_known = set(self.data) <= set(self.fields)
        is_single = all(len(values) == 1 for _name, values in self._sent.lists())
        if not (is_clear and is_known and is_single):
            raise ValidationError(
                _("We could not tell what you chose, so nothing was changed. Please choose again.")
            )

    @property
    def _sent(self) -> QueryDict:
        return cast(QueryDict, self.data)

    @property
    def choice(self) -> Choice:
        """What the reader has said; once the form is valid."""
        for_all = self.cleaned_data[FOR_ALL]
        if for_all:
            return Choice.for_all(State(for_all))
        return Choice({Category(name): State(self.cleaned_data[name]) for name in PURPOSES})
