"""Filling in the site's form and posting it, and what the confirmation has to show."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse

from reporting import codes, journey
from reporting.canary.answers import new_answers
from reporting.canary.failures import StepFailed
from reporting.canary.form_page import form_of
from reporting.canary.site import Site
from reporting.questions import Answers, clean


@dataclass(frozen=True)
class FilledForm:
    """A form that is filled in. ``known`` is what the site has to make of it: id, reference, code;
    they follow from what is sent, so the id, which no page shows, is known here too."""

    action: str
    fields: dict[str, list[str]] = field(repr=False)
    answers: Answers = field(repr=False)
    known: codes.Derived


def fill_in(site: Site) -> FilledForm:
    """Asks for the form and answers its questions. StepFailed where there is none."""
    path = reverse("report", urlconf=settings.WHOLE_URLCONF)
    answer = site.get(path)
    form = form_of(answer.text, "report")
    if answer.status != 200 or form is None:
        raise StepFailed(
            f"{site.address}{path} answered {answer.status} and shows no report form. Is it"
            " switched off, or is that another site?"
        )
    try:
        fields = form.filled(new_answers())
        (token,) = fields["journey"]
    except KeyError as error:
        raise StepFailed(f"The form has no field {error}. Is that another version?") from None
    answers = clean(fields).answers
    return FilledForm(
        form.action, fields, answers, codes.derive(journey.read(token).secret(answers))
    )


def send(site: Site, report: FilledForm) -> None:
    """StepFailed where the answer does not confirm this report."""
    answer = site.post(report.action, report.fields)
    if answer.status != 200:
        raise StepFailed(f"{site.address} answered {answer.status} and has confirmed nothing.")
    shown = report.known.reference, f'data-code="{report.known.code}"'
    if not all(part in answer.text for part in shown):
        raise StepFailed(
            "The answer does not show the reference and the code that this report has. Is that"
            " another version?"
        )
