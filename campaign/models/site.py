from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models.fields import WebAddressField, given, phone_number, web_address
from sextortion_site.safe_exit.destination import validate_destination


class SiteSettings(models.Model):
    """The one row of what the force says about itself and its site."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    site_name = models.CharField(
        _("name of the site"),
        max_length=60,
        help_text=_("Stands at the top of every page and in the browser's title."),
    )
    force_name = models.CharField(_("name of the force"), max_length=80)
    area = models.CharField(_("area"), max_length=80)
    force_url = WebAddressField(_("the force's own site"))
    emergency_phone = models.CharField(
        _("number in an emergency"), max_length=20, default="999", validators=[phone_number]
    )
    police_phone = models.CharField(
        _("number otherwise"), max_length=20, default="101", validators=[phone_number]
    )
    crisis_text = models.CharField(
        _("crisis line"),
        max_length=200,
        help_text=_("Stands before the crisis services at the top of every page."),
    )
    is_beta = models.BooleanField(_("show the beta notice"), default=True)
    beta_notice = models.CharField(_("beta notice"), max_length=160, blank=True)
    leave_url = WebAddressField(
        _("where “Leave this site” goes"),
        blank=True,
        validators=[validate_destination],
        help_text=_("A dull, everyday page on another site. Empty: the usual weather page."),
    )
    to_confirm = models.TextField(_("still to confirm"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("site settings")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="%(class)s_is_one_row"),
            given("site_name"),
            given("force_name"),
            web_address("force_url"),
            web_address("leave_url"),
        ]

    def __str__(self) -> str:
        return self.site_name
