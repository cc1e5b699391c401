from typing import Any, ClassVar

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

    # For the audit trail: what staff do here, in words.
    staff_actions: ClassVar[dict[str, Any]] = {
        "staff.signed_in": _("Signed in"),
        "staff.signed_out": _("Signed out"),
        "staff.timed_out": _("Was signed out after doing nothing, or after 12 hours"),
        "staff.sign_in_failed": _("Signing in failed"),
        "staff.locked_out": _("Account locked after failures"),
        "staff.unlocked": _("Unlocked an account"),
        "staff.password_changed": _("Changed their password"),
        "staff.second_factor_added": _("Set up a second step"),
        "staff.second_factor_removed": _("Took a second step off"),
        "staff.recovery_codes_made": _("Made new recovery codes"),
        "staff.invited": _("Made an invitation"),
        "staff.recovery_link_made": _("Made a recovery link"),
        "staff.link_used": _("Used a link and chose a password"),
        "staff.rights_changed": _("Changed roles"),
        "staff.account_renamed": _("Changed a name for signing in"),
        "staff.account_opened": _("Opened an account"),
        "staff.account_closed": _("Closed an account"),
        "staff.account_deleted": _("Deleted an account"),
    }

    def ready(self) -> None:
        # Each connects its signals.
        from sextortion_site.staff import rights  # noqa: F401
        from sextortion_site.staff.roles import bring_up_to_date
        from sextortion_site.staff.sign_in import on_record  # noqa: F401

        post_migrate.connect(bring_up_to_date, sender=self)
