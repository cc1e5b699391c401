"""Questions asked of the tables, as words."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
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

    def with_state(self) -> Self:
        """With the latest revision's number, moment and maker, the number of the one that is live,
        since when, and when the next change comes."""
        publications: Any = self._of_page("publications")
        begun = publications.begun().order_by("-at", "-id")
        to_come = publications.to_come().order_by("at", "id")
        revisions = self._of_page("revisions").order_by("-number")
        return self.annotate(
            latest_number=Subquery(revisions.values("number")[:1]),
            latest_at=Subquery(revisions.values("made_at")[:1]),
            latest_by=Subquery(revisions.values("made_by_name")[:1]),
            live_number=Subquery(begun.values("revision__number")[:1]),
            live_since=Subquery(begun.values("at")[:1]),
            next_at=Subquery(to_come.values("at")[:1]),
        )

    def waiting(self) -> Self:
        """Pages whose latest words readers have never got; after with_state. Also those that are
        live with older words again; not those that were taken off as they stand."""
        publications: Any = self._of_page("publications")
        shown = publications.begun().filter(revision__number=OuterRef("latest_number"))
        is_older = Q(live_number__lt=models.F("latest_number"))
        is_new = Q(live_number=None) & ~Exists(shown)
        return self.filter(is_older | is_new, deleted_at=None)

    def _of_page(self, name: str) -> models.QuerySet:
        related: Any = self.model._meta.get_field(name).related_model
        return related._default_manager.filter(page=OuterRef("pk"))


class PublicationQuerySet(models.QuerySet):
    def live(self, at: datetime.datetime | None = None) -> Self:
        """What readers get at that moment, now unless another is named: at most one a page."""
        begun = self.model._default_manager.filter(
            page=OuterRef("page"), at__lte=at or timezone.now()
        )
        latest = begun.order_by("-at", "-id").values("pk")[:1]
        return self.filter(pk=Subquery(latest)).exclude(revision=None)

    def begun(self) -> Self:
        return self.filter(at__lte=timezone.now())

    def to_come(self) -> Self:
        return self.filter(at__gt=timezone.now())
