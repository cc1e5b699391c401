"""Every question, in the order in which it is asked."""

from collections.abc import Mapping

from reporting.questions.around import AROUND
from reporting.questions.conditions import Answers, holds
from reporting.questions.first import FIRST
from reporting.questions.happening import WHAT_HAPPENS
from reporting.questions.help import HELP, Help
from reporting.questions.reply import REPLIES
from reporting.questions.shape import Choice, Need, Question
from reporting.questions.start import LENGTH
from reporting.questions.them import THEM

QUESTIONS: tuple[Question, ...] = (LENGTH, *FIRST, *WHAT_HAPPENS, *THEM, *AROUND, *REPLIES)

BY_KEY: Mapping[str, Question] = {question.key: question for question in QUESTIONS}

# One of these is needed; the last has the error where none was answered.
ONE_OF = tuple(question.key for question in QUESTIONS if question.need == Need.ONE_OF)


def asked(answers: Answers, is_quick: bool) -> list[Question]:
    """What to ask a reader who has answered this so far, in order.

    A question that has an answer is there even where Quick would leave it out or its branch is
    unknown, and then in its long form: everything that was typed has its place.
    """
    return [
        question.in_quick if is_quick and question.key not in answers else question
        for question in QUESTIONS
        if _is_asked(question, answers, is_quick)
    ]


def _is_asked(question: Question, answers: Answers, is_quick: bool) -> bool:
    verdict = holds(question.asked_when, answers)
    if question.key in answers:
        return verdict is not False
    return verdict is True and (question.is_in_quick or not is_quick)


def chosen_choices(answers: Answers) -> list[Choice]:
    """Every choice that was made, in the order of the form. Unheard-of values are passed over."""
    found = []
    for question in QUESTIONS:
        answer = answers.get(question.key)
        values = answer if isinstance(answer, list) else [answer]
        found += [choice for choice in question.choices if choice.value in values]
    return found


def help_after(answers: Answers) -> list[Help]:
    """The help that these answers call for, in the order of the form, each once."""
    keys = [key for choice in chosen_choices(answers) for key in choice.help]
    return [HELP[key] for key in dict.fromkeys(keys)]
