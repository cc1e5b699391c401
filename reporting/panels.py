"""What officers see on the first page: how many reports wait. No key is needed for that."""

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reporting.models import Mailbox, Message, Report, State


def queue(request: HttpRequest) -> SafeString | str:
    """Reports by their state, and how many reporters have written and wait for an answer."""
    if not request.user.has_perm("reporting.view_report"):
        return ""
    waiting = Q(state=State.RECEIVED)
    found = Report.objects.aggregate(
        unchecked=Count("pk", filter=waiting & Q(is_unchecked=True)),
        oldest=Min("arrived_at", filter=waiting),
        **{state.value: Count("pk", filter=Q(state=state)) for state in State},
    )
    context = {
        "states": [(state.label, found[state.value]) for state in State],
        "unchecked": found["unchecked"],
        "oldest": found["oldest"],
        "unanswered": _unanswered(),
    }
    return render_to_string("reporting/panels/queue.html", context)


def _unanswered() -> int:
    """Mailboxes whose last message is the reporter's."""
    messages = Message.objects.filter(mailbox=OuterRef("pk")).order_by("-id")
    last = Subquery(messages.values("is_from_reporter")[:1])
    return Mailbox.objects.annotate(last_is_theirs=last).filter(last_is_theirs=True).count()
