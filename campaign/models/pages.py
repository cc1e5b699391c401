"""Pages and the addresses that lead to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.models.dated import Dated
from campaign.models.fields import given, one_of
from campaign.querysets import PageQuerySet


class Reader(models.TextChoices):
    YOUNG = "young", _("Young people")
    PARENT = "parent", _("Parents and carers")
    SCHOOL = "school", _("Schools and colleges")
    ANYONE = "anyone", _("Anyone")


class Group(models.TextChoices):
    """Under which heading the list of all pages, at the foot of each page, has this one."""

    NOW = "now", _("If it is happening")
    KNOW = "know", _("How it works")
    OTHERS = "others", _("For others")
    ABOUT = "about", _("About this site")


class Picture(models.TextChoices):
    NONE = "", _("None")
    DOOR = "door", _("An open door")
    TALK = "talk", _("Two people talking")
    PHONE = "phone", _("A phone")
    SHIELD = "shield", _("A shield")
    PATH = "path", _("A path")
    HANDS = "hands", _("Hands")
    LETTER = "letter", _("A letter")
    SCHOOL = "school", _("A school")


# The page about reporting, whose address is that of the form. What is read there is counted
# nowhere.
REPORT_SLUG = "report"


class Page(Dated):
    """One address of the public site, as a draft: readers get the revision that is live."""

    slug = models.SlugField(
        _("address"),
        blank=True,
        help_text=_("The word after the slash. The home page has none. An old address leads here."),
    )
    title = models.CharField(_("title"), max_length=70)
    menu_label = models.CharField(_("name in menus"), max_length=30)
    summary = models.CharField(
        _("summary"),
        max_length=160,
        help_text=_("Shown when a link is shared. It must not give away why somebody shares it."),
    )
    reader = models.CharField(_("written for"), max_length=10, choices=Reader.choices)
    group = models.CharField(_("group"), max_length=10, choices=Group.choices)
    is_in_menu = models.BooleanField(_("in the main menu"), default=False)
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Lower numbers come first.")
    )
    shows_address = models.BooleanField(
        _("shows its address"),
        default=False,
        help_text=_("For pages that people share by copying the address bar."),
    )
    picture = models.CharField(_("picture"), max_length=10, choices=Picture.choices, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, editable=False)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            *Dated.Meta.constraints,
            given("title"),
            given("menu_label"),
            one_of("reader", Reader),
            one_of("group", Group),
            one_of("picture", Picture),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(deleted_at=None),
                name="page_address_is_unique",
                violation_error_message=_("Another page has this address."),
            ),
        ]
        permissions = [("publish_page", _("Can publish pages and take them off"))]

    def __str__(self) -> str:
        return self.title

    @property
    def is_counted(self) -> bool:
        """Whether visits to it may be counted, with the reader's consent."""
        return self.slug != REPORT_SLUG

    @property
    def picture_template(self) -> str:
        return f"pictures/{self.picture}.svg"

    @property
    def words_address(self) -> str:
        """Where its words are read: those on reporting stand beside the form at the address."""
        if self.slug == REPORT_SLUG:
            return reverse("report-other-ways", settings.WHOLE_URLCONF)
        return self.get_absolute_url()

    def get_absolute_url(self) -> str:
        whole = settings.WHOLE_URLCONF  # a staff process has addresses of its own
        return reverse("page", whole, [self.slug]) if self.slug else reverse("home", whole)
