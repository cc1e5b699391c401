"""Shared rows that need no source, and the topics."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext

from campaign.admin.words import WordsAdmin
from campaign.models import Resource, Tip, Topic, WarningSign


class PositionForm(forms.ModelForm):
    """A row of the list, whose place can be typed; Django gives such a field no label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = gettext("Position of: %(row)s") % {"row": self.instance}
        self.fields["position"].widget.attrs["aria-label"] = label


class SharedRowAdmin(WordsAdmin):
    list_display = ["title", "position"]
    list_editable = ["position"]
    list_filter = ["topics"]
    search_fields = ["key", "title"]
    filter_horizontal = ["topics"]
    prepopulated_fields = {"key": ["title"]}

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **{"form": PositionForm, **kwargs})


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
    prepopulated_fields = {"slug": ["name"]}
