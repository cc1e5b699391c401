"""Pages, their sections and the sections' entries: drafts, until they are published."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaign.addresses import FIXED, refuse_unfit_address
from campaign.admin.dated import DatedAdmin, OverdueFilter, UnconfirmedFilter
from campaign.admin.history import HistoryScreens
from campaign.admin.page_screens import PageScreens
from campaign.admin.words import VersionedForm, WordsAdmin, WordsInline, why_of
from campaign.editing import others_editing
from campaign.length import length_and_reading_age
from campaign.models import Entry, Page, Section
from campaign.publishing.content import draft_words, made
from campaign.publishing.deletion import delete_page
from campaign.publishing.drafts import save_draft
from campaign.publishing.publications import live_publication
from campaign.publishing.state import state_of
from campaign.publishing.versions import page_of_version
from sextortion_site.staff import audit
from sextortion_site.staff.moments import moment

# What the buttons of the form lead to, once the draft is saved.
BUTTONS = {
    f"_{name}": f"admin:campaign_page_{name}"
    for name in ("preview", "publish", "schedule", "unpublish")
}


class PageForm(VersionedForm):
    class Meta:
        error_messages: ClassVar = {
            "slug": {"invalid": _("Letters, digits and hyphens, such as tell-someone; no spaces.")}
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.instance.pk:  # nobody else can delete it from here on
            self.instance.refresh_from_db(fields=["deleted_at"])
        self.instance.slug = data.get("slug", self.instance.slug)
        try:
            refuse_unfit_address(self.instance)
        except ValidationError as error:
            self.add_error(None, error)
        return data


class SectionInline(WordsInline):
    model = Section
    show_change_link = True
    fields = [
        ("position", "kind", "age"),
        "heading",
        "body",
        "image",
        ("topic", "columns"),
        "to_confirm",
    ]


class EntryInline(WordsInline):
    model = Entry
    fk_name = "section"
    fields = ["position", "lead", "text", ("speaker", "page")]


def shown_at(page: Page) -> str | None:
    """Where readers find the page: here, or where another process serves them. None where they
    do not get it."""
    live = live_publication(page)
    if live is None or live.revision is None:
        return None
    shown = made(Page, live.revision.content["page"], page.pk)
    return f"{settings.PUBLIC_URL}{shown.words_address}"


class DeletedFilter(admin.SimpleListFilter):
    title = _("deleted")
    parameter_name = "deleted"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return [("yes", _("Deleted pages"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(deleted_at__isnull=self.value() != "yes")

    def choices(self, changelist: Any) -> Any:
        """Without the filter it is not all of them."""
        every, *others = super().choices(changelist)
        return [every | {"display": gettext("Pages that are not deleted")}, *others]


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return [
            ("draft", _("With a draft that readers do not see")),
            ("scheduled", _("Scheduled")),
            ("off", _("Not live")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() == "draft":
            return queryset.waiting()
        if self.value() == "scheduled":
            return queryset.exclude(next_at=None)
        if self.value() == "off":
            return queryset.filter(live_number=None)
        return queryset


@admin.register(Page)
class PageAdmin(PageScreens, HistoryScreens, DatedAdmin):
    form = PageForm
    list_display = [
        "title",
        "state",
        "changed",
        "address",
        "reader",
        "checked_on",
        "is_in_time",
    ]
    sortable_by = ["title", "changed", "reader", "checked_on", "is_in_time"]
    list_filter = [StateFilter, DeletedFilter, OverdueFilter, "reader", "group"]
    search_fields = ["title", "slug", "summary", "sections__heading", "sections__body"]
    after_checking = _("Readers see the new date once the page is published.")
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

    def get_actions(self, request: HttpRequest) -> Any:
        """What is deleted is brought back on its own form, and not deleted again."""
        actions = super().get_actions(request)
        if DeletedFilter.parameter_name in request.GET:
            actions.pop("delete_selected", None)
        return actions

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        pages: Any = super().get_queryset(request)
        return pages.with_state()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Page | None = None):
        return {} if obj else {"slug": ["title"]}

    def view_on_site(self, page: Page) -> str | None:
        return shown_at(page)

    @admin.display(description=_("changed"), ordering="latest_at")
    def changed(self, page: Any) -> str:
        when = moment(page.latest_at) if page.latest_at else ""
        return ", ".join(part for part in (when, page.latest_by) if part) or "-"

    @admin.display(description=_("address"))
    def address(self, page: Page) -> str:
        return page.get_absolute_url()

    @admin.display(description=_("state"))
    def state(self, page: Any) -> str:
        if page.deleted_at:
            return gettext("Deleted")
        words = gettext("Live") if page.live_number else gettext("Not live")
        if page.live_number and page.live_number != page.latest_number:
            words = gettext("Live, with a newer draft")
        return f"{words}, {gettext('scheduled')}" if page.next_at else words

    @admin.display(description=_("length and reading age"))
    def length(self, page: Page) -> str:
        """As the draft stands now, so that an editor sees what a change did after saving."""
        if page.pk is None:
            return gettext("Shown once the page is saved.")
        measured = length_and_reading_age(draft_words(page))
        words = ngettext("%d word", "%d words", measured.words) % measured.words
        return gettext("%(words)s, reading age %(age)d") % {"words": words, "age": measured.age}

    # --- saving ---

    def keep(self, request: HttpRequest, row: Any, is_deletion: bool = False) -> None:
        if not is_deletion:  # delete_page keeps it itself
            save_draft(row, request.user, why_of(request))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any):
        page = self.get_object(request, object_id)
        if page is not None:
            kwargs["extra_context"] = (kwargs.get("extra_context") or {}) | {
                "page_state": state_of(page),
                "others": self._others(request, page),
                "is_fixed": page.slug in FIXED,
                "may_publish": self.may_publish(request),
            }
        return super().change_view(request, object_id, *args, **kwargs)

    def _others(self, request: HttpRequest, page: Page) -> list[str]:
        """Whoever may only look is not editing."""
        may_edit = self.has_change_permission(request, page)
        return others_editing(page, request.user) if may_edit else []

    def response_add(self, request: HttpRequest, obj: Page, post_url_continue: Any = None):
        return self._next_screen(request, obj) or super().response_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Page) -> HttpResponse:
        if obj.deleted_at:
            return self._back_to_deleted(request, obj)
        return self._next_screen(request, obj) or super().response_change(request, obj)

    def _back_to_deleted(self, request: HttpRequest, page: Page) -> HttpResponse:
        when = moment(page.deleted_at) if page.deleted_at else ""
        message = gettext(
            "This page was deleted on %(when)s: readers do not get it. Your words are kept as its "
            "draft. %(how)s"
        )
        how = gettext("Press “Bring it back as a draft” here, then publish it.")
        if not request.user.has_perm("campaign.delete_page"):
            how = gettext("A publisher can bring it back.")
        messages.warning(request, message % {"when": when, "how": how})
        return HttpResponseRedirect(reverse("admin:campaign_page_change", args=[page.pk]))

    def _next_screen(self, request: HttpRequest, page: Page) -> HttpResponse | None:
        for button, screen in BUTTONS.items():
            if button in request.POST:
                return HttpResponseRedirect(reverse(screen, args=[page.pk]))
        return None

    # --- deleting: nothing is lost ---

    def delete_model(self, request: HttpRequest, obj: Page) -> None:
        delete_page(obj, request.user, why_of(request))
        audit.record("campaign.page_deleted", by=request.user, about=f"page {obj.pk}")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        for page in queryset:
            self.delete_model(request, page)

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        is_fixed = obj is not None and (obj.slug in FIXED or obj.deleted_at is not None)
        return not is_fixed and super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest):
        """The pages alone: their sections stay, for when they are brought back. A page that the
        site cannot do without is not deleted by the action on the list either."""
        fixed = [str(page) for page in objs if page.slug in FIXED]
        name = str(Page._meta.verbose_name_plural)
        return [str(page) for page in objs], {name: len(objs)}, set(), fixed


@admin.register(Section)
class SectionAdmin(WordsAdmin):
    """Reached from its page; holds the section's entries."""

    list_display = ["__str__", "page", "kind", "age", "position"]
    list_filter = [UnconfirmedFilter, "kind", "page"]
    search_fields = ["heading", "body", "to_confirm", "entries__lead", "entries__text"]
    inlines = [EntryInline]
    when_live = _("A part of a page's draft: readers get it once the page is published.")
    fields = ["page", *SectionInline.fields]

    def view_on_site(self, section: Section) -> str | None:
        return shown_at(section.page)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None):
        """A section's history is that of its page."""
        section = self.get_object(request, object_id)
        if section is None:
            raise Http404
        page = reverse("admin:campaign_page_history", args=[section.page_id])
        return HttpResponseRedirect(page)

    def as_new(self, posted: QueryDict) -> QueryDict:
        """On the page that it stood on."""
        page = page_of_version(str(posted["seen"]))
        if "page" in posted or page is None:
            return posted
        posted = posted.copy()
        posted["page"] = str(page.pk)
        return posted

    def get_readonly_fields(self, request: HttpRequest, obj: Section | None = None):
        return ["page"] if obj else []

    def keep(self, request: HttpRequest, row: Any, is_deletion: bool = False) -> None:
        if not is_deletion:
            save_draft(row.page, request.user, why_of(request))

    def delete_model(self, request: HttpRequest, obj: Section) -> None:
        super().delete_model(request, obj)
        save_draft(obj.page, request.user, why_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Section]) -> None:
        pages = list(Page.objects.filter(sections__in=queryset).distinct())
        super().delete_queryset(request, queryset)
        for page in pages:
            save_draft(page, request.user, why_of(request))

    def response_change(self, request: HttpRequest, obj: Section) -> HttpResponse:
        """Back to the page, unless there is more to write here."""
        if any(name in request.POST for name in ("_continue", "_addanother")):
            return super().response_change(request, obj)
        messages.success(request, _("The draft of %(page)s was saved.") % {"page": obj.page})
        return HttpResponseRedirect(reverse("admin:campaign_page_change", args=[obj.page_id]))
