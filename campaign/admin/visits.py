from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext

from campaign.models import Visit
from campaign.visit_statistics import PERIODS, USUAL_PERIOD, visit_statistics
from sextortion_site.staff.model_admin import StaffModelAdmin


@admin.register(Visit)
class VisitAdmin(StaffModelAdmin):
    """All visits together, in pictures; nobody sees, changes or deletes a single one."""

    def get_urls(self) -> list[URLPattern]:
        # No other screen has an address, so that a single visit cannot be asked for.
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="campaign_visit_changelist")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Visits"),
            "periods": PERIODS,
            "statistics": visit_statistics(self._days(request), timezone.localdate()),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "campaign/visits/statistics.html", context)

    def _days(self, request: HttpRequest) -> int:
        """The period that was asked for; the usual one, with a word about it, if there is none."""
        asked = request.GET.get("days", str(USUAL_PERIOD))
        for days in PERIODS:
            if asked == str(days):
                return days
        message = gettext("There is no such period: these are the last %(days)d days.")
        self.message_user(request, message % {"days": USUAL_PERIOD}, messages.WARNING)
        return USUAL_PERIOD
