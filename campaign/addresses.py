"""Addresses of pages: which a page may have, and what becomes of the one it had."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from campaign.models import OldAddress, Page
from campaign.models.pages import REPORT_SLUG

# Pages that the site cannot do without, by their addresses: the first page, the words above the
# feedback form and beside the cookie settings, and the one that is never counted. They stay where
# they are, published.
FIXED = {"", "feedback", "cookies", REPORT_SLUG}


def refuse_unfit_address(page: Page) -> None:
    """Raises ValidationError where the page would not be reachable, or a fixed page would go."""
    before = Page.objects.filter(pk=page.pk).values_list("slug", flat=True).first()
    if before in FIXED and page.slug != before:
        raise ValidationError({"slug": _("This page must keep its address.")})
    if page.slug in FIXED:
        if not page.is_published:
            raise ValidationError({"is_published": _("The site cannot do without this page.")})
        return
    try:
        is_free = resolve(f"/{page.slug}/", settings.WHOLE_URLCONF).url_name == "page"
    except Resolver404:
        is_free = False
    if not is_free:
        raise ValidationError({"slug": _("This address belongs to another part of the site.")})


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
