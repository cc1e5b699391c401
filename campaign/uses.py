"""Where a shared row is mentioned."""

from django.apps import apps
from django.db.models import Model, Q

from campaign.models import Entry, Figure, Route, Section, Service
from campaign.models.dated import CheckedFact
from campaign.texts import MENTIONING, text_fields

MENTIONED_AS: dict[type[Model], str] = {Service: "service", Route: "route", Figure: "figure"}


def mention_of(row: CheckedFact) -> str:
    """How a text mentions this row; "" for rows that texts cannot mention."""
    kind = MENTIONED_AS.get(type(row))
    return f"[[{kind}:{row.key}]]" if kind else ""


def uses_of(row: CheckedFact) -> list[str]:
    """The pages and shared rows with a text that mentions this row, by name."""
    mention = mention_of(row)
    if not mention:
        return []
    found: dict[str, None] = {}
    for model in apps.get_app_config("campaign").get_models():
        in_a_text = Q()
        for name in MENTIONING.intersection(text_fields(model)):
            in_a_text |= Q(**{f"{name}__contains": mention})
        for place in model._default_manager.filter(in_a_text) if in_a_text else []:
            found[_place_name(place)] = None
    return list(found)


def _place_name(place: Model) -> str:
    """A section and an entry are known to editors by their page."""
    if isinstance(place, Entry):
        place = place.section
    return str(place.page if isinstance(place, Section) else place)
