"""The boxes of the staff's first page. The settings name who draws them: the site knows no app."""

import logging

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

logger = logging.getLogger(__name__)


def panels(request: HttpRequest) -> list[SafeString]:
    """Every panel that has something for this account, in the order of the settings."""
    drawn = (_draw(name, request) for name in settings.STAFF_PANELS)
    return [panel for panel in drawn if panel]


def _draw(name: str, request: HttpRequest) -> SafeString:
    """A panel that fails says so in its place; the others stand as they are."""
    try:
        # What the database refuses to one panel it still answers to the next.
        with transaction.atomic():
            return import_string(name)(request)
    except Exception as error:
        # Not what the error says: that might hold somebody's words.
        logger.error("The panel %s could not be drawn: %s", name, type(error).__name__)
        return render_to_string("staff/panels/failed.html")
