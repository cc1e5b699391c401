"""Rows that somebody must keep right: who, when last, when next, and by what source."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.models.fields import WebAddressField, given, one_of, web_address
from campaign.models.shared import SharedRow
from campaign.querysets import FactQuerySet


class Dated(models.Model):
    """Words with an owner and a date on which they were last checked."""

    owner = models.CharField(
        _("owner"), max_length=80, help_text=_("The role in the force that keeps this right.")
    )
    checked_on = models.DateField(
        _("last checked"),
        help_text=_("The last day on which somebody saw that this is so. Readers see it."),
    )
    check_again_on = models.DateField(_("check again on"))

    class Meta:
        abstract = True
        constraints = [
            given("owner"),
            models.CheckConstraint(
                condition=Q(check_again_on__gt=F("checked_on")),
                name="%(class)s_dates_in_order",
                violation_error_message=_("The next check must come after the last one."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": _("This day has not come yet.")})

    def is_overdue(self) -> bool:
        return self.check_again_on <= timezone.localdate()


class Grade(models.TextChoices):
    """How sure we are of a fact."""

    READ = "A", _("A: read on the named page")
    PARTLY = "B", _("B: partly read, or read on a copy")
    UNCHECKED = "C", _("C: general knowledge; not shown until it is checked")


class CheckedFact(SharedRow, Dated):
    """A shared row with a source. Grade C facts are never shown to readers."""

    source = models.CharField(_("source"), max_length=250, help_text=_("Who says so."))
    source_url = WebAddressField(_("address of the source"), max_length=400, blank=True)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade.choices)
    is_shown = models.BooleanField(_("shown to readers"), default=True)
    to_confirm = models.TextField(
        _("still to confirm"),
        blank=True,
        help_text=_("What must be checked or signed off before it may be shown. Staff only."),
    )

    objects = FactQuerySet.as_manager()

    class Meta(SharedRow.Meta):
        abstract = True
        constraints = [
            *Dated.Meta.constraints,
            given("source"),
            web_address("source_url"),
            one_of("grade", Grade),
            models.CheckConstraint(
                condition=Q(is_shown=False) | ~Q(grade="C"),
                name="%(class)s_grade_c_is_not_shown",
                violation_error_message=_("A fact of grade C cannot be shown: check it first."),
            ),
        ]
