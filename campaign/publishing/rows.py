"""The history of shared rows and of the site settings, which are live as soon as they are saved."""

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from campaign.models import RowVersion
from campaign.publishing.content import Content, fields_of, fill, plain


def content_of_row(row: models.Model) -> Content:
    """Its fields and, as numbers, the rows that it is tied to: its topics."""
    ties = {
        field.name: sorted(tied.pk for tied in getattr(row, field.name).all())
        for field in row._meta.many_to_many
    }
    return plain(fields_of(row) | ties)


def keep_version(
    row: models.Model, by: Any, why: str = "", is_deletion: bool = False
) -> RowVersion:
    """Keeps the row as it stands. Before a deletion: as it stood."""
    version = RowVersion(
        model=row._meta.model_name or "",
        row_id=row.pk,
        name=str(row)[:300],
        content=content_of_row(row),
        is_deletion=is_deletion,
    )
    version.signed_by(by, why)
    version.save()
    return version


def versions_of(row: models.Model) -> models.QuerySet[RowVersion]:
    return RowVersion.objects.filter(model=row._meta.model_name, row_id=row.pk)


@transaction.atomic
def restore_row(version: RowVersion, by: Any, why: str = "") -> models.Model:
    """Makes the row what the version says, also one that was deleted. Raises ValidationError
    where that breaks a rule of today, such as a key that another row has by now."""
    model = apps.get_model("campaign", version.model)
    row = model._default_manager.filter(pk=version.row_id).first() or model(pk=version.row_id)
    fill(row, version.content)
    row.full_clean()
    row.save()
    for field in model._meta.many_to_many:
        known = field.related_model._default_manager
        getattr(row, field.name).set(known.filter(pk__in=version.content.get(field.name, [])))
    keep_version(row, by, why or _("Restored as it was on %(day)s") % {"day": version.made_at})
    return row
