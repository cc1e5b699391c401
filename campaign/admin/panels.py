"""What editors see on the first page: drafts, what is scheduled, what is due, what readers say."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, Model, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from campaign.frame import crisis_services
from campaign.models import Feedback, Page, Publication, Revision, Section, SiteSettings
from campaign.models.dated import Dated

MOST = 10  # rows of a panel; the list has the rest
LATEST_FEEDBACK = 5


def drafts(request: HttpRequest) -> SafeString | str:
    """Pages whose draft is not what readers get, the newest first, by whom and since when."""
    if not request.user.has_perm("campaign.view_page"):
        return ""
    latest = Revision.objects.filter(page=OuterRef("pk")).order_by("-number")
    waiting = (
        Page.objects.with_state()
        .waiting()
        .annotate(
            draft_at=Subquery(latest.values("made_at")[:1]),
            draft_by=Subquery(latest.values("made_by_name")[:1]),
        )
        .order_by("-draft_at")
    )
    return _first_of("drafts", waiting, request)


def scheduled(request: HttpRequest) -> SafeString | str:
    """What is to come, the next first; who may publish can cancel it here."""
    if not request.user.has_perm("campaign.view_page"):
        return ""
    to_come = Publication.objects.to_come().select_related("page", "revision")
    return _first_of("scheduled", to_come, request)


def feedback(request: HttpRequest) -> SafeString | str:
    if not request.user.has_perm("campaign.view_feedback"):
        return ""
    context = {"rows": Feedback.objects.all()[:LATEST_FEEDBACK]}
    return render_to_string("campaign/panels/feedback.html", context)


@dataclass(frozen=True)
class Due:
    """How many rows of one kind wait for somebody, and the list that shows them."""

    name: str
    overdue: int
    unconfirmed: int
    list_url: str


def due(request: HttpRequest) -> SafeString | str:
    """How many rows of each kind are to be checked or confirmed."""
    watched = Dated | Section | SiteSettings
    models = [
        model
        for model in apps.get_app_config("campaign").get_models()
        if issubclass(model, watched)
        and request.user.has_perm(f"campaign.view_{model._meta.model_name}")
    ]
    if not models:
        return ""
    context = {"rows": map(_due, models), "has_crisis_line": bool(crisis_services())}
    return render_to_string("campaign/panels/due.html", context)


def _due(model: type[Model]) -> Due:
    fields = {field.name for field in model._meta.fields}
    today, nothing = timezone.localdate(), Q(pk=None)
    overdue = Q(check_again_on__lte=today) if "check_again_on" in fields else nothing
    unconfirmed = ~Q(to_confirm="") if "to_confirm" in fields else nothing
    # A deleted page waits for nobody.
    kept = {Page: Q(deleted_at=None), Section: Q(page__deleted_at=None)}.get(model, Q())
    return Due(
        name=str(model._meta.verbose_name_plural),
        list_url=reverse(f"admin:campaign_{model._meta.model_name}_changelist"),
        **model._default_manager.filter(kept).aggregate(
            overdue=Count("pk", filter=overdue), unconfirmed=Count("pk", filter=unconfirmed)
        ),
    )


def _first_of(name: str, found: Any, request: HttpRequest) -> SafeString:
    rows = list(found[: MOST + 1])
    context = {"rows": rows[:MOST], "has_more": len(rows) > MOST}
    return render_to_string(f"campaign/panels/{name}.html", context, request)
