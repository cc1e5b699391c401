from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"
    label = "reporting"
    verbose_name = _("What the public tells the police")

    # For the roles of staff: that a report is there, and how far it has come. What it says is
    # sealed, and takes a key.
    staff_roles = {
        role: ["view_report"]
        for role in ("triage-officer", "case-officer", "safeguarding-lead", "records")
    }

    # For print_grants. A report can be handed in, and not read again: what is told of it is that
    # it is there, since which hour, and how far it has come. Of a message it is the reporter's
    # side alone.
    public_grants = {
        "Report": ["INSERT", "SELECT (id, arrived_at, state)"],
        "Mailbox": ["INSERT", "SELECT"],
        "Message": [
            "INSERT",
            "SELECT (id, message_id, mailbox_id, is_from_reporter, sent_at, for_reporter)",
        ],
    }

    def ready(self) -> None:
        from reporting import checks  # noqa: F401 - registers the checks
