"""Every address of the whole site. `campaign` comes last: its pages take any single word.

A process that serves readers alone has those of urls_public.py, one for staff alone those of
urls_staff.py.
"""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from campaign.sitemaps import PageSitemap
from sextortion_site import well_known
from sextortion_site.delivery import health
from sextortion_site.safe_exit.views import leave

HEALTH = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
STAFF = [
    path("staff/", admin.site.urls),
]
PUBLIC = [
    path("leave/", leave, name="leave"),
    path("robots.txt", well_known.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PageSitemap}}, name="sitemap"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("", include("campaign.urls")),
]

urlpatterns = [*HEALTH, *STAFF, *PUBLIC]

handler400 = "campaign.views.bad_request"
handler404 = "campaign.views.page_not_found"
handler500 = "campaign.views.server_error"
