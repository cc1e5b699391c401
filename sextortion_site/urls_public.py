"""The addresses of a process for readers: no admin, and nothing below /staff/."""

from django.urls import re_path

from sextortion_site.staff.views import not_here
from sextortion_site.urls import HEALTH, PUBLIC

urlpatterns = [
    *HEALTH,
    # Before the pages, so that none can stand at this address.
    re_path(r"^staff/", not_here),
    *PUBLIC,
]

handler400 = "campaign.views.bad_request"
handler404 = "campaign.views.page_not_found"
handler500 = "campaign.views.server_error"
