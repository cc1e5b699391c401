"""The addresses of a process for readers: no admin, and nothing below /staff/."""

from django.urls import re_path

from sextortion_site.staff.views import not_here
from sextortion_site.urls import HEALTH, PUBLIC, handler400, handler404, handler500

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *HEALTH,
    # Before the pages, so that none can stand at this address.
    re_path(r"^staff/", not_here),
    *PUBLIC,
]
