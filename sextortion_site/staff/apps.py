from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class StaffAdminConfig(AdminConfig):
    """The Django admin with this site's name and start page."""

    default_site = "sextortion_site.staff.site.StaffSite"


class StaffConfig(AppConfig):
    """Who may sign in, what they may do, and what they did."""

    name = "sextortion_site.staff"
    label = "staff"
    verbose_name = _("Staff")

    # For print_grants. What staff do is none of the readers' process's business.
    public_grants = {"AuditEntry": []}
