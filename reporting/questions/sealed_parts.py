"""Answers as they go into the envelope, and as people read them."""

from typing import Any

from reporting.questions.conditions import Answers
from reporting.questions.register import BY_KEY, QUESTIONS
from reporting.questions.shape import Kind, Part, Question
from reporting.questions.wording import Voice, voice_of


def parts(answers: Answers) -> dict[str, dict[str, Any]]:
    """The answers by the part of the envelope that they are sealed in, fit for JSON."""
    split: dict[str, dict[str, Any]] = {str(part): {} for part in Part}
    for key, answer in answers.items():
        split[BY_KEY[key].part][key] = answer
    return split


def summary(answers: Answers) -> list[tuple[str, str]]:
    """(question, answer) in words, in the order of the form, for what was answered.

    Answers may be older than the questions: a value or a key that is no longer there comes as it
    stands.
    """
    voice = voice_of(answers)
    told = [
        (question.words.to(voice), _in_words(question, answers[question.key], voice))
        for question in QUESTIONS
        if question.key in answers
    ]
    return told + [(key, str(answer)) for key, answer in answers.items() if key not in BY_KEY]


def _in_words(question: Question, answer: Any, voice: Voice) -> str:
    if question.kind == Kind.GROUP:
        return "\n\n".join(_row_in_words(question, row, voice) for row in answer)
    values = answer if isinstance(answer, list) else [answer]
    return "\n".join(_value_in_words(question, value, voice) for value in values)


def _row_in_words(group: Question, row: Answers, voice: Voice) -> str:
    return "\n".join(
        f"{part.words.to(voice)}: {_in_words(part, row[part.key], voice)}"
        for part in group.fields
        if part.key in row
    )


def _value_in_words(question: Question, value: str, voice: Voice) -> str:
    choice = question.choice(value)
    return choice.words.to(voice) if choice else value
