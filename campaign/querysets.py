"""Questions asked of the tables, as words."""

from typing import Self

from django.db import models


class FactQuerySet(models.QuerySet):
    def shown(self) -> Self:
        """Rows that readers may see."""
        return self.filter(is_shown=True)


class PageQuerySet(models.QuerySet):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def with_words(self) -> Self:
        """With sections, entries and what they point to, in a fixed number of queries."""
        return self.prefetch_related("sections__topic", "sections__entries__page")
