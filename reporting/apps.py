from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"
    label = "reporting"
    verbose_name = _("What the public tells the police")

    # For print_grants. A report can be handed in, and not read again: what is told of it is that
    # it is there and how far it has come.
    public_grants = {
        "Report": ["INSERT", "SELECT (id, state)"],
        "Mailbox": ["INSERT", "SELECT"],
        "Message": ["INSERT", "SELECT"],
    }

    def ready(self) -> None:
        from reporting import checks  # noqa: F401 - registers the checks
