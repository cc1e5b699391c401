"""Questions asked of the tables, as words."""

import datetime
from typing import Self

from django.db import models
from django.utils import timezone


class DatedQuerySet(models.QuerySet):
    def overdue(self, on: datetime.date | None = None) -> Self:
        """Rows whose next check was due by that day (today where none is given)."""
        return self.filter(check_again_on__lte=on or timezone.localdate())


class FactQuerySet(DatedQuerySet):
    def shown(self) -> Self:
        """Rows that readers may see."""
        return self.filter(is_shown=True)

    def unconfirmed(self) -> Self:
        """Rows with something that somebody has yet to confirm."""
        return self.exclude(to_confirm="")


class PageQuerySet(DatedQuerySet):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def with_words(self) -> Self:
        """With sections, entries and what they point to, in a fixed number of queries."""
        return self.prefetch_related("sections__topic", "sections__entries__page")
