"""``{% facts_due %}``: on the staff's first page, what is due for checking."""

from dataclasses import dataclass

from django import template
from django.apps import apps
from django.urls import reverse

from campaign.models.dated import CheckedFact, Dated

register = template.Library()


@dataclass(frozen=True)
class Due:
    name: str
    overdue: int
    unconfirmed: int
    list_url: str


@register.inclusion_tag("campaign/facts_due.html")
def facts_due() -> dict[str, list[Due]]:
    models = [model for model in apps.get_models() if issubclass(model, Dated)]
    return {"rows": [_due(model) for model in models]}


def _due(model: type[Dated]) -> Due:
    rows = model.objects.all()
    return Due(
        name=str(model._meta.verbose_name_plural),
        overdue=rows.overdue().count(),
        unconfirmed=rows.unconfirmed().count() if issubclass(model, CheckedFact) else 0,
        list_url=reverse(f"admin:campaign_{model._meta.model_name}_changelist"),
    )
