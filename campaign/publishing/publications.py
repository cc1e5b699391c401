"""From when on readers get which revision of a page."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.addresses import FIXED, refuse_unfit_address
from campaign.models import Page, Publication, Revision
from campaign.publishing.content import made
from campaign.publishing.drafts import save_draft


@transaction.atomic
def publish(
    page: Page,
    by: Any,
    why: str = "",
    *,
    at: datetime.datetime | None = None,
    revision: Revision | None = None,
) -> Publication:
    """Shows the page to readers: its draft, or an earlier revision, now or from a moment on.

    Raises ValidationError where its address is taken, the moment has passed, or the page is
    deleted.
    """
    _refuse_deleted(page)
    if revision is None:
        revision = save_draft(page, by, why)
    refuse_unfit_address(made(Page, revision.content["page"], page.pk))
    _refuse_taken_address(page, revision.slug)
    return _plan(page, revision, by, why, at)


@transaction.atomic
def unpublish(
    page: Page, by: Any, why: str = "", *, at: datetime.datetime | None = None
) -> Publication:
    """Takes the page off, now or from a moment on. Raises ValidationError for a page that the
    site cannot do without, or a moment that has passed."""
    if page.slug in FIXED:
        raise ValidationError(_("The site cannot do without this page."))
    return _plan(page, None, by, why, at)


def cancel(publication: Publication) -> None:
    """Raises ValidationError where it has begun: what readers have seen stays on record."""
    if publication.at <= timezone.now():
        raise ValidationError(_("This has already begun."))
    publication.delete()


def live_publication(page: Page) -> Publication | None:
    return page.publications.live().select_related("revision").first()


def what_comes(page: Page) -> list[Publication]:
    """What is planned for it, the next first."""
    return list(page.publications.to_come().select_related("revision"))


def is_live(revision: Revision) -> bool:
    """Whether it is this one that readers get."""
    return Publication.objects.live().filter(revision=revision).exists()


def _refuse_deleted(page: Page) -> None:
    """Also where somebody has deleted it since it was read."""
    # Two who publish, or publish and delete, at the same moment come one after the other.
    pages = Page.objects.select_for_update().order_by("pk").values_list("pk", "deleted_at")
    if dict(pages)[page.pk]:
        raise ValidationError(_("This page is deleted. Bring it back first."))


def _plan(
    page: Page, revision: Revision | None, by: Any, why: str, at: datetime.datetime | None
) -> Publication:
    now = timezone.now()
    if at is not None and at <= now:
        raise ValidationError(_("This moment has passed: choose a later one, or publish now."))
    publication = Publication(page=page, revision=revision, at=at or now)
    publication.signed_by(by, why)
    publication.save()
    return publication


def _refuse_taken_address(page: Page, slug: str) -> None:
    """Another page must not be there now, nor come there later."""
    others = Publication.objects.exclude(page=page).filter(revision__slug=slug)
    if others.live().exists() or others.to_come().exists():
        raise ValidationError(_("Another page has this address."))
