"""Facts with their sources."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.admin.appearances import AppearancesAdmin
from campaign.admin.dated import DatedAdmin, OverdueFilter, UnconfirmedFilter
from campaign.admin.positions import PositionsAdmin
from campaign.admin.row_forms import RowForm
from campaign.models import AppGuide, Figure, Law, Route, Service
from campaign.models.dated import CheckedFact
from campaign.uses import mention_of, uses_of

PLACE = (_("Where it stands"), {"fields": ["key", "mentions", "appears_on", "topics", "position"]})
PROVENANCE = (
    _("How we know"),
    {
        "fields": [
            ("grade", "is_shown"),
            ("source", "source_url"),
            "owner",
            ("checked_on", "check_again_on"),
            "to_confirm",
        ]
    },
)


class FactForm(RowForm):
    """A figure that a text mentions cannot be hidden: the sentence would lose its number."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        row = self.instance
        would_hide = isinstance(row, Figure) and row.pk and not data.get("is_shown", True)
        if would_hide and (places := uses_of(row)):
            message = gettext("Change these texts first, which mention it: %(places)s")
            self.add_error("is_shown", message % {"places": ", ".join(places)})
        return data


class FactAdmin(PositionsAdmin, AppearancesAdmin, DatedAdmin):
    """The list shows what is overdue or unconfirmed; the form ends with the source."""

    words: ClassVar[list[str | tuple[str, ...]]] = []
    form = FactForm
    list_display = [
        "__str__",
        "position",
        "grade",
        "is_shown",
        "is_confirmed",
        "checked_on",
        "is_in_time",
    ]
    list_filter = [OverdueFilter, UnconfirmedFilter, "grade", "is_shown", "topics"]
    search_fields = ["key", "name", "source", "to_confirm"]

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": self.words}), PLACE, PROVENANCE]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        # Texts mention the row by its key.
        return ["mentions", "appears_on", "key"] if obj else ["mentions", "appears_on"]

    def get_deleted_objects(self, objs, request):
        """A row that a text mentions cannot be deleted; the text has to change first."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        for row in objs:
            protected += [f"{place}: {mention_of(row)}" for place in uses_of(row)]
        return deleted, counts, missing, protected

    @admin.display(description=_("in a text"))
    def mentions(self, row: CheckedFact) -> str:
        """What to write in a text, and which pages and rows do."""
        if row.pk is None or not mention_of(row):
            return "-"
        places = ", ".join(uses_of(row))
        where = gettext("In: %(places)s") % {"places": places} if places else gettext("Nowhere.")
        return f"{mention_of(row)}. {where}"

    @admin.display(boolean=True, description=_("confirmed"), ordering="to_confirm")
    def is_confirmed(self, row: CheckedFact) -> bool:
        return not row.to_confirm


CONTACT: list[str | tuple[str, ...]] = [
    ("phone", "text_number", "text_keyword"),
    ("email", "url"),
    ("hours", "cost"),
]


@admin.register(Service)
class ServiceAdmin(FactAdmin):
    list_display = [*FactAdmin.list_display[:1], "phone", *FactAdmin.list_display[1:]]
    words = [("name", "kind"), "who_for", "about", *CONTACT]
    prepopulated_fields = {"key": ["name"]}


@admin.register(Route)
class RouteAdmin(FactAdmin):
    list_display = ServiceAdmin.list_display
    words = ["name", "when", "about", *CONTACT, "is_anonymous"]
    prepopulated_fields = {"key": ["name"]}


@admin.register(Figure)
class FigureAdmin(FactAdmin):
    words = ["value", "label", "period", "caveat"]
    search_fields = ["key", "value", "label", "source", "to_confirm"]


@admin.register(Law)
class LawAdmin(FactAdmin):
    words = ["name", "what_they_did", "law", "max_sentence", "in_force_on", "about"]
    prepopulated_fields = {"key": ["name"]}


@admin.register(AppGuide)
class AppGuideAdmin(FactAdmin):
    words = ["name", "how_to_report", "how_to_block", "how_to_hide", "url"]
    prepopulated_fields = {"key": ["name"]}
