"""The whole form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from reporting.forms.fields import Fault, ShownQuestion, shown
from reporting.questions import ONE_OF, QUESTIONS, START, Cleaned, StartText, clean
from reporting.questions.wording import NAMES


@dataclass
class Step:
    """The questions that are shown together; 0 is the start."""

    number: int
    questions: list[ShownQuestion]

    @cached_property
    def drawn(self) -> SafeString:
        return render_to_string("reporting/questions.html", {"questions": self.questions})


def steps_of(cleaned: Cleaned) -> list[Step]:
    return [
        Step(number, [shown(question, cleaned) for question in questions])
        for number, questions in groupby(QUESTIONS, key=lambda question: question.number)
    ]


@cache
def empty_steps(language: str) -> list[Step]:
    """For everybody who opens the form: drawing 40 questions takes longer than all the rest."""
    return steps_of(Cleaned())


class ReportForm:
    """The form as it was sent, or empty. It iterates over what is wrong with its questions, as
    the summary of errors asks for. ``journey`` is the token of the hidden field."""

    start: Sequence[StartText] = START
    names = NAMES

    def __init__(
        self, journey: str, cleaned: Cleaned | None = None, non_field_errors: Sequence[str] = ()
    ) -> None:
        self.journey = journey
        self.non_field_errors = list(non_field_errors)
        if cleaned or settings.DEBUG:  # a developer's template changes under the process
            self.steps = steps_of(cleaned or Cleaned())
        else:
            self.steps = empty_steps(get_language() or "")

    @property
    def duty_hours(self) -> str:
        """When officers read reports, as a sentence goes on after "on duty"; may be empty."""
        return settings.REPORT_DUTY_HOURS

    @property
    def words_for_missing(self) -> dict[str, str]:
        """What is said where an answer is needed ("yes"), or one among several ("one_of")."""
        nothing = clean({}).errors
        return {"yes": next(iter(nothing.values())), "one_of": nothing[ONE_OF[-1]]}

    @property
    def has_errors(self) -> bool:
        return bool(self.non_field_errors) or any(True for _fault in self)

    def __iter__(self) -> Iterator[Fault]:
        for step in self.steps:
            for question in step.questions:
                yield from question.faults()
