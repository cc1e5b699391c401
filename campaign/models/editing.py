from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.models.pages import Page


class Editing(models.Model):
    """Somebody has the form of a page open; true for a minute after they were last seen."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("who is editing")
        constraints = [
            models.UniqueConstraint(fields=["page", "account"], name="editing_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.account}"
