"""Pages, their sections and the sections' entries."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaign.addresses import save_page
from campaign.admin.dated import DatedAdmin, OverdueFilter, UnconfirmedFilter
from campaign.admin.words import WordsAdmin, WordsForm
from campaign.length import length_and_reading_age
from campaign.models import Entry, OldAddress, Page, Section


class SectionInline(admin.StackedInline):
    model = Section
    form = WordsForm
    extra = 0
    show_change_link = True
    fields = [("position", "kind", "age"), "heading", "body", ("topic", "columns"), "to_confirm"]


class EntryInline(admin.StackedInline):
    model = Entry
    fk_name = "section"
    form = WordsForm
    extra = 0
    fields = ["position", "lead", "text", ("speaker", "page")]
    autocomplete_fields = ["page"]


@admin.register(Page)
class PageAdmin(DatedAdmin):
    list_display = [
        "title",
        "address",
        "reader",
        "length",
        "is_published",
        "checked_on",
        "is_in_time",
    ]
    list_filter = [OverdueFilter, "reader", "group", "is_published"]
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
                    ("is_in_menu", "shows_address", "is_published"),
                    "picture",
                ]
            },
        ),
        (_("Who keeps it right"), {"fields": ["owner", ("checked_on", "check_again_on")]}),
    ]

    @admin.display(description=_("address"), ordering="slug")
    def address(self, page: Page) -> str:
        return page.get_absolute_url()

    @admin.display(description=_("length and reading age"))
    def length(self, page: Page) -> str:
        """As the page stands now, so that an editor sees what a change did after saving."""
        if page.pk is None:
            return gettext("Shown once the page is saved.")
        measured = length_and_reading_age(page)
        words = ngettext("%d word", "%d words", measured.words) % measured.words
        return gettext("%(words)s, reading age %(age)d") % {"words": words, "age": measured.age}

    def save_model(self, request: HttpRequest, obj: Page, form, change: bool) -> None:
        save_page(obj)


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
        return section.page.get_absolute_url()


@admin.register(OldAddress)
class OldAddressAdmin(admin.ModelAdmin):
    list_display = ["slug", "page"]
    search_fields = ["slug"]
    autocomplete_fields = ["page"]
