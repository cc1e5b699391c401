from django.conf import settings
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class StaffSite(AdminSite):
    """The place where the force's staff sign in and work."""

    site_header = _("Campaign site: staff")
    site_title = _("Staff")
    index_title = _("What would you like to change?")
    site_url = f"{settings.PUBLIC_URL}/"
    enable_nav_sidebar = False
