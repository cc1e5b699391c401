"""When a question is asked, as data: a condition on the answers given so far.

``holds`` answers yes, no or unknown (None). Skipped, "don't know" and "prefer not to say" are all
unknown, which is not the same as no: words typed below a question that was skipped are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# By question key: a choice's value, a list of them, a text, or a list of rows.
Answers = Mapping[str, Any]

# Values of choices that say nothing either way.
UNKNOWN = frozenset({"not_sure", "dont_know", "prefer_not"})


class Condition:
    """Joined by ``&``, ``|`` and ``~``."""

    def __and__(self, other: "Condition") -> "Condition":
        return AllOf((self, other))

    def __or__(self, other: "Condition") -> "Condition":
        return AnyOf((self, other))

    def __invert__(self) -> "Condition":
        return Not(self)


@dataclass(frozen=True)
class Always(Condition):
    """Whatever was answered."""


ALWAYS = Always()


@dataclass(frozen=True)
class Is(Condition):
    """This choice was made, alone or among others."""

    key: str
    value: str


@dataclass(frozen=True)
class Known(Condition):
    """There is an answer, and it says more than that it is not known. Never unknown itself."""

    key: str


@dataclass(frozen=True)
class AnyOf(Condition):
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class AllOf(Condition):
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Not(Condition):
    condition: Condition


def is_one_of(key: str, *values: str) -> Condition:
    return AnyOf(tuple(Is(key, value) for value in values))


def chosen(key: str, answers: Answers) -> set[str]:
    """The values that were answered; empty where nothing was, and for rows."""
    answer = answers.get(key)
    values = answer if isinstance(answer, list) else [answer]
    return {value for value in values if isinstance(value, str)}


def holds(condition: Condition, answers: Answers) -> bool | None:
    """Three-valued logic after Kleene. An unheard-of kind of condition raises TypeError."""
    match condition:
        case Always():
            return True
        case Is(key, value):
            made = chosen(key, answers)
            return True if value in made else False if made - UNKNOWN else None
        case Known(key):
            return bool(chosen(key, answers) - UNKNOWN)
        case Not(inner):
            verdict = holds(inner, answers)
            return None if verdict is None else not verdict
        case AnyOf(inners):
            return _first_of(True, [holds(inner, answers) for inner in inners])
        case AllOf(inners):
            return _first_of(False, [holds(inner, answers) for inner in inners])
    raise TypeError(f"not a condition: {condition!r}")


def _first_of(deciding: bool, verdicts: list[bool | None]) -> bool | None:
    """The deciding verdict if there is one, else unknown if there is one, else its opposite."""
    if deciding in verdicts:
        return deciding
    return None if None in verdicts else not deciding


def keys_of(condition: Condition) -> set[str]:
    """The questions that a condition looks at."""
    match condition:
        case Is(key, _) | Known(key):
            return {key}
        case Not(inner):
            return keys_of(inner)
        case AnyOf(inners) | AllOf(inners):
            return {key for inner in inners for key in keys_of(inner)}
    return set()


def as_data(condition: Condition) -> Any:
    """For the script that shows one question at a time: lists that begin with the kind's name.

    >>> as_data(Is("who", "pupil") & ~Known("age"))
    ['all', ['is', 'who', 'pupil'], ['not', ['known', 'age']]]
    """
    match condition:
        case Is(key, value):
            return ["is", key, value]
        case Known(key):
            return ["known", key]
        case Not(inner):
            return ["not", as_data(inner)]
        case AnyOf(inners):
            return ["any", *(as_data(inner) for inner in inners)]
        case AllOf(inners):
            return ["all", *(as_data(inner) for inner in inners)]
    return ["always"]
