"""What the admins of shared rows need: they are live once saved, keep a history of their own, and
come back after they were deleted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from campaign.admin.history import HistoryScreens
from campaign.admin.row_forms import RowForm
from campaign.admin.words import WordsAdmin, why_of
from campaign.models import RowVersion
from campaign.publishing.rows import keep_version
from campaign.publishing.versions import keep_first
from sextortion_site.staff import audit


class RowAdmin(HistoryScreens, WordsAdmin):
    comes_back = True  # after it was deleted
    when_live = _("What you save here is live at once, on every page that shows it.")
    form = RowForm

    def get_urls(self) -> list[Any]:
        if not self.comes_back:
            return super().get_urls()
        name = f"campaign_{self.model._meta.model_name}_deleted"
        return [
            path("deleted/", self.admin_site.admin_view(self.deleted_view), name=name),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if isinstance(form, RowForm):
            for warning in form.warnings:
                messages.warning(request, warning)

    def keep_before(self, row: models.Model) -> None:
        keep_first(row)

    def keep(self, request: HttpRequest, row: models.Model, is_deletion: bool = False) -> None:
        keep_version(row, request.user, why_of(request), is_deletion)
        action = "campaign.row_deleted" if is_deletion else "campaign.row_changed"
        audit.record(action, by=request.user, about=f"{row._meta.model_name} {row.pk}")

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """Rows that are gone, each as it was last."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        there = self.model._default_manager.values("pk")
        gone = RowVersion.objects.filter(model=self.model._meta.model_name, is_deletion=True)
        latest = gone.exclude(row_id__in=there).order_by("row_id", "-id")
        rows = {version.row_id: version for version in reversed(latest)}
        context = self._context(request, None) | {
            "title": say("Deleted: %(what)s") % {"what": self.model._meta.verbose_name_plural},
            "versions": list(rows.values()),
            "can_restore": request.user.has_perm(f"campaign.change_{self.model._meta.model_name}"),
        }
        return render(request, "admin/campaign/deleted.html", context)
