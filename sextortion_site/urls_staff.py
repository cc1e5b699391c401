"""The addresses of a process for staff: the admin and the pictures, and no page for readers.

The error pages are Django's views with the templates of templates/staff_role/.
"""

from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView

from campaign.urls import pictures
from sextortion_site import well_known
from sextortion_site.urls import HEALTH, STAFF

urlpatterns = [
    *HEALTH,
    *STAFF,
    *pictures,
    path("robots.txt", well_known.robots_keep_out, name="robots"),
    path("", RedirectView.as_view(url=settings.STAFF_PREFIX)),
]
