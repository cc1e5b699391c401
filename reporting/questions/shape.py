"""What a question consists of."""

from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from reporting.questions.conditions import ALWAYS, UNKNOWN, Condition
from reporting.questions.wording import Words


class Kind(StrEnum):
    ONE = "one"  # of several choices
    SEVERAL = "several"
    SHORT = "short"  # a line of text
    LONG = "long"
    DATE = "date"  # a line of text: "last Tuesday" is as good as a date
    GROUP = "group"  # rows of short questions, for what there may be several of


class Part(StrEnum):
    """The part of the sealed envelope. IDENTITY opens only with a reason, by fewer people."""

    BODY = "body"
    IDENTITY = "identity"


class Need(Enum):
    NO = 0
    YES = 1
    ONE_OF = 2  # one among all the questions that say so


# Values of choices that say that nothing else in the list fits.
NONE_OF_THE_OTHERS = frozenset({"nothing", "nobody"})


@dataclass(frozen=True)
class Choice:
    """``help`` names what is shown at once after it, ``flags`` what triage learns from it."""

    value: str
    words: Words
    help: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether it contradicts every other answer to the same question."""
        return self.value in UNKNOWN or self.value in NONE_OF_THE_OTHERS


@dataclass(frozen=True)
class Question:
    """One question. ``number`` counts the steps of the form (0 is the start): those that share
    one are shown together.

    ``limit`` is in characters (code points, a line break being one). ``to_confirm`` says what
    the force's lawyer must clear before the words go out; empty where nothing.
    """

    key: str
    number: int
    kind: Kind
    words: Words
    help: Words | None = None
    choices: tuple[Choice, ...] = ()
    limit: int = 0
    need: Need = Need.NO
    part: Part = Part.BODY
    asked_when: Condition = ALWAYS
    is_in_quick: bool = False
    quick: "Shorter | None" = None
    fields: tuple["Question", ...] = ()
    most: int = 1
    to_confirm: str = ""

    def choice(self, value: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.value == value), None)

    @property
    def in_quick(self) -> "Question":
        """The same question as Quick asks it, under the same names."""
        if self.quick is None:
            return self
        return replace(
            self,
            kind=self.quick.kind,
            words=self.quick.words,
            help=self.quick.help,
            fields=tuple(field for field in self.fields if field.key in self.quick.fields),
            most=1,
        )


@dataclass(frozen=True)
class Shorter:
    """How Quick asks a question that has a longer form."""

    kind: Kind
    words: Words
    help: Words
    fields: tuple[str, ...] = ()


def field_name(group: Question, row: int, field: Question) -> str:
    """The name of a control in a row; rows count from 0."""
    return f"{group.key}-{row}-{field.key}"
