"""What the staff's first page tells officers: numbers alone, since that is all a table without
keys can tell. How urgent a report is nobody knows before it is opened."""

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string

from reporting.models import Mailbox, Message, Report
from reporting.models.reports import State


def queue(request: HttpRequest) -> str:
    """Reports by how far they have come, and reporters who wait for an answer."""
    if not request.user.has_perm("reporting.view_report"):
        return ""
    waiting = Report.objects.filter(state=State.RECEIVED)
    context = {
        "new": waiting.filter(is_unchecked=False).count(),
        "unchecked": waiting.filter(is_unchecked=True).count(),
        "opened": Report.objects.filter(state=State.OPENED).count(),
        "passed_on": Report.objects.filter(state=State.PASSED_ON).count(),
        "unanswered": unanswered(),
    }
    return render_to_string("reporting/queue_panel.html", context)


def unanswered() -> int:
    """How many mailboxes have a last message that is the reporter's."""
    last = Message.objects.filter(mailbox=OuterRef("pk")).order_by("-id")
    whose = Subquery(last.values("is_from_reporter")[:1])
    return Mailbox.objects.annotate(last_is_reporters=whose).filter(last_is_reporters=True).count()
