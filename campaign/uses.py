"""Where a shared row is mentioned or listed: in drafts, on live pages, and on what is to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from campaign.frame import crisis_services
from campaign.models import Entry, Figure, Page, Publication, Route, Section, Service
from campaign.models.sections import LISTED_MODELS
from campaign.models.shared import SharedRow, Topic
from campaign.publishing.content import Content, content_of
from campaign.texts import MENTIONING, text_fields

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
        for place in _places_in(model, mention):
            found[_place_name(place)] = None
    for page, content, _is_live in _shown_contents():
        if mention in str(content):
            found[str(page)] = None
    return list(found)


def hiding_fault(row: Model, is_shown: bool) -> str | None:
    """Why a figure cannot be hidden, in words: a sentence would lose its number."""
    if is_shown or not isinstance(row, Figure) or row.pk is None:
        return None
    places = uses_of(row)
    message = _("Change these texts first, which mention it: %(places)s")
    return message % {"places": ", ".join(places)} if places else None


def appearances_of(row: SharedRow) -> list[Appearance]:
    """On which pages readers find this row, by mention or in a list, also in the words of another
    row that is listed there; and on which they would."""
    mention = mention_of(row)
    listed = [_listing_of(each) for each in [row, *_rows_that_mention(mention)]]
    found: dict[str, bool] = {}
    if isinstance(row, Service) and row in crisis_services():
        found[_("the top of every page")] = True
    for page, content, is_live in [*_shown_contents(), *_drafts()]:
        is_there = bool(mention) and mention in str(content)
        if is_there or any(listing.is_in(content) for listing in listed):
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


@dataclass(frozen=True)
class _Listing:
    """By what a section lists a row: the kinds of section, and the row's topics."""

    kinds: frozenset[str]
    topics: frozenset[int]

    def is_in(self, content: Content) -> bool:
        return any(
            section["kind"] in self.kinds
            and (section["topic_id"] is None or section["topic_id"] in self.topics)
            for section in content["sections"]
        )


def _listing_of(row: SharedRow) -> _Listing:
    kinds = (kind for kind, name in LISTED_MODELS.items() if name == row._meta.model_name)
    return _Listing(frozenset(kinds), frozenset(topic.pk for topic in row.topics.all()))


def _rows_that_mention(mention: str) -> Iterator[SharedRow]:
    for name in LISTED_MODELS.values() if mention else ():
        model: Any = apps.get_model("campaign", name)
        yield from _places_in(model, mention).prefetch_related("topics")


def _places_in(model: type[Model], mention: str) -> QuerySet[Any]:
    in_a_text = Q()
    for name in MENTIONING.intersection(text_fields(model)):
        in_a_text |= Q(**{f"{name}__contains": mention})
    rows = model._default_manager
    return rows.filter(in_a_text) if in_a_text else rows.none()


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
