from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from campaign.models import Feedback
from sextortion_site.staff import audit
from sextortion_site.staff.model_admin import StaffModelAdmin


@admin.register(Feedback)
class FeedbackAdmin(StaffModelAdmin):
    """To be read and, when it is done with, deleted; never written or changed."""

    list_display = ["arrived_at", "__str__"]
    search_fields = ["message"]
    date_hierarchy = "arrived_at"
    readonly_fields = ["arrived_at", "message"]

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """Django's own log would keep the words that were to go."""
        for row in queryset:
            about = f"feedback {row.pk}"
            audit.record("campaign.feedback_deleted", by=request.user, about=about)
        return []

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
