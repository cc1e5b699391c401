"""Which fields of a page, of its sections and their entries have changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from campaign.models import Entry, Page, Section
from campaign.models.fields import RichTextField
from campaign.publishing.comparison.words import Piece, pieces, readable
from campaign.publishing.content import Content

# Shown with the words of the section or entry, or by its place in the order.
NOT_COMPARED = {"id", "entries", "position"}


@dataclass(frozen=True)
class Difference:
    """``where`` is a section or an entry by its first words; "" for the page itself."""

    where: str
    what: str
    pieces: list[Piece]


def differences(before: Content, after: Content) -> list[Difference]:
    """From one content of a page to another; none where both say the same."""
    return [
        *_of_fields(Page, before["page"], after["page"], ""),
        *_of_parts(Section, before["sections"], after["sections"], ""),
    ]


def row_differences(model: type[models.Model], before: Content, after: Content) -> list[Difference]:
    """Likewise for a shared row, with what it is tied to."""
    found = list(_of_fields(model, before, after, "", compares_position=True))
    for field in model._meta.many_to_many:
        old, new = (_names(field, content.get(field.name, [])) for content in (before, after))
        if old != new:
            found.append(Difference("", capfirst(str(field.verbose_name)), pieces(old, new)))
    return found


def _of_parts(
    model: type[models.Model], before: list[Content], after: list[Content], where: str
) -> Iterator[Difference]:
    old, new = {part["id"]: part for part in before}, {part["id"]: part for part in after}
    pairs = _pairs(before, after)
    for part in before:
        if part["id"] not in pairs:
            yield Difference(_place(where, part), _("Taken out"), pieces(_all_words(part), ""))
    came = set(new) - set(pairs.values())
    for old_id, new_id in pairs.items():
        place = _place(where, new[new_id])
        yield from _of_fields(model, old[old_id], new[new_id], place)
        if model is Section:
            entries = old[old_id]["entries"], new[new_id]["entries"]
            yield from _of_parts(Entry, entries[0], entries[1], place)
    for part in after:
        if part["id"] in came:
            yield Difference(_place(where, part), _("New"), pieces("", _all_words(part)))
    if _order(before, pairs) != [part["id"] for part in after if part["id"] not in came]:
        names = [[_name(part) for part in parts] for parts in (before, after)]
        yield Difference(where, _("Order"), pieces(*("\n".join(lines) for lines in names)))


def _pairs(before: list[Content], after: list[Content]) -> dict[int, int]:
    """Parts that are the same row, or, where the row was made anew, say the same."""
    new_ids = {part["id"] for part in after}
    pairs = {part["id"]: part["id"] for part in before if part["id"] in new_ids}
    left = [part for part in after if part["id"] not in pairs]
    for part in before:
        if part["id"] in pairs:
            continue
        alike = next((other for other in left if _all_words(other) == _all_words(part)), None)
        if alike is not None:
            pairs[part["id"]] = alike["id"]
            left.remove(alike)
    return pairs


def _order(before: list[Content], pairs: dict[int, int]) -> list[int]:
    return [pairs[part["id"]] for part in before if part["id"] in pairs]


def _of_fields(
    model: type[models.Model],
    before: Content,
    after: Content,
    where: str,
    compares_position: bool = False,
) -> Iterator[Difference]:
    hidden = NOT_COMPARED - {"position"} if compares_position or model is Page else NOT_COMPARED
    for field in model._meta.concrete_fields:
        name = field.attname
        if name in hidden or (name not in before and name not in after):
            continue
        old, new = _shown(field, before.get(name)), _shown(field, after.get(name))
        if old != new:
            yield Difference(where, capfirst(str(field.verbose_name)), pieces(old, new))


def _shown(field: Any, value: Any) -> str:
    """A value as an editor would say it."""
    if value is None or value == "":
        return ""
    if isinstance(field, RichTextField):
        return readable(value)
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, models.ForeignKey):
        row = field.related_model._default_manager.filter(pk=value).first()
        return str(row) if row else _("something that is gone")
    return str(dict(field.flatchoices).get(value, value))


def _names(field: Any, numbers: list[int]) -> str:
    rows = field.related_model._default_manager.filter(pk__in=numbers)
    return ", ".join(sorted(str(row) for row in rows))


def _name(part: Content) -> str:
    words = part.get("heading") or part.get("lead")
    return str(words or readable(part.get("body") or part.get("text") or ""))[:60]


def _place(where: str, part: Content) -> str:
    return f"{where} / {_name(part)}" if where else _name(part)


def _all_words(part: Content) -> str:
    texts = [part.get("heading"), part.get("lead")]
    texts += [readable(part.get(name) or "") for name in ("body", "text")]
    texts += [_all_words(entry) for entry in part.get("entries", [])]
    return "\n".join(text for text in texts if text)
