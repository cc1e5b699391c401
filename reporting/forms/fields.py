"""One question as a template draws it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from reporting.forms.help import ShownHelp, help_of
from reporting.forms.voices import Told, told
from reporting.questions import (
    ANSWER_FOR_THEM,
    Choice,
    Cleaned,
    Kind,
    Need,
    Question,
    as_data,
    field_name,
    left_over,
    only_if,
)
from reporting.questions.conditions import ALWAYS

# What phones should leave as it is typed.
SPELLED = {"handle", "link", "phone", "payment", "contact_at"}


@dataclass(frozen=True)
class ShownChoice:
    """``help`` holds the keys of the help after it, with spaces between. ``is_alone`` where it
    may not be chosen together with others."""

    id: str
    value: str
    words: Told
    help: str
    is_alone: bool
    is_chosen: bool


@dataclass(frozen=True)
class Fault:
    """What the summary of errors says of one control, and the control that it leads to."""

    errors: list[str]
    id_for_label: str


class ShownQuestion:
    """A question, or a small one in a row of a group: its name, what was typed, its errors."""

    def __init__(self, question: Question, cleaned: Cleaned, name: str = "") -> None:
        self.key = question.key
        self.name = name or question.key
        self.typed = cleaned.shown.get(self.name, [])
        self.errors = [cleaned.errors[self.name]] if self.name in cleaned.errors else []
        self._question = question

    @property
    def kind(self) -> str:
        """Which template draws it. A line of text that has got line breaks needs a box."""
        if self._question.kind in {Kind.ONE, Kind.SEVERAL}:
            return "choices"
        if self._question.kind == Kind.GROUP:
            return "rows"
        return "box" if self._question.kind == Kind.LONG or "\n" in self.text else "line"

    @property
    def template(self) -> str:
        return f"reporting/questions/{self.kind}.html"

    @property
    def words(self) -> Told:
        return told(self._question.words, self._question.in_quick.words)

    @property
    def hint(self) -> Told | None:
        help_, shorter = self._question.help, self._question.in_quick.help
        return told(help_, shorter or help_) if help_ else None

    @property
    def limit(self) -> int:
        return self._question.limit

    @property
    def need(self) -> str:
        """For the script: "yes", or "one-of" where one among several questions is needed."""
        return {Need.YES: "yes", Need.ONE_OF: "one-of"}.get(self._question.need, "")

    @property
    def is_needed(self) -> bool:
        return self._question.need == Need.YES

    @property
    def is_spelled(self) -> bool:
        return self.key in SPELLED

    @property
    def advice(self) -> str:
        """For a form without script, which cannot follow the answers."""
        return str(ANSWER_FOR_THEM) if self.key == "who" else only_if(self._question)

    @property
    def condition(self) -> str:
        """When it is asked, as JSON; empty where it always is."""
        when = self._question.asked_when
        return "" if when == ALWAYS else json.dumps(as_data(when), separators=(",", ":"))

    @property
    def is_in_quick(self) -> bool:
        """Also where Quick would leave it out, once there is something to see in it."""
        return self._question.is_in_quick or self.is_filled

    @property
    def is_filled(self) -> bool:
        return bool(self.errors or self.text.strip())

    @property
    def text(self) -> str:
        return "\n".join(dict.fromkeys(self.typed))

    @property
    def rows_of_text(self) -> int:
        return 10 if self.limit > 1000 else 3

    @property
    def choices(self) -> list[ShownChoice]:
        return [self._shown(choice) for choice in self._question.choices]

    def _shown(self, choice: Choice) -> ShownChoice:
        return ShownChoice(
            id=f"{self.name}-{choice.value}",
            value=choice.value,
            words=told(choice.words),
            help=" ".join(choice.help),
            is_alone=self.is_several and choice.is_alone,
            is_chosen=choice.value in self.typed,
        )

    @property
    def is_several(self) -> bool:
        return self._question.kind == Kind.SEVERAL

    @property
    def helps(self) -> list[ShownHelp]:
        """Each block that one of the choices calls for, once."""
        keys = dict.fromkeys(key for choice in self._question.choices for key in choice.help)
        return [help_of(key) for key in keys]

    @property
    def describing_ids(self) -> str:
        parts = {"hint": self.hint, "needed": self.is_needed, "error": self.errors}
        return " ".join(f"{self.name}-{part}" for part, is_there in parts.items() if is_there)

    @property
    def id_for_label(self) -> str:
        """The control that a link in the summary of errors leads to."""
        return self.choices[0].id if self.kind == "choices" else self.name

    def faults(self) -> Iterator[Fault]:
        """For where the question itself is out of sight, so each error says which it is."""
        if self.errors:
            asked = str(self.words)
            asked += " " if asked.endswith(("?", ".")) else ": "
            yield Fault([asked + error for error in self.errors], self.id_for_label)


@dataclass(frozen=True)
class Row:
    """One of the things that a group may have several of; rows count from 0."""

    number: int
    fields: list[ShownQuestion]

    @property
    def is_filled(self) -> bool:
        return any(field.is_filled for field in self.fields)


@dataclass(frozen=True)
class LeftOver:
    """Words for which the group has no row, in a box under the name that they were sent by."""

    name: str
    text: str


class ShownGroup(ShownQuestion):
    """A question of rows. An error of its own is of what did not fit, and leads there."""

    def __init__(self, question: Question, cleaned: Cleaned) -> None:
        super().__init__(question, cleaned)
        self.rows = [
            Row(row, [_part(question, row, part, cleaned) for part in question.fields])
            for row in range(question.most)
        ]
        self.left_over = [
            LeftOver(name, "\n".join(dict.fromkeys(values)))
            for name, values in left_over(question, cleaned.shown).items()
        ]

    @property
    def is_filled(self) -> bool:
        return bool(self.errors) or any(row.is_filled for row in self.rows)

    @property
    def id_for_label(self) -> str:
        return self.left_over[0].name if self.left_over else self.rows[0].fields[0].id_for_label

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        for row in self.rows:
            for field in row.fields:
                yield from field.faults()


class ShownPart(ShownQuestion):
    """A small question in a row, which Quick asks in the first row alone."""

    def __init__(self, question: Question, cleaned: Cleaned, name: str, is_in_quick: bool) -> None:
        super().__init__(question, cleaned, name)
        self._is_in_quick = is_in_quick

    @property
    def is_in_quick(self) -> bool:
        return self._is_in_quick or self.is_filled


def _part(group: Question, row: int, part: Question, cleaned: Cleaned) -> ShownPart:
    quick = group.in_quick
    is_in_quick = row < quick.most and part.key in {field.key for field in quick.fields}
    return ShownPart(part, cleaned, field_name(group, row, part), is_in_quick)


def shown(question: Question, cleaned: Cleaned) -> ShownQuestion:
    if question.kind == Kind.GROUP:
        return ShownGroup(question, cleaned)
    return ShownQuestion(question, cleaned)
