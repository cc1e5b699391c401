"""Sealed reports."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reporting.models.hours import this_hour


class State(models.TextChoices):
    """How far a report has come; the reporter sees it with their code."""

    RECEIVED = "received", _("Received")
    OPENED = "opened", _("Opened")
    PASSED_ON = "passed_on", _("Passed to an officer")
    CLOSED = "closed", _("Closed")


class Report(models.Model):
    """One report. Nothing of it can be read without a private key, its urgency included.

    The process that takes reports in may insert rows, and see ``id``, ``state`` and the hour of
    arrival, which it shows to the reporter; no more.
    """

    # From the journey's secret, so that a report that is sent twice is stored once.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    arrived_at = models.DateTimeField(_("hour of arrival"), default=this_hour, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RECEIVED
    )
    # Something about how it was sent looks like a machine. Read all the same, after the others.
    is_unchecked = models.BooleanField(_("unchecked"), default=False)
    # Names of the keys that open it, so that a key is kept as long as a report needs it.
    team_key_id = models.CharField(max_length=32, editable=False, db_index=True)
    identity_key_id = models.CharField(max_length=32, editable=False, db_index=True)
    recovery_key_id = models.CharField(max_length=32, editable=False)
    envelope = models.BinaryField()
    retain_until = models.DateField(_("kept until"))

    class Meta:
        ordering = ["arrived_at", "id"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(condition=~Q(envelope=b""), name="report_envelope_is_given"),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="report_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(retain_until__gt=F("arrived_at")), name="report_is_kept_for_a_while"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
