"""What signing in keeps: tries that failed, and links that let somebody in once."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignInTries(models.Model):
    """How often signing in has failed for an account since it last worked. No address is kept:
    the lock is the account's, and nobody else in the house is locked out."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="sign_in_tries"
    )
    number = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_at = models.DateTimeField(_("last try"), default=timezone.now)
    # Of an app with codes, counted from 1970 in steps of 30 seconds: its code was used.
    last_step = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("tries to sign in")

    def __str__(self) -> str:
        return f"{self.account}: {self.number}"


class LinkKind(models.TextChoices):
    FIRST = "first", _("First administrator")
    INVITATION = "invitation", _("Invitation")
    RECOVERY = "recovery", _("Recovery")


class StaffLink(models.Model):
    """Lets the owner of an account choose a password, once. The token itself is not kept."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=LinkKind.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by_name = models.CharField(_("made by"), max_length=150, blank=True)
    expires_at = models.DateTimeField(_("works until"))
    used_at = models.DateTimeField(_("used"), null=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=LinkKind.values), name="stafflink_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account}"
