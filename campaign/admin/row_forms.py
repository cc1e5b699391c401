"""The form of a row that is live once it is saved."""

from collections.abc import Sequence
from copy import copy

from django.core.exceptions import ValidationError
from django.db.models import Model

from campaign.admin.words import VersionedForm
from campaign.publication_checks.shared_rows import check_pages_after


class RowForm(VersionedForm):
    """Refuses, with every word kept, what would stop a page that readers get with this row."""

    warnings: Sequence[str] = ()  # of pages, for whoever saves

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own forms extend it likewise
        if self.errors:
            return
        try:
            self.warnings = check_pages_after(self._saved_for_a_try)
        except ValidationError as error:
            self.add_error(None, error)

    def _saved_for_a_try(self) -> list[Model]:
        row = copy(self.instance)  # keeps what is typed as it is: a new row has no number yet
        row.save()
        for field in row._meta.many_to_many:
            if field.name in self.cleaned_data:
                field.save_form_data(row, self.cleaned_data[field.name])
        return [row]
