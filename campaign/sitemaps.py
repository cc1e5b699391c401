from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from campaign.models import Page


class PageSitemap(Sitemap):
    """Every published page, where its words are."""

    def items(self) -> QuerySet[Page]:
        return Page.objects.published()

    def location(self, item: Page) -> str:
        return item.words_address

    def lastmod(self, item: Page):
        return item.checked_on
