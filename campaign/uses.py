"""Where a shared row is mentioned or listed: in drafts, on live pages, and on what is to come."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model, Q
from django.utils import timezone

from campaign.models import (
    Entry,
    Figure,
    Page,
    Publication,
    Route,
    Section,
    Service,
    SiteSettings,
)
from campaign.models.sections import LISTED_MODELS
from campaign.models.shared import SharedRow, Topic
from campaign.publishing.content import Content, content_of
from campaign.texts import MENTIONING, text_fields, texts_in

MENTIONED_AS: dict[type[Model], str] = {Service: "service", Route: "route", Figure: "figure"}


@dataclass(frozen=True)
class Appearance:
    """A page on which readers find a row, now or later, or would find it by the draft."""

    page: str
    is_live: bool


@dataclass(frozen=True)
class Shown:
    """What readers get of a page from a moment on."""

    page: Page
    at: datetime.datetime
    content: Content = field(compare=False)

    @property
    def is_live(self) -> bool:
        return self.at <= timezone.now()


def mention_of(row: Model) -> str:
    """How a text mentions this row; "" for rows that texts cannot mention."""
    kind = MENTIONED_AS.get(type(row))
    return f"[[{kind}:{row.key}]]" if kind and isinstance(row, SharedRow) else ""


def uses_of(row: SharedRow) -> list[str]:
    """The pages and shared rows with a text that mentions this row, by name; also what readers
    get now, or will, where the draft has changed since."""
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
    for shown in _all_shown():
        if mention in texts_in(shown.content):
            found[str(shown.page)] = None
    return list(found)


def appearances_of(row: SharedRow) -> list[Appearance]:
    """On which pages readers find this row, by mention or in a list, and on which they would."""
    topics = set(row.topics.values_list("pk", flat=True))
    found: dict[str, bool] = {}
    for shown in _all_shown():
        if _is_in(row, topics, shown.content):
            found[str(shown.page)] = found.get(str(shown.page), False) or shown.is_live
    for page, content in _drafts():
        if _is_in(row, topics, content):
            found.setdefault(str(page), False)
    return [Appearance(page, is_live) for page, is_live in found.items()]


def shown_with(row: Model) -> list[Shown]:
    """What readers get, now or later, with this row in it."""
    if isinstance(row, SiteSettings) or type(row) in MENTIONED_AS:
        # Any page, and any row on it, may mention them; services stand at the top of all.
        return list(_all_shown())
    if not isinstance(row, SharedRow):
        return []
    topics = set(row.topics.values_list("pk", flat=True))
    return [shown for shown in _all_shown() if _is_in(row, topics, shown.content)]


def listings_of(topic: Topic) -> list[str]:
    """The pages that readers get, now or later, with a list of this topic."""
    return sorted(
        {
            str(shown.page)
            for shown in _all_shown()
            if any(section.get("topic_id") == topic.pk for section in shown.content["sections"])
        }
    )


def _is_in(row: SharedRow, topics: set[int], content: Content) -> bool:
    mention = mention_of(row)
    if mention and mention in texts_in(content):
        return True
    lists = {kind for kind, name in LISTED_MODELS.items() if name == row._meta.model_name}
    return any(
        section["kind"] in lists and (section["topic_id"] is None or section["topic_id"] in topics)
        for section in content["sections"]
    )


def _all_shown() -> Iterator[Shown]:
    """What readers get, and what they will."""
    publications = Publication.objects.select_related("revision", "page")
    for publication in [*publications.live(), *publications.to_come()]:
        if publication.revision is not None:
            yield Shown(publication.page, publication.at, publication.revision.content)


def _drafts() -> Iterator[tuple[Page, Content]]:
    for page in Page.objects.kept().with_words():
        yield page, content_of(page)


def _place_name(place: Model) -> str:
    """A section and an entry are known to editors by their page."""
    if isinstance(place, Entry):
        place = place.section
    return str(place.page if isinstance(place, Section) else place)
