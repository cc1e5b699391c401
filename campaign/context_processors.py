"""Adds ``frame`` to every template."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from campaign.frame import frame as read_frame


def frame(request: HttpRequest) -> dict[str, object]:
    """The frame of public pages; read when a template first asks, so the admin never does."""
    return {"frame": SimpleLazyObject(read_frame), "site_url": settings.SITE_URL}
