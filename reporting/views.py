"""The public report form: one address, one form, one POST; and what a reload shows after it."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from reporting import journey
from reporting.abuse import HONEYPOT, SOLUTION, client_of, watch
from reporting.forms import Confirmation, ReportForm
from reporting.forms.refusals import is_too_large, refusals
from reporting.questions import Answers, Cleaned, clean
from reporting.submission import NotStored, submit
from sextortion_site.delivery.plain_form import plain_form

OtherWays = Callable[[HttpRequest], HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@plain_form
def report(request: HttpRequest, otherwise: OtherWays) -> HttpResponse:
    """The form, and what was sent by it. ``otherwise`` shows the other ways to report."""
    if request.method == "POST":
        return _take(request)
    if not settings.REPORT_FORM_IS_OPEN:
        return otherwise(request)
    return _form(request)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What a reload after sending shows: the six words are gone. The same for everybody."""
    return render(request, "reporting/already_sent.html")


def _take(request: HttpRequest) -> HttpResponse:
    """Stores the report, or shows every word of it again and says why it is not stored."""
    try:
        size = len(request.body)
    except RequestDataTooBig:
        return render(request, "reporting/too_large.html", status=413)
    sent = dict(request.POST.lists())
    cleaned = clean(sent)
    if not settings.REPORT_FORM_IS_OPEN:
        return _form(request, cleaned, template="reporting/closed.html", status=503)
    refused = refusals(sent, cleaned, size)
    if refused or not cleaned.is_valid:
        return _form(request, cleaned, refused, status=413 if is_too_large(size) else 422)
    way = journey.read(request.POST.get("journey", ""))
    try:
        receipt = submit(cleaned.answers, way, _is_suspicious(request, cleaned.answers, way))
    except NotStored:
        return _form(request, cleaned, template="reporting/not_stored.html", status=503)
    sent_report = Confirmation(receipt.reference, receipt.code, receipt.severity, cleaned)
    return render(request, "reporting/sent.html", {"sent": sent_report})


def _is_suspicious(request: HttpRequest, answers: Answers, way: journey.Journey) -> bool:
    return watch.is_suspicious(
        honeypot=request.POST.get(HONEYPOT, ""),
        solution=request.POST.get(SOLUTION, ""),
        age=way.age,
        report=way.secret(answers),
        client=client_of(request.META),
    )


def _form(
    request: HttpRequest,
    cleaned: Cleaned | None = None,
    refused: Sequence[str] = (),
    template: str = "reporting/report.html",
    status: int = 200,
) -> HttpResponse:
    """The form with these words, under the journey that it was sent with where that is sound."""
    token = request.POST.get("journey", "")
    if journey.read(token).age is None:
        token = journey.issue()
    shown = {
        "form": ReportForm(token, cleaned, refused),
        "abuse": watch.form_fields(client_of(request.META)),
    }
    return render(request, template, shown, status=status)
