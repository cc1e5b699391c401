from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "sextortion_site"
    label = "site"
    verbose_name = "Site"

    def ready(self) -> None:
        from sextortion_site import checks  # noqa: F401 - registers the checks
