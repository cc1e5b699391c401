"""Pictures that editors put on pages, and the files that readers get of them.

What was uploaded is not kept: campaign/images/ makes the files anew, and only they are stored.
They lie in the database, which the processes for staff and for readers share.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.models.fields import given

# Pixels. The small file is for phones; a picture that is narrower has no second file.
WIDEST, SMALL = 1280, 640
DESCRIBED_OR_DECORATIVE = _(
    "Write an alternative text, or say that the picture is decorative; not both."
)


class ImageKind(models.TextChoices):
    AVIF = "avif", "AVIF"
    WEBP = "webp", "WebP"


class Image(models.Model):
    """A picture. Its pixels never change: another picture is another row, at another address."""

    title = models.CharField(
        _("title"),
        max_length=80,
        help_text=_("For editors, to find it again. Readers never see it."),
    )
    alternative = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_(
            "What somebody who cannot see the picture should know: what it shows that matters on"
            " the page, in a sentence. Not “Picture of”. Repeat words that stand in the picture."
        ),
    )
    is_decorative = models.BooleanField(
        _("is decorative"),
        default=False,
        help_text=_("It says nothing that the text does not say: screen readers pass over it."),
    )
    digest = models.CharField(_("address"), max_length=32, unique=True, editable=False)
    width = models.PositiveSmallIntegerField(_("width"), editable=False)
    height = models.PositiveSmallIntegerField(_("height"), editable=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("account"),
        null=True,
        editable=False,
        related_name="+",
    )
    # Stays when the account goes.
    added_by_name = models.CharField(_("added by"), max_length=150, blank=True, editable=False)

    class Meta:
        ordering = ["-added_at", "-id"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            given("title"),
            given("digest"),
            models.CheckConstraint(
                condition=Q(is_decorative=True, alternative="")
                | (Q(is_decorative=False) & ~Q(alternative="")),
                name="%(class)s_is_described_or_decorative",
                violation_error_message=DESCRIBED_OR_DECORATIVE,
            ),
            models.CheckConstraint(
                condition=Q(width__range=(1, WIDEST), height__gte=1),
                name="%(class)s_has_a_size",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """The constraint above names no field; an editor is told at one."""
        if self.is_decorative == bool(self.alternative.strip()):
            raise ValidationError({"alternative": DESCRIBED_OR_DECORATIVE})

    def widths(self) -> list[int]:
        """Of its files, in pixels."""
        return [*([SMALL] if self.width > SMALL else []), self.width]

    def file_name(self, kind: str, width: int) -> str:
        suffix = "" if width == self.width else f"-{width}"
        return f"{self.digest}{suffix}.{kind}"

    def address(self, kind: str, width: int) -> str:
        """Where readers get the file of that kind and width."""
        return reverse("picture", settings.WHOLE_URLCONF, [self.file_name(kind, width)])


class ImageFile(models.Model):
    """One file of a picture, in a table of its own: lists of pictures need not read it."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=4, choices=ImageKind.choices)
    name = models.CharField(max_length=41, unique=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("file of a picture")
        verbose_name_plural = _("files of pictures")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ImageKind.values), name="%(class)s_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(content=b""), name="%(class)s_holds_something"),
        ]

    def __str__(self) -> str:
        return self.name
