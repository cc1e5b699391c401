"""Shared rows that need no source, and the topics."""

from django.contrib import admin

from campaign.admin.appearances import AppearancesAdmin
from campaign.admin.positions import PositionsAdmin
from campaign.admin.rows import RowAdmin
from campaign.models import Resource, Tip, Topic, WarningSign
from campaign.uses import listings_of


class SharedRowAdmin(PositionsAdmin, AppearancesAdmin):
    list_display = ["title", "position"]
    list_filter = ["topics"]
    search_fields = ["key", "title"]
    prepopulated_fields = {"key": ["title"]}

    def get_readonly_fields(self, request, obj=None):
        return ["key", "appears_on"] if obj else ["appears_on"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields


@admin.register(WarningSign)
class WarningSignAdmin(SharedRowAdmin):
    fields = ["title", "text", "key", "topics", "position", "appears_on"]


@admin.register(Tip)
class TipAdmin(SharedRowAdmin):
    fields = ["title", "text", "key", "topics", "position", "appears_on"]


@admin.register(Resource)
class ResourceAdmin(SharedRowAdmin):
    list_display = ["title", "kind", "publisher", "position"]
    list_filter = ["kind", "topics"]
    fields = [
        "title",
        "kind",
        "publisher",
        "url",
        "about",
        "key",
        "topics",
        "position",
        "appears_on",
    ]


@admin.register(Topic)
class TopicAdmin(RowAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]

    def get_deleted_objects(self, objs, request):
        """A topic that a page lists for readers stays, also where the draft has none of it."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        for topic in objs:
            protected += listings_of(topic)
        return deleted, counts, missing, protected

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}
