"""Every address of the whole site. `campaign` comes last: its pages take any single word.

A process that serves readers alone has those of urls_public.py, one for staff alone those of
urls_staff.py.
"""

from functools import partial

from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.defaults import permission_denied

from campaign import views
from campaign.models.pages import REPORT_SLUG
from campaign.preview import preview
from campaign.sitemaps import PageSitemap
from reporting.urls import addresses
from sextortion_site import well_known
from sextortion_site.delivery import health
from sextortion_site.safe_exit.views import leave
from sextortion_site.staff.error_pages import or_for_staff

HEALTH = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
STAFF = [
    path("staff/preview/<str:token>/", preview, name="preview"),
    path("staff/", include("sextortion_site.staff.urls")),
]
PUBLIC = [
    path("leave/", leave, name="leave"),
    path("robots.txt", well_known.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PageSitemap}}, name="sitemap"),
    path(".well-known/security.txt", well_known.security, name="security"),
    # What editors write about reporting stands beside the form, and in its place where it is off.
    path("", include(addresses(otherwise=partial(views.page, slug=REPORT_SLUG)))),
    path("report/other-ways/", views.page, {"slug": REPORT_SLUG}, name="report-other-ways"),
    path("", include("campaign.urls")),
]

urlpatterns = [*HEALTH, *STAFF, *PUBLIC]

handler400 = or_for_staff(400, views.bad_request)
handler403 = or_for_staff(403, permission_denied)
handler404 = or_for_staff(404, views.page_not_found)
handler500 = or_for_staff(500, views.server_error)
