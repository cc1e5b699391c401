from django.apps import AppConfig
from django.db.backends.sqlite3.features import DatabaseFeatures


class SiteConfig(AppConfig):
    name = "sextortion_site"
    label = "site"
    verbose_name = "Site"

    def ready(self) -> None:
        from sextortion_site import checks  # noqa: F401 - registers the checks

        # Django asks SQLite in its checks of fields whether it knows JSON. A database that cannot
        # be opened would end them there with a traceback, before the check that names
        # DATABASE_URL. Every SQLite that comes with Python 3.11 and later knows it.
        DatabaseFeatures.supports_json_field = True  # type: ignore[assignment]
