"""Pages, their sections and the sections' entries."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaign.addresses import FIXED, refuse_unfit_address
from campaign.admin.dated import DatedAdmin, OverdueFilter, UnconfirmedFilter
from campaign.admin.words import WordsAdmin, WordsForm
from campaign.length import length_and_reading_age
from campaign.models import Entry, Page, Section
from campaign.publishing.content import draft_words


class PageForm(WordsForm):
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.instance.slug = data.get("slug", self.instance.slug)
        try:
            refuse_unfit_address(self.instance)
        except ValidationError as error:
            self.add_error(None, error)
        return data


class SectionInline(admin.StackedInline):
    model = Section
    form = WordsForm
    extra = 0
    show_change_link = True
    fields = [
        ("position", "kind", "age"),
        "heading",
        "body",
        "image",
        ("topic", "columns"),
        "to_confirm",
    ]


class EntryInline(admin.StackedInline):
    model = Entry
    fk_name = "section"
    form = WordsForm
    extra = 0
    fields = ["position", "lead", "text", ("speaker", "page")]
    autocomplete_fields = ["page"]


def shown_at(page: Page) -> str:
    """Where readers find the page: here, or where another process serves them."""
    return f"{settings.PUBLIC_URL}{page.words_address}"


@admin.register(Page)
class PageAdmin(DatedAdmin):
    form = PageForm
    list_display = [
        "title",
        "position",
        "address",
        "reader",
        "length",
        "checked_on",
        "is_in_time",
    ]
    list_editable = ["position"]
    list_filter = [OverdueFilter, "reader", "group"]
    search_fields = ["title", "slug", "summary", "sections__heading", "sections__body"]
    prepopulated_fields = {}
    readonly_fields = ["length"]
    inlines = [SectionInline]
    fieldsets = [
        (None, {"fields": ["title", "summary", "length"]}),
        (
            _("Where it stands"),
            {
                "fields": [
                    ("slug", "menu_label"),
                    ("reader", "group", "position"),
                    ("is_in_menu", "shows_address"),
                    "picture",
                ]
            },
        ),
        (_("Who keeps it right"), {"fields": ["owner", ("checked_on", "check_again_on")]}),
    ]

    def view_on_site(self, page: Page) -> str:
        return shown_at(page)

    @admin.display(description=_("address"), ordering="slug")
    def address(self, page: Page) -> str:
        return page.get_absolute_url()

    @admin.display(description=_("length and reading age"))
    def length(self, page: Page) -> str:
        """As the page stands now, so that an editor sees what a change did after saving."""
        if page.pk is None:
            return gettext("Shown once the page is saved.")
        measured = length_and_reading_age(draft_words(page))
        words = ngettext("%d word", "%d words", measured.words) % measured.words
        return gettext("%(words)s, reading age %(age)d") % {"words": words, "age": measured.age}

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        is_fixed = obj is not None and obj.slug in FIXED
        return not is_fixed and super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        """Neither can a fixed page be deleted by the action on the list."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        protected += [str(page) for page in objs if page.slug in FIXED]
        return deleted, counts, missing, protected


@admin.register(Section)
class SectionAdmin(WordsAdmin):
    """Reached from its page; holds the section's entries."""

    list_display = ["__str__", "page", "kind", "age", "position"]
    list_filter = [UnconfirmedFilter, "kind", "page"]
    search_fields = ["heading", "body", "to_confirm", "entries__lead", "entries__text"]
    autocomplete_fields = ["page", "topic"]
    inlines = [EntryInline]
    fields = ["page", *SectionInline.fields]

    def view_on_site(self, section: Section) -> str:
        return shown_at(section.page)
