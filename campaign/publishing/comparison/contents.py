"""Which fields of a page, of its sections and their entries have changed."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from campaign.models import Entry, Page, Section
from campaign.models.fields import RichTextField
from campaign.models.sections import SectionKind
from campaign.publishing.comparison.words import Kind, Piece, pieces, readable
from campaign.publishing.content import Content

# Shown with the words of the section or entry, or by its place in the order.
NOT_COMPARED = {"id", "entries", "position"}
# Of a part that is new or gone, what is no news beside its words.
UNSAID = NOT_COMPARED | {"kind", "age"}


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
    """Parts that are the same row; where rows were made anew, those that say the same, then those
    that begin alike."""
    new_ids = {part["id"] for part in after}
    pairs = {part["id"]: part["id"] for part in before if part["id"] in new_ids}
    for likeness in (_said, _beginning):
        taken = set(pairs.values())
        left: dict[str, deque[int]] = defaultdict(deque)
        for part in after:
            if part["id"] not in taken:
                left[likeness(part)].append(part["id"])
        for part in before:
            alike = left.get(likeness(part)) if part["id"] not in pairs else None
            if likeness(part) and alike:
                pairs[part["id"]] = alike.popleft()
    return pairs


def _said(part: Content) -> str:
    """All that the part says, whichever row says it."""
    words = {name: part[name] for name in sorted(part) if name not in NOT_COMPARED}
    return f"{words} {[_said(entry) for entry in part.get('entries', [])]}"


def _beginning(part: Content) -> str:
    first = part.get("heading") or part.get("lead")
    return f"{part.get('kind', '')} {first}" if first else ""


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
        # A field that came later had its default before.
        was, now = (content.get(name, field.get_default()) for content in (before, after))
        if was == now:
            continue
        old, new = _shown(field, was), _shown(field, now)
        label = capfirst(str(field.verbose_name))
        if old != new:
            yield Difference(where, label, pieces(old, new))
        elif isinstance(field, RichTextField):
            note = _("The words stay; how they are set out has changed.")
            yield Difference(where, label, [Piece(Kind.ADDED, note)])


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
    """A section or an entry by its first words, or by what it is where it has none."""
    words = part.get("heading") or part.get("lead")
    words = str(words or readable(part.get("body") or part.get("text") or ""))[:60]
    if words:
        return words
    return str(dict(SectionKind.choices).get(part.get("kind", ""), _("Entry")))


def _place(where: str, part: Content) -> str:
    return f"{where} / {_name(part)}" if where else _name(part)


def _all_words(part: Content) -> str:
    """What a part says and shows that is there in one of the two alone."""
    model: Any = Section if "kind" in part else Entry
    fields = [field for field in model._meta.concrete_fields if field.attname in part]
    texts = [_shown(field, part[field.attname]) for field in fields if field.name not in UNSAID]
    texts += [_all_words(entry) for entry in part.get("entries", [])]
    return "\n".join(text for text in texts if text)
