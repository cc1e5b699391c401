"""The reporter's page, opened with what the confirmation gave."""

from django.conf import settings
from django.urls import reverse

from reporting.canary.failures import StepFailed
from reporting.canary.site import Site
from reporting.codes import Derived


def open_mailbox(site: Site, known: Derived) -> None:
    """StepFailed where reference and code do not open it."""
    path = reverse("report-code", urlconf=settings.WHOLE_URLCONF)
    keys = {"reference": [known.reference], "code": [known.code], "act": ["look"]}
    answer = site.post(path, keys)
    shown = f'<strong class="reference">{known.reference}</strong>', 'class="how-far"'
    if answer.status != 200 or not all(part in answer.text for part in shown):
        raise StepFailed(
            f"{path} answered {answer.status}: reference and code do not open the mailbox."
        )
