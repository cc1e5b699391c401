from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.models.fields import given


def this_hour():
    """Now, without minutes: enough to see a trend, too little to single out a visit."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)


class Feedback(models.Model):
    """What a reader thinks of the site: the words and the hour, and nothing about the reader."""

    MAX_LENGTH = 2000

    message = models.TextField(_("message"), max_length=MAX_LENGTH)
    arrived_at = models.DateTimeField(_("hour of arrival"), default=this_hour, editable=False)

    class Meta:
        ordering = ["-arrived_at", "-id"]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = [given("message")]

    def __str__(self) -> str:
        return self.message[:60]
