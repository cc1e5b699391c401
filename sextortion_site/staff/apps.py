from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """The Django admin with this site's name and start page."""

    default_site = "sextortion_site.staff.site.StaffSite"
