from django.db import models
from django.utils.translation import gettext_lazy as _

from sextortion_site.staff.actions import words_of


class AuditEntry(models.Model):
    """Something that somebody on the staff did. The database lets nobody change or delete it.

    The account is a number and a name, not a row of its own: the entry outlives the account.
    Each entry holds the hash of the one before, so that a change made past the database is found
    by ``verify_audit``.
    """

    # Given by audit.record. An automatic key, since that is what SQLite calls rows by: with any
    # other, a row could be replaced by its second name.
    number = models.BigAutoField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"), db_index=True)
    action = models.CharField(_("what"), max_length=60, db_index=True)
    account_id = models.PositiveBigIntegerField(null=True, db_index=True)  # None: the site itself
    account_name = models.CharField(_("who"), max_length=150, blank=True)
    about = models.CharField(_("about"), max_length=200, blank=True)
    detail = models.JSONField(_("detail"), default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("entry of the audit trail")
        verbose_name_plural = _("audit trail")

    def __str__(self) -> str:
        return f"{self.number}: {words_of(self.action)}"
