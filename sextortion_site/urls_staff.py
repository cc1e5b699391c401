"""The addresses of a process for staff: the admin and the pictures, and no page for readers.

The error pages are those of templates/staff_role/, for whoever is at work in the staff's frame.
"""

from django.conf import settings
from django.urls import path
from django.views import defaults
from django.views.generic import RedirectView

from campaign.urls import pictures
from sextortion_site import well_known
from sextortion_site.staff.error_pages import or_for_staff
from sextortion_site.urls import HEALTH, STAFF

urlpatterns = [
    *HEALTH,
    *STAFF,
    *pictures,
    path("robots.txt", well_known.robots_keep_out, name="robots"),
    path("", RedirectView.as_view(url=settings.STAFF_PREFIX)),
]

handler400 = or_for_staff(400, defaults.bad_request)
handler403 = or_for_staff(403, defaults.permission_denied)
handler404 = or_for_staff(404, defaults.page_not_found)
handler500 = or_for_staff(500, defaults.server_error)
