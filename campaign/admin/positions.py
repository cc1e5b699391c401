"""Lists in which the place of each row can be typed. Only what somebody has typed is written."""

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from campaign.admin.rows import RowAdmin
from campaign.publication_checks.shared_rows import check_pages_after


class PositionForm(forms.ModelForm):
    """A row of a list, with the number that the list was opened on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["position"]
        field.show_hidden_initial = True
        # Django gives such a field no label.
        field.widget.attrs["aria-label"] = _("Position of: %(row)s") % {"row": self.instance}

    def clean_position(self) -> int:
        """Refuses, once and with the number kept, to overwrite what somebody has typed since."""
        typed: int = self.cleaned_data["position"]
        now = self.initial.get("position")  # none where the row is gone
        name = self["position"].html_initial_name
        if now is None or not self.has_changed() or self.data.get(name) == str(now):
            return typed
        data: Any = self.data
        self.data = data.copy()  # what was posted cannot be changed
        self.data[name] = str(now)  # type: ignore[index]
        message = _(
            "This was set to %(now)d after you opened the list. Your number is here: save again "
            "to set it."
        )
        raise ValidationError(message % {"now": now})


class PositionsFormSet(BaseModelFormSet):
    def __init__(self, data: Any = None, files: Any = None, *, queryset: QuerySet) -> None:
        # Whoever saves the same rows at the same moment comes afterwards.
        rows = queryset if data is None else queryset.select_for_update()
        super().__init__(data, files, queryset=rows)

    def clean(self) -> None:
        super().clean()
        if any(form.instance.pk is None for form in self.forms):
            raise ValidationError(
                _("Somebody deleted a row after you opened the list. Open the list again.")
            )
        if not any(self.errors):
            check_pages_after(self._saved_for_a_try)

    def _saved_for_a_try(self) -> list[Model]:
        rows = [copy(form.instance) for form in self.forms if form.has_changed()]
        for row in rows:
            row.save(update_fields=["position"])
        return rows


class PositionsAdmin(RowAdmin):
    list_editable = ["position"]

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any):
        return super().get_changelist_form(request, **{"form": PositionForm, **kwargs})

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any):
        return super().get_changelist_formset(request, **{"formset": PositionsFormSet, **kwargs})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        with transaction.atomic():
            response = super().changelist_view(request, extra_context)
        listed = (getattr(response, "context_data", None) or {}).get("cl")
        if listed and listed.formset:
            # The order may be another by now; each number stays beside the row that it is for.
            listed.result_list = [form.instance for form in listed.formset.forms]
        return response
