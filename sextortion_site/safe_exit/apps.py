from django.apps import AppConfig


class SafeExitConfig(AppConfig):
    name = "sextortion_site.safe_exit"
    label = "safe_exit"
    verbose_name = "Leaving the site"

    def ready(self) -> None:
        from sextortion_site.safe_exit import checks  # noqa: F401 - registers the checks
