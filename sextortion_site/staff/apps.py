from typing import ClassVar

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
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
    public_grants: ClassVar[dict[str, list[str]]] = {
        "AuditEntry": [],
        "SignInTries": [],
        "StaffLink": [],
    }

    staff_roles = {
        "auditor": ["view_auditentry"],
        "administrator": ["view_account", "add_account", "change_account"],
    }

    def ready(self) -> None:
        # Each connects its signals.
        from sextortion_site.staff import rights  # noqa: F401
        from sextortion_site.staff.roles import bring_up_to_date
        from sextortion_site.staff.sign_in import on_record  # noqa: F401

        post_migrate.connect(bring_up_to_date, sender=self)
