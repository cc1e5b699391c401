"""Addresses of pages: a page that moves leaves a redirect behind."""

from django.db import transaction

from campaign.models import OldAddress, Page


@transaction.atomic
def save_page(page: Page) -> None:
    """Saves the page and, where its address has changed, keeps the old one leading to it."""
    before = Page.objects.filter(pk=page.pk).values_list("slug", flat=True).first()
    page.save()
    # The page's own address must not redirect, though it may have been an old one.
    OldAddress.objects.filter(slug=page.slug).delete()
    if before and before != page.slug:
        OldAddress.objects.update_or_create(slug=before, defaults={"page": page})


def page_that_moved(slug: str) -> Page | None:
    """The published page that once had this address."""
    return Page.objects.published().filter(old_addresses__slug=slug).first()
