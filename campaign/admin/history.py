"""The history of a page or a shared row: who saved what when and why, compared and restored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign.admin.words import why_of
from campaign.models import Page, Publication, Revision, RowVersion
from campaign.models.revisions import Signed
from campaign.preview import preview_link
from campaign.publication_checks.shared_rows import check_pages_after
from campaign.publishing.comparison import Difference, differences, row_differences
from campaign.publishing.drafts import restore
from campaign.publishing.publications import live_publication
from campaign.publishing.rows import restore_row, versions_of
from campaign.publishing.versions import number_from
from sextortion_site.staff import audit

MOST_SHOWN = 200  # states of one row; older ones are still kept


@dataclass(frozen=True)
class Line:
    """A line of the history: a state that can be compared, or something that was done."""

    at: Any
    who: str
    why: str
    what: str
    version: Signed | None = None
    looks: str = ""  # where a page can be seen as it was


class HistoryScreens:
    """Mixed into the admin of whatever has a history."""

    model: type[models.Model]
    admin_site: Any

    def get_urls(self) -> list[Any]:
        name = self.model._meta.model_name
        wrap = self.admin_site.admin_view
        restoring = path(
            "<path:object_id>/history/restore/",
            wrap(require_POST(self.restore_view)),
            name=f"campaign_{name}_restore",
        )
        return [restoring, *super().get_urls()]  # type: ignore[misc]  # of ModelAdmin

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        row = self._row(request, object_id)
        states = _states(row)
        before, after = _chosen(request, row, states)
        context = self._context(request, row) | {
            "title": _("History"),
            "lines": _lines(row, states),
            "before": before,
            "after": after,
            "before_is": before and _what(before),
            "after_is": after and _what(after),
            "differences": _compared(row, before, after) if before and after else [],
            "can_restore": request.user.has_perm(f"campaign.change_{self.model._meta.model_name}"),
            "is_page": isinstance(row, Page),
        }
        return render(request, "admin/campaign/history.html", context)

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Also a row that was deleted, whose number is then in the address alone."""
        name = self.model._meta.model_name
        if not request.user.has_perm(f"campaign.change_{name}"):
            raise PermissionDenied
        why = why_of(request)
        version = _version(self.model, object_id, request.POST.get("version", ""))
        try:
            if isinstance(version, Revision):
                restore(version, request.user, why)
            else:
                check_pages_after(lambda: [restore_row(version, request.user, why)])
                restore_row(version, request.user, why)
        except ValidationError as error:
            refused = _("It was not restored, and nothing was changed: %(why)s")
            messages.error(request, refused % {"why": " ".join(error.messages)})
            return HttpResponseRedirect(reverse(f"admin:campaign_{name}_changelist"))
        about = f"{name} {object_id}"
        audit.record("campaign.restored", by=request.user, about=about)
        words = _("It is a draft now. Readers get it once it is published.")
        if self.model is not Page:
            words = _("It is restored, and live.")
        messages.success(request, words)
        return HttpResponseRedirect(reverse(f"admin:campaign_{name}_change", args=[object_id]))

    def _row(self, request: HttpRequest, object_id: str) -> models.Model:
        row = self.get_object(request, object_id)  # type: ignore[attr-defined]
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):  # type: ignore[attr-defined]
            raise PermissionDenied
        return row

    def _context(self, request: HttpRequest, row: models.Model | None) -> dict[str, Any]:
        each: dict[str, Any] = self.admin_site.each_context(request)
        return each | {"opts": self.model._meta, "original": row, "subtitle": row and str(row)}


def _states(row: models.Model) -> Sequence[Revision | RowVersion]:
    """Every state that was saved, the latest first."""
    if isinstance(row, Page):
        return list(row.revisions.order_by("-number")[:MOST_SHOWN])
    return list(versions_of(row)[:MOST_SHOWN])


def _lines(row: models.Model, states: Sequence[Revision | RowVersion]) -> list[Line]:
    lines = [
        Line(state.made_at, state.made_by_name, state.why, _what(state), state, _looks(state))
        for state in states
    ]
    if isinstance(row, Page):
        publications = row.publications.select_related("revision").order_by("-at")[:MOST_SHOWN]
        lines += [Line(p.at, p.made_by_name, p.why, _published(p)) for p in publications]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _what(state: Revision | RowVersion) -> str:
    if isinstance(state, Revision):
        return _("Revision %(number)d saved") % {"number": state.number}
    return _("Deleted") if state.is_deletion else _("Saved")


def _looks(state: Revision | RowVersion) -> str:
    return preview_link(state) if isinstance(state, Revision) else ""


def _published(publication: Publication) -> str:
    if publication.revision is None:
        return _("Taken off")
    return _("Revision %(number)d live from here on") % {"number": publication.revision.number}


def _chosen(
    request: HttpRequest, row: models.Model, states: Sequence[Revision | RowVersion]
) -> tuple[Any, Any]:
    """The two to compare: those that were asked for, else what readers get and the latest, or the
    latest and the one before."""
    by_number = {str(state.pk): state for state in states}
    before, after = (by_number.get(request.GET.get(name, "")) for name in ("before", "after"))
    if before and after:
        return before, after
    if not states:
        return None, None
    live = live_publication(row) if isinstance(row, Page) else None
    if live and live.revision and live.revision != states[0]:
        return live.revision, states[0]
    return states[min(1, len(states) - 1)], states[0]


def _compared(row: models.Model, before: Any, after: Any) -> list[Difference]:
    if isinstance(row, Page):
        return differences(before.content, after.content)
    return row_differences(type(row), before.content, after.content)


def _version(model: type[models.Model], object_id: str, version: str) -> Revision | RowVersion:
    pk, row_id = number_from(version), number_from(object_id)
    if pk is None or row_id is None:
        raise Http404
    if model is Page:
        return get_object_or_404(Revision, pk=pk, page_id=row_id)
    return get_object_or_404(RowVersion, pk=pk, model=model._meta.model_name, row_id=row_id)
