"""Adds what the admin's frame needs to the pages of accounts, which are not the admin's own."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest


def staff(request: HttpRequest) -> dict[str, Any]:
    if not request.path_info.startswith(f"{settings.STAFF_PREFIX}account/"):
        return {}
    return admin.site.each_context(request) | {"is_nav_sidebar_enabled": False}
