"""Deleting a page, which keeps all that was ever written on it, and bringing it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from campaign.models import Page
from campaign.publishing.drafts import save_draft
from campaign.publishing.publications import unpublish


@transaction.atomic
def delete_page(page: Page, by: Any, why: str = "") -> None:
    """Takes the page off and puts it away; its address is free.

    Raises ValidationError for a page that the site cannot do without.
    """
    save_draft(page, by, why)
    unpublish(page, by, why)
    page.publications.to_come().delete()
    page.deleted_at = timezone.now()
    page.save(update_fields=["deleted_at"])


def bring_back(page: Page) -> None:
    """Makes it a draft again, which readers do not get until it is published.

    Raises ValidationError where another page has its address by now.
    """
    page.deleted_at = None
    page.validate_constraints()
    page.save(update_fields=["deleted_at"])
