"""What stands on a page: sections of a few kinds, and their entries, in order."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models.fields import RichTextField, one_of
from campaign.models.images import Image
from campaign.models.pages import Page
from campaign.models.shared import Topic


class SectionKind(models.TextChoices):
    TEXT = "text", _("Text")
    CALLOUT = "callout", _("Callout: one important thing")
    STEPS = "steps", _("Numbered steps")
    CHECKLIST = "checklist", _("Checklist")
    THEY_SAY = "they_say", _("They say / what is true")
    CHAT = "chat", _("Chat story")
    MESSAGES = "messages", _("Messages to copy")
    TABLE = "table", _("Table")
    IMAGE = "image", _("Picture")
    DOORS = "doors", _("Links to other pages")
    SERVICES = "services", _("List of services")
    ROUTES = "routes", _("List of ways to report")
    FIGURES = "figures", _("List of figures")
    LAWS = "laws", _("List of laws")
    APPS = "apps", _("List of app guides")
    SIGNS = "signs", _("List of warning signs")
    TIPS = "tips", _("List of tips")
    RESOURCES = "resources", _("List of resources")
    PRACTICE = "practice", _("Practice: how leaving looks")


# Kinds that list shared rows, and the model whose rows they list.
LISTED_MODELS = {
    SectionKind.SERVICES: "service",
    SectionKind.ROUTES: "route",
    SectionKind.FIGURES: "figure",
    SectionKind.LAWS: "law",
    SectionKind.APPS: "appguide",
    SectionKind.SIGNS: "warningsign",
    SectionKind.TIPS: "tip",
    SectionKind.RESOURCES: "resource",
}
# Kinds that hold nothing beside their body.
PLAIN_KINDS = (SectionKind.TEXT, SectionKind.CALLOUT, SectionKind.PRACTICE, SectionKind.IMAGE)
# Kinds that may do without a heading.
BARE_KINDS = (SectionKind.TEXT, SectionKind.CALLOUT, SectionKind.IMAGE)


class Age(models.TextChoices):
    ANY = "any", _("Everybody")
    UNDER_18 = "under_18", _("Under 18")
    ADULT = "adult", _("18 or over")


class Section(models.Model):
    """A part of a page, of one kind. Its kind is also the name of its template."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    kind = models.CharField(
        _("kind"), max_length=10, choices=SectionKind.choices, default=SectionKind.TEXT
    )
    heading = models.CharField(_("heading"), max_length=120, blank=True)
    body = RichTextField(_("text"), blank=True)
    age = models.CharField(
        _("for readers"),
        max_length=10,
        choices=Age.choices,
        default=Age.ANY,
        help_text=_("Neighbouring parts for under 18 and for 18 or over become two boxes to tap."),
    )
    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        help_text=_("For lists: which rows. Empty: all of them."),
    )
    image = models.ForeignKey(
        Image,
        models.PROTECT,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        related_name="sections",
        help_text=_("For pictures only. The text is what stands below it."),
    )
    columns = models.CharField(
        _("columns"),
        max_length=120,
        blank=True,
        help_text=_("For tables: the headings, with | between them."),
    )
    to_confirm = models.TextField(
        _("still to confirm"),
        blank=True,
        help_text=_("What must be checked or signed off. Staff only."),
    )

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            one_of("kind", SectionKind),
            one_of("age", Age),
            models.CheckConstraint(
                condition=~Q(heading="", body="") | Q(kind=SectionKind.IMAGE),
                name="%(class)s_says_something",
                violation_error_message=_("A section needs a heading or a text."),
            ),
            models.CheckConstraint(
                condition=~Q(heading="") | Q(kind__in=BARE_KINDS),
                name="%(class)s_has_heading",
                violation_error_message=_(
                    "Only texts, callouts and pictures may do without a heading."
                ),
            ),
            models.CheckConstraint(
                condition=Q(topic=None) | Q(kind__in=list(LISTED_MODELS)),
                name="%(class)s_topic_only_on_lists",
                violation_error_message=_("Only lists have a topic."),
            ),
            models.CheckConstraint(
                condition=Q(kind=SectionKind.IMAGE, image__isnull=False)
                | (~Q(kind=SectionKind.IMAGE) & Q(image=None)),
                name="%(class)s_image_only_on_pictures",
                violation_error_message=_("Choose a picture; only sections of that kind have one."),
            ),
            models.CheckConstraint(
                condition=(Q(kind=SectionKind.TABLE) & Q(columns__contains="|"))
                | (~Q(kind=SectionKind.TABLE) & Q(columns="")),
                name="%(class)s_columns_only_on_tables",
                violation_error_message=_("A table needs two columns or more; others have none."),
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.get_kind_display()

    def clean(self) -> None:
        """The entries that it has fit its kind, which may have changed."""
        if self.pk is None:
            return
        for entry in self.entries.all():
            entry.section = self
            try:
                entry.clean()
            except ValidationError as error:
                message = _("Change or delete its entries first (%(entry)s): %(why)s")
                why = {"entry": entry, "why": error.messages[0]}
                raise ValidationError({"kind": message % why}) from error

    @property
    def template_name(self) -> str:
        return f"campaign/sections/{self.kind}.html"

    @property
    def column_names(self) -> list[str]:
        return cells(self.columns)


class Speaker(models.TextChoices):
    NOBODY = "", _("Nobody")
    THEM = "them", _("Them")
    YOU = "you", _("You")


class Entry(models.Model):
    """One step, one tick, one bubble, one row, one door: a part of a section."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="entries")
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    lead = models.CharField(
        _("first words"),
        max_length=300,
        blank=True,
        help_text=_(
            "The step, what they say, the link's words, or a table's cells with | between."
        ),
    )
    text = RichTextField(_("text"), blank=True)
    speaker = models.CharField(
        _("speaker"), max_length=4, choices=Speaker.choices, blank=True, help_text=_("Chats only.")
    )
    page = models.ForeignKey(
        Page,
        models.PROTECT,
        verbose_name=_("leads to"),
        null=True,
        blank=True,
        related_name="doors",
        help_text=_("Links to other pages only."),
    )

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            one_of("speaker", Speaker),
            models.CheckConstraint(
                condition=~Q(lead="", text=""),
                name="%(class)s_says_something",
                violation_error_message=_("An entry needs some words."),
            ),
        ]

    def __str__(self) -> str:
        return self.lead or str(_("Entry"))

    @property
    def cells(self) -> list[str]:
        return cells(self.lead)

    def clean(self) -> None:
        """The entry fits the kind of its section."""
        kind = self.section.kind
        if kind in LISTED_MODELS or kind in PLAIN_KINDS:
            raise ValidationError(_("A section of this kind has no entries."))
        if (kind == SectionKind.DOORS) != (self.page_id is not None):
            raise ValidationError(_("Links to other pages, and only they, lead to a page."))
        if (kind == SectionKind.CHAT) != bool(self.speaker):
            raise ValidationError(_("Chat stories, and only they, have a speaker."))
        if kind == SectionKind.TABLE and len(self.cells) != len(self.section.column_names):
            raise ValidationError(_("A row has as many cells as the table has columns."))


def cells(line: str) -> list[str]:
    """A table's line, in cells.

    >>> cells("Instead of | Say")
    ['Instead of', 'Say']
    """
    return [cell.strip() for cell in line.split("|")]
