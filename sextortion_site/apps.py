from typing import Any

from django.apps import AppConfig
from django.db import connection


class SiteConfig(AppConfig):
    name = "sextortion_site"
    label = "site"
    verbose_name = "Site"

    def ready(self) -> None:
        from sextortion_site import checks  # noqa: F401 - registers the checks

        # Django asks SQLite in its checks of fields whether it knows JSON. A database that cannot
        # be opened would end them there with a traceback, before the check that names
        # DATABASE_URL. Every SQLite that comes with Python 3.11 and later knows it.
        if connection.vendor == "sqlite":
            features: Any = type(connection.features)
            features.supports_json_field = True
