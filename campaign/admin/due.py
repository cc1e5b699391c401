"""What is due for checking: rows that are overdue, or that somebody has still to confirm."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from campaign.frame import crisis_services
from campaign.models import Section, SiteSettings
from campaign.models.dated import Dated


@dataclass(frozen=True)
class Due:
    """How many rows of one kind wait for somebody, and the list that shows them."""

    name: str
    overdue: int
    unconfirmed: int
    list_url: str


def facts_due() -> dict[str, object]:
    watched = Dated | Section | SiteSettings
    models = [model for model in apps.get_models() if issubclass(model, watched)]
    return {"rows": [_due(model) for model in models], "has_crisis_line": bool(crisis_services())}


def _due(model: type[Model]) -> Due:
    rows = model._default_manager.all()
    fields = {field.name for field in model._meta.fields}
    today = timezone.localdate()
    return Due(
        name=str(model._meta.verbose_name_plural),
        overdue=rows.filter(check_again_on__lte=today).count() if "check_again_on" in fields else 0,
        unconfirmed=rows.exclude(to_confirm="").count() if "to_confirm" in fields else 0,
        list_url=reverse(f"admin:campaign_{model._meta.model_name}_changelist"),
    )
