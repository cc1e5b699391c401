"""What the staff's first page tells editors."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from campaign.admin.due import facts_due
from campaign.models import Feedback, Page, Publication

MOST_LINES = 10
FEEDBACK_LINES = 5


def drafts(request: HttpRequest) -> str:
    """Pages whose draft readers do not see, with who saved it last."""
    if not request.user.has_perm("campaign.view_page"):
        return ""
    waiting = list(Page.objects.with_state().waiting()[: MOST_LINES + 1])
    rows = [(page, page.revisions.order_by("-number").first()) for page in waiting[:MOST_LINES]]
    context = {"rows": rows, "has_more": len(waiting) > MOST_LINES}
    return render_to_string("campaign/panels/drafts.html", context)


def scheduled(request: HttpRequest) -> str:
    if not request.user.has_perm("campaign.view_page"):
        return ""
    planned = Publication.objects.to_come().select_related("page", "revision")[:MOST_LINES]
    return render_to_string("campaign/panels/scheduled.html", {"planned": planned})


def due(request: HttpRequest) -> str:
    """What is overdue or still to confirm."""
    if not request.user.has_perm("campaign.view_page"):
        return ""
    return render_to_string("campaign/facts_due.html", facts_due())


def feedback(request: HttpRequest) -> str:
    if not request.user.has_perm("campaign.view_feedback"):
        return ""
    context = {"messages": Feedback.objects.all()[:FEEDBACK_LINES]}
    return render_to_string("campaign/panels/feedback.html", context)
