"""Drafts: the rows of a page as they stand, each state of which is kept as a revision."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from campaign.models import Entry, Page, Revision, Section
from campaign.publishing.content import Content, content_of, fill


@transaction.atomic
def save_draft(page: Page, by: Any, why: str = "") -> Revision:
    """Keeps the page's rows as they stand; the latest revision where nothing has changed.

    ``by`` is an account, or None for the site itself.
    """
    # One at a time, so that numbers follow each other.
    page = Page.objects.select_for_update().get(pk=page.pk)
    content, latest = content_of(page), latest_revision(page)
    if latest and latest.content == content:
        return latest
    number = latest.number + 1 if latest else 1
    revision = Revision(page=page, number=number, slug=page.slug, content=content)
    revision.signed_by(by, why)
    revision.save()
    return revision


def latest_revision(page: Page) -> Revision | None:
    return page.revisions.order_by("-number").first()


@transaction.atomic
def restore(revision: Revision, by: Any, why: str = "") -> Revision:
    """Makes the draft what this revision says, as a new revision. Raises ValidationError where
    that breaks a rule of today, and leaves everything as it was."""
    page = Page.objects.select_for_update().get(pk=revision.page_id)
    fill(page, revision.content["page"])
    page.full_clean()
    page.save()
    _put_sections(page, revision.content["sections"])
    why = why or _("Restored from revision %(number)d") % {"number": revision.number}
    return save_draft(page, by, why)


def _put_sections(page: Page, contents: list[Content]) -> None:
    """Rows that are still there are changed, so that what leads to them still does."""
    kept = [_put(Section, content, page=page) for content in contents]
    for section, content in zip(kept, contents, strict=True):
        entries = [_put(Entry, entry, section=section) for entry in content["entries"]]
        section.entries.exclude(pk__in=[entry.pk for entry in entries]).delete()
    page.sections.exclude(pk__in=[section.pk for section in kept]).delete()


def _put(model: Any, content: Content, **owner: Any) -> Any:
    row = model.objects.filter(pk=content["id"], **owner).first() or model(**owner)
    fill(row, content)
    row.full_clean(exclude=list(owner), validate_constraints=True)
    row.save()
    return row
