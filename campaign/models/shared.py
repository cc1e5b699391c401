"""Rows that are written once and shown on every page that asks for them by topic."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models.fields import RichTextField, WebAddressField, one_of, web_address


class Topic(models.Model):
    """What shared rows are about; a section lists the rows of one topic."""

    slug = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name


class SharedRow(models.Model):
    """What all shared rows have: a key that never changes, topics and a place in the order."""

    key = models.SlugField(
        _("key"),
        unique=True,
        help_text=_("A short name that texts use to mention this row. Do not change it later."),
    )
    topics = models.ManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        help_text=_("Sections that list one of these topics show this row."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Lower numbers come first.")
    )

    class Meta:
        abstract = True
        ordering = ["position", "key"]


class WarningSign(SharedRow):
    """Something that a blackmailer does before the threat comes."""

    title = models.CharField(_("sign"), max_length=120)
    text = RichTextField(_("what it means"), blank=True)

    class Meta(SharedRow.Meta):
        verbose_name = _("warning sign")
        verbose_name_plural = _("warning signs")

    def __str__(self) -> str:
        return self.title


class Tip(SharedRow):
    """Advice for people who are not in trouble now. Tips never stand on help pages."""

    title = models.CharField(_("tip"), max_length=120)
    text = RichTextField(_("more about it"), blank=True)

    class Meta(SharedRow.Meta):
        verbose_name = _("tip")
        verbose_name_plural = _("tips")

    def __str__(self) -> str:
        return self.title


class ResourceKind(models.TextChoices):
    GUIDANCE = "guidance", _("Guidance")
    LESSON = "lesson", _("Lesson")
    POSTER = "poster", _("Poster")
    FILM = "film", _("Film")
    LETTER = "letter", _("Letter")


class Resource(SharedRow):
    """Something to use elsewhere: guidance, a lesson, a poster, a film, a letter."""

    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=10, choices=ResourceKind.choices)
    about = RichTextField(_("what it is"), blank=True)
    url = WebAddressField(_("address"), blank=True)
    publisher = models.CharField(_("publisher"), max_length=120)

    class Meta(SharedRow.Meta):
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [one_of("kind", ResourceKind), web_address("url")]

    def __str__(self) -> str:
        return self.title
