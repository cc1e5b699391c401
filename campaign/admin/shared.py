"""Shared rows that need no source, and the topics."""

from django.contrib import admin

from campaign.admin.words import WordsAdmin
from campaign.models import Resource, Tip, Topic, WarningSign


class SharedRowAdmin(WordsAdmin):
    list_display = ["title", "position"]
    list_editable = ["position"]
    list_filter = ["topics"]
    search_fields = ["key", "title"]
    filter_horizontal = ["topics"]
    prepopulated_fields = {"key": ["title"]}

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields


@admin.register(WarningSign)
class WarningSignAdmin(SharedRowAdmin):
    fields = ["title", "text", "key", "topics", "position"]


@admin.register(Tip)
class TipAdmin(SharedRowAdmin):
    fields = ["title", "text", "key", "topics", "position"]


@admin.register(Resource)
class ResourceAdmin(SharedRowAdmin):
    list_display = ["title", "kind", "publisher", "position"]
    list_filter = ["kind", "topics"]
    fields = ["title", "kind", "publisher", "url", "about", "key", "topics", "position"]


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}
