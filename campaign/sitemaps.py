from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from campaign.models import Page


class PageSitemap(Sitemap):
    """Every published page."""

    def items(self) -> QuerySet[Page]:
        return Page.objects.published()

    def lastmod(self, item: Page):
        return item.checked_on
