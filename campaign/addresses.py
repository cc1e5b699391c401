"""Addresses of pages: which a page may have."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from campaign.models import Page
from campaign.models.pages import REPORT_SLUG

# Pages that the site cannot do without, by their addresses: the first page, the words above the
# feedback form and beside the cookie settings, and the one that is never counted. They stay where
# they are, and published.
FIXED = {"", "feedback", "cookies", REPORT_SLUG}


def refuse_unfit_address(page: Page) -> None:
    """Raises ValidationError where the page would not be reachable, or a fixed page would go."""
    before = Page.objects.filter(pk=page.pk).values_list("slug", flat=True).first()
    if before in FIXED and page.slug != before:
        raise ValidationError({"slug": _("This page must keep its address.")})
    if page.slug in FIXED:
        return
    try:
        is_free = resolve(f"/{page.slug}/", settings.WHOLE_URLCONF).url_name == "page"
    except Resolver404:
        is_free = False
    if not is_free:
        raise ValidationError({"slug": _("This address belongs to another part of the site.")})
