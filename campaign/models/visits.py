"""Counts of visits whose readers said yes to being counted: no address, no browser, no person."""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.models.feedback import this_hour
from campaign.models.fields import given
from sextortion_site.staff.moments import day, moment


def new_key() -> str:
    """A random name for a visit, of 128 bits."""
    return secrets.token_urlsafe(16)


class Visit(models.Model):
    """One visit of at most a day: the hour in which it began, and how far it came."""

    key = models.CharField(  # noqa: DJ001 - null: keys that are gone must not be equal
        _("key"),
        max_length=22,
        unique=True,
        null=True,
        default=new_key,
        editable=False,
        help_text=_("What the reader's browser holds for a day; it is then deleted here too."),
    )
    began_at = models.DateTimeField(_("hour of beginning"), default=this_hour, editable=False)
    landing = models.CharField(_("first page"), max_length=60)
    pages_read = models.PositiveSmallIntegerField(_("pages read"), default=0)
    has_reached_help = models.BooleanField(_("came to help"), default=False)
    has_gone_to_report = models.BooleanField(_("went on to reporting"), default=False)

    class Meta:
        ordering = ["-began_at", "-id"]
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [models.Index(fields=["began_at"], name="visit_began_at")]
        constraints = [given("landing")]

    def __str__(self) -> str:
        return f"{self.landing}, {moment(self.began_at)}"


class PageCount(models.Model):
    """How often a page was read on one day."""

    address = models.CharField(_("page"), max_length=60)
    day = models.DateField(_("day"), default=timezone.localdate)
    views = models.PositiveIntegerField(_("times read"), default=0)

    class Meta:
        ordering = ["-day", "address"]
        verbose_name = _("page count")
        verbose_name_plural = _("page counts")
        constraints = [
            given("address"),
            models.UniqueConstraint(fields=["address", "day"], name="%(class)s_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.address}, {day(self.day)}"
