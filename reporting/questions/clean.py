"""From what a form sends to answers, by the questions alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from reporting.questions.conditions import UNKNOWN, holds
from reporting.questions.pictures import without_pictures
from reporting.questions.register import BY_KEY, ONE_OF, QUESTIONS
from reporting.questions.shape import Kind, Need, Question, field_name
from reporting.questions.text import kept

Raw = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Cleaned:
    """A form that was sent.

    ``answers`` holds what is valid and belongs to its branch; a question without an answer is
    not in it. ``errors`` has words by the name of a control, in the order of the form. ``shown``
    has every word by the name of its control, to show again. ``kept_out`` names the questions
    whose words do not go with the other answers, and so are not in ``answers``.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    kept_out: tuple[str, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not self.errors


class Refused(Exception):
    """An answer that cannot be taken; its text is for the reader."""


def clean(raw: Raw) -> Cleaned:
    """Checks what was sent. Names that are no question's are passed over; never raises."""
    shown, errors = _sent(raw)
    answers: dict[str, Any] = {}
    kept_out = []
    for question in QUESTIONS:
        answer, refused = _answer(question, shown)
        if holds(question.asked_when, answers) is False:
            if answer or refused:
                kept_out.append(question.key)
            continue
        errors = {**refused, **errors}
        if answer:
            answers[question.key] = answer
    errors = {**_missing(answers, errors), **errors}
    return Cleaned(answers, _in_order(errors), shown, tuple(kept_out))


def has_picture(raw: Raw) -> bool:
    """Whether any value under any name holds a picture as text."""
    return any(without_pictures(value)[1] for values in raw.values() for value in _listed(values))


def control_names(question: Question) -> list[str]:
    """The names under which a form sends the answer."""
    if question.kind != Kind.GROUP:
        return [question.key]
    return [
        field_name(question, row, part) for row in range(question.most) for part in question.fields
    ]


def left_over(group: Question, shown: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The words that were sent to rows beyond the group's last, by the name of the control: they
    are shown again under it, with an error. The page has no such rows, but a body may."""
    names = {*control_names(group)}
    return {
        name: values
        for name, values in shown.items()
        if name.startswith(f"{group.key}-") and name not in names and "".join(values).strip()
    }


def _sent(raw: Raw) -> tuple[dict[str, list[str]], dict[str, str]]:
    """What was sent to the questions, fit to be shown again, and errors for what must not be."""
    shown, errors = {}, {}
    for name, values in raw.items():
        if not _is_control(name):
            continue
        cut = [without_pictures(kept(value)) for value in _listed(values)]
        shown[name] = [text for text, _is_cut in cut]
        if any(is_cut for _text, is_cut in cut):
            errors[name] = _(
                "It looks like there is a picture in here, as computer code. Please don't send "
                "it. We have not kept it. The rest of your words are still here."
            )
    return shown, errors


def _listed(values: str | Sequence[str]) -> Sequence[str]:
    return [values] if isinstance(values, str) else values


ROW = re.compile(r"([a-z_]+)-(0|[1-9][0-9]{0,3})-([a-z_]+)", re.ASCII)


def _is_control(name: str) -> bool:
    """Rows beyond the last count too: see left_over."""
    found = ROW.fullmatch(name)
    question = BY_KEY.get(found[1] if found else name)
    if question is None:
        return False
    if found is None:
        return question.kind != Kind.GROUP
    return found[3] in {part.key for part in question.fields}


def _answer(question: Question, shown: dict[str, list[str]]) -> tuple[Any, dict[str, str]]:
    """The answer, empty where there is none, and errors by the name of the control."""
    if question.kind == Kind.GROUP:
        return _rows(question, shown)
    return _single(question, question.key, shown)


def _rows(
    group: Question, shown: dict[str, list[str]]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    rows: list[dict[str, Any]] = []
    errors: dict[str, str] = {}
    for row in range(group.most):
        answers = {}
        for part in group.fields:
            answer, refused = _single(part, field_name(group, row, part), shown)
            errors |= refused
            if answer:
                answers[part.key] = answer
        rows.append(answers)
    if left_over(group, shown):
        errors[group.key] = _(
            "There is only room for {most}. Please add the rest in your own words."
        ).format(most=group.most)
    return [row for row in rows if row], errors


def _single(
    question: Question, name: str, shown: dict[str, list[str]]
) -> tuple[Any, dict[str, str]]:
    values = [value for value in shown.get(name, []) if value.strip()]
    try:
        return READERS[question.kind](question, values), {}
    except Refused as refused:
        return "", {name: str(refused)}


def _one(question: Question, values: list[str]) -> str:
    made = _several(question, values)
    if len(made) > 1:
        raise Refused(_("Please choose just one of these."))
    return made[0] if made else ""


def _several(question: Question, values: list[str]) -> list[str]:
    """In the order of the form, each once."""
    if any(question.choice(value) is None for value in values):
        raise Refused(_("Please choose from this list."))
    return [choice.value for choice in question.choices if choice.value in values]


def _text(question: Question, values: list[str]) -> str:
    # A form may ask the same twice, in a short and a long form: nothing of either is lost.
    typed = "\n".join(dict.fromkeys(values))
    over = len(typed) - question.limit
    if over > 0:
        raise Refused(
            _(
                "This is {over} letters too long. Please make it shorter. You can send the rest "
                "later, with your six words."
            ).format(over=over)
        )
    return typed


READERS = {
    Kind.ONE: _one,
    Kind.SEVERAL: _several,
    Kind.SHORT: _text,
    Kind.LONG: _text,
    Kind.DATE: _text,
}


def _missing(answers: dict[str, Any], errors: dict[str, str]) -> dict[str, str]:
    """Errors for what is needed and was neither answered nor refused."""
    missing = {
        question.key: _("Please choose one of these.")
        for question in QUESTIONS
        if question.need == Need.YES and question.key not in answers
    }
    refused = {_key_of(name) for name in errors}
    told = {key for key in ONE_OF if _says_something(answers.get(key))}
    if not told | refused & set(ONE_OF):
        missing[ONE_OF[-1]] = _(
            "Please tell us one thing more. Say what is happening, or give an account name. "
            "One line is enough."
        )
    return missing


def _says_something(answer: Any) -> bool:
    """Of a row, more than an app that is not known. That they don't know whether a picture was
    shared does say something; that they would rather not say does not."""
    if isinstance(answer, list):
        return any(set(row) != {"app"} or row["app"] not in UNKNOWN for row in answer)
    return bool(answer) and answer != "prefer_not"


def _in_order(errors: dict[str, str]) -> dict[str, str]:
    keys = list(BY_KEY)
    return {name: errors[name] for name in sorted(errors, key=lambda n: keys.index(_key_of(n)))}


def _key_of(name: str) -> str:
    """The question that a control belongs to."""
    return name.partition("-")[0]
