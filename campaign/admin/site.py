from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.admin.rows import RowAdmin
from campaign.models import SiteSettings

EVERY_PAGE = [("emergency_phone", "police_phone"), "crisis_text", "is_beta", "beta_notice"]


@admin.register(SiteSettings)
class SiteSettingsAdmin(RowAdmin):
    """One row: it can be changed, and neither added to nor deleted."""

    fieldsets = [
        (None, {"fields": ["site_name", ("force_name", "area"), "force_url"]}),
        (
            _("On every page"),
            {
                "fields": [
                    ("emergency_phone", "police_phone"),
                    "crisis_text",
                    "is_beta",
                    "beta_notice",
                ]
            },
        ),
        (_("Leaving"), {"fields": ["leave_url"]}),
        (_("Staff only"), {"fields": ["to_confirm"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not SiteSettings.objects.exists() and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None):
        if SiteSettings.objects.exists():
            return HttpResponseRedirect(
                reverse("admin:campaign_sitesettings_change", args=[SiteSettings.ONLY])
            )
        return super().changelist_view(request, extra_context)
