"""Where a shared row is mentioned or listed: in drafts, on live pages, and on what is to come."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, Q

from campaign.models import Entry, Figure, Page, Publication, Route, Section, Service
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
    for page, content, _is_live in _shown_contents():
        if mention in texts_in(content):
            found[str(page)] = None
    return list(found)


def appearances_of(row: SharedRow) -> list[Appearance]:
    """On which pages readers find this row, by mention or in a list, and on which they would."""
    topics = set(row.topics.values_list("pk", flat=True))
    found: dict[str, bool] = {}
    for page, content, is_live in [*_shown_contents(), *_drafts()]:
        if _is_in(row, topics, content):
            found[str(page)] = found.get(str(page), False) or is_live
    return [Appearance(page, is_live) for page, is_live in found.items()]


def listings_of(topic: Topic) -> list[str]:
    """The pages that readers get, now or later, with a list of this topic."""
    return sorted(
        {
            str(page)
            for page, content, _is_live in _shown_contents()
            if any(section.get("topic_id") == topic.pk for section in content["sections"])
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


def _shown_contents() -> Iterator[tuple[Page, Content, bool]]:
    """What readers get, and what they will; whether it is so now."""
    publications = Publication.objects.select_related("revision", "page")
    for is_live, found in ((True, publications.live()), (False, publications.to_come())):
        for publication in found:
            if publication.revision is not None:
                yield publication.page, publication.revision.content, is_live


def _drafts() -> Iterator[tuple[Page, Content, bool]]:
    for page in Page.objects.kept().with_words():
        yield page, content_of(page), False


def _place_name(place: Model) -> str:
    """A section and an entry are known to editors by their page."""
    if isinstance(place, Entry):
        place = place.section
    return str(place.page if isinstance(place, Section) else place)
