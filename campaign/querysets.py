"""Questions asked of the tables, as words."""

import datetime
from typing import Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone


class FactQuerySet(models.QuerySet):
    def shown(self) -> Self:
        """Rows that readers may see."""
        return self.filter(is_shown=True)


class PageQuerySet(models.QuerySet):
    def kept(self) -> Self:
        """Pages that nobody has deleted."""
        return self.filter(deleted_at=None)

    def with_words(self) -> Self:
        """With sections and entries, in a fixed number of queries."""
        return self.prefetch_related("sections__entries")


class PublicationQuerySet(models.QuerySet):
    def live(self, at: datetime.datetime | None = None) -> Self:
        """What readers get at that moment, now unless another is named: at most one a page."""
        begun = self.model._default_manager.filter(
            page=OuterRef("page"), at__lte=at or timezone.now()
        )
        latest = begun.order_by("-at", "-id").values("pk")[:1]
        return self.filter(pk=Subquery(latest)).exclude(revision=None)

    def to_come(self) -> Self:
        return self.filter(at__gt=timezone.now())
