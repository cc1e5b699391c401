"""What was written, when it is shown, and who did it why."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.models.pages import Page
from campaign.querysets import PublicationQuerySet
from sextortion_site.staff.moments import moment


class Signed(models.Model):
    """Something that a member of staff did. The name stays when the account goes."""

    made_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("account"),
        null=True,
        editable=False,
        related_name="+",
    )
    made_by_name = models.CharField(_("who"), max_length=150, blank=True, editable=False)
    why = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def signed_by(self, account: Any, why: str = "") -> None:
        """``account`` None: the site itself, such as when it loads its first content."""
        self.made_by = account
        self.made_by_name = account.get_username() if account else ""
        self.why = why


class Revision(Signed):
    """A page with its sections, as it stood when a draft was saved. Never changed afterwards."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    # As in the content; a column of its own, since readers' addresses are looked up by it.
    slug = models.SlugField(_("address"), blank=True)
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["page", "-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="revision_number_is_unique")
        ]

    def __str__(self) -> str:
        return str(_("%(title)s, revision %(number)d")) % {
            "title": self.content["page"]["title"],
            "number": self.number,
        }


class Publication(Signed):
    """From when on readers get a revision of a page, or, without one, nothing.

    What is live is found by asking for the time: a moment that was set comes without anybody
    doing anything.
    """

    page = models.ForeignKey(Page, models.CASCADE, related_name="publications")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="publications")
    at = models.DateTimeField(_("from"))

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        indexes = [models.Index(fields=["page", "at"], name="publication_of_page_at")]

    def __str__(self) -> str:
        what = self.revision or _("%(title)s, taken off") % {"title": self.page.title}
        return f"{what}, {moment(self.at)}"


class RowVersion(Signed):
    """A shared row or the site settings as they were saved, or as they were when deleted."""

    model = models.CharField(_("kind"), max_length=30)  # a model's name in small letters
    row_id = models.PositiveBigIntegerField()
    name = models.CharField(_("name"), max_length=300)
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    is_deletion = models.BooleanField(_("deleted"), default=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        indexes = [models.Index(fields=["model", "row_id"], name="rowversion_of_row")]

    def __str__(self) -> str:
        return f"{self.name}, {moment(self.made_at)}"
