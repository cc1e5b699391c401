"""The reporter's side of a report: found by reference and code, and sealed to that code."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reporting.models.hours import this_hour
from reporting.models.reports import Report


class Mailbox(models.Model):
    """What the reference and the six words open. A table of its own, so that the process that
    looks codes up cannot read reports."""

    report = models.OneToOneField(
        Report, models.CASCADE, primary_key=True, related_name="mailbox", editable=False
    )
    # A keyed hash of the reference. Two reports may share a reference, so it is not unique.
    lookup = models.CharField(max_length=64, db_index=True, editable=False)
    salt = models.BinaryField()
    verifier = models.BinaryField()
    public_key = models.BinaryField()
    # The private key, locked under the key that the code gives.
    sealed_key = models.BinaryField()

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        constraints = [
            models.CheckConstraint(condition=~Q(lookup=""), name="mailbox_lookup_is_given"),
        ]

    def __str__(self) -> str:
        return str(self.report_id)


class Message(models.Model):
    """One message between a reporter and the officers, sealed to both."""

    # Given by the sender's form, so that a message that is sent twice is stored once.
    message_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="messages", editable=False)
    is_from_reporter = models.BooleanField()
    sent_at = models.DateTimeField(_("hour of sending"), default=this_hour, editable=False)
    for_team = models.BinaryField()
    for_reporter = models.BinaryField()

    class Meta:
        # Within one hour the number, which grows, tells what came first.
        ordering = ["id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=~Q(for_team=b"") & ~Q(for_reporter=b""), name="message_is_given"
            ),
        ]

    def __str__(self) -> str:
        return str(self.message_id)
