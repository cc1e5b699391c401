from django.contrib.sitemaps import Sitemap

from campaign.models import Page
from campaign.publishing.live import live_pages


class PageSitemap(Sitemap):
    """Every published page, where its words are."""

    def items(self) -> list[Page]:
        return live_pages()

    def location(self, item: Page) -> str:
        return item.words_address

    def lastmod(self, item: Page):
        return item.checked_on
