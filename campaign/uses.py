"""Where a shared row is mentioned."""

from django.db.models import Q

from campaign.models import Figure, Page, Route, Service
from campaign.models.dated import CheckedFact

MENTIONED_AS = {Service: "service", Route: "route", Figure: "figure"}


def mention_of(row: CheckedFact) -> str:
    """How a text mentions this row; "" for rows that texts cannot mention."""
    kind = MENTIONED_AS.get(type(row))
    return f"[[{kind}:{row.key}]]" if kind else ""


def pages_that_mention(row: CheckedFact) -> list[Page]:
    """The pages with a text that mentions this row, in their order."""
    mention = mention_of(row)
    if not mention:
        return []
    in_a_text = (
        Q(title__contains=mention)
        | Q(summary__contains=mention)
        | Q(sections__heading__contains=mention)
        | Q(sections__body__contains=mention)
        | Q(sections__entries__lead__contains=mention)
        | Q(sections__entries__text__contains=mention)
    )
    return list(Page.objects.filter(in_a_text).distinct())
