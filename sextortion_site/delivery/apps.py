from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "sextortion_site.delivery"
    label = "delivery"
    verbose_name = "Delivery of pages"

    def ready(self) -> None:
        from sextortion_site.delivery import checks  # noqa: F401 - registers the checks
