from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "sextortion_site.consent"
    label = "consent"
    verbose_name = "Cookies and consent"

    def ready(self) -> None:
        from sextortion_site.consent import checks  # noqa: F401 - registers the checks
