"""Facts about the world outside, each with its source: helplines, ways to report, figures,
laws, and how to report and block in apps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models.dated import CheckedFact
from campaign.models.fields import (
    RichTextField,
    WebAddressField,
    given,
    one_of,
    phone_number,
    web_address,
)


class Contactable(CheckedFact):
    """A fact that says how to reach somebody."""

    phone = models.CharField(_("telephone"), max_length=20, blank=True, validators=[phone_number])
    text_number = models.CharField(
        _("text message to"), max_length=20, blank=True, validators=[phone_number]
    )
    text_keyword = models.CharField(_("word to text"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    url = WebAddressField(_("web address"), max_length=400, blank=True)
    hours = models.CharField(_("opening hours"), max_length=120, blank=True)
    cost = models.CharField(_("cost"), max_length=80, blank=True)

    class Meta(CheckedFact.Meta):
        abstract = True

    @property
    def host(self) -> str:
        """The web address as a person would say it: without scheme, www and path."""
        return self.url.split("/")[2].removeprefix("www.") if self.url else ""


class ServiceKind(models.TextChoices):
    CRISIS = "crisis", _("Crisis line")
    HELPLINE = "helpline", _("Helpline")
    TOOL = "tool", _("Removal tool")
    LOCAL = "local", _("Local service")


class Service(Contactable):
    """Somebody who helps: a helpline, a local service, a tool that gets pictures taken down."""

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=ServiceKind.choices)
    who_for = models.CharField(_("who it is for"), max_length=160)
    about = RichTextField(_("what you get"), blank=True)

    class Meta(Contactable.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            *CheckedFact.Meta.constraints,
            one_of("kind", ServiceKind),
            given("who_for"),
            web_address("url"),
        ]

    def __str__(self) -> str:
        return self.name


class Route(Contactable):
    """A way to report to the police or to those who work with them."""

    name = models.CharField(_("name"), max_length=80)
    when = models.CharField(_("when to use it"), max_length=200)
    about = RichTextField(_("how it works"), blank=True)
    is_anonymous = models.BooleanField(_("without giving a name"), default=False)

    class Meta(Contactable.Meta):
        verbose_name = _("way to report")
        verbose_name_plural = _("ways to report")
        constraints = [*CheckedFact.Meta.constraints, given("when"), web_address("url")]

    def __str__(self) -> str:
        return self.name


class Figure(CheckedFact):
    """A number with its date: what it counts, when, by whom."""

    value = models.CharField(_("figure"), max_length=40)
    label = models.CharField(_("what it counts"), max_length=250)
    period = models.CharField(_("when"), max_length=80)
    caveat = models.CharField(_("what to mind"), max_length=250, blank=True)

    class Meta(CheckedFact.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [*CheckedFact.Meta.constraints, given("value"), given("period")]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class Law(CheckedFact):
    """An offence, in plain words."""

    name = models.CharField(_("name"), max_length=120)
    what_they_did = models.CharField(_("what they did"), max_length=200)
    law = models.CharField(_("Act and section"), max_length=200)
    max_sentence = models.CharField(
        _("highest sentence"),
        max_length=120,
        blank=True,
        help_text=_("Leave empty until it is certain."),
    )
    about = RichTextField(_("in plain words"), blank=True)
    in_force_on = models.DateField(_("in force since"), null=True, blank=True)

    class Meta(CheckedFact.Meta):
        verbose_name = _("law")
        verbose_name_plural = _("laws")
        constraints = [*CheckedFact.Meta.constraints, given("law")]

    def __str__(self) -> str:
        return self.name


class AppGuide(CheckedFact):
    """How to report and block somebody in one app."""

    name = models.CharField(_("app"), max_length=60)
    how_to_report = RichTextField(_("how to report"))
    how_to_block = RichTextField(_("how to block"), blank=True)
    how_to_hide = RichTextField(_("how to hide your list of friends"), blank=True)
    url = WebAddressField(_("the app's own help page"), max_length=400, blank=True)

    class Meta(CheckedFact.Meta):
        verbose_name = _("app guide")
        verbose_name_plural = _("app guides")
        constraints = [*CheckedFact.Meta.constraints, given("how_to_report"), web_address("url")]

    def __str__(self) -> str:
        return self.name
