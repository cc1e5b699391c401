"""Lists of things that somebody must keep right: what is overdue, what is unconfirmed."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaign.admin.words import WordsAdmin
from campaign.models.dated import Dated


class OverdueFilter(admin.SimpleListFilter):
    title = _("check")
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return [("overdue", _("Overdue")), ("in-time", _("In time"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "overdue":
            return queryset.filter(check_again_on__lte=timezone.localdate())
        if self.value() == "in-time":
            return queryset.filter(check_again_on__gt=timezone.localdate())
        return queryset


class UnconfirmedFilter(admin.SimpleListFilter):
    title = _("still to confirm")
    parameter_name = "confirm"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return [("yes", _("Something to confirm")), ("no", _("Nothing to confirm"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "yes":
            return queryset.exclude(to_confirm="")
        if self.value() == "no":
            return queryset.filter(to_confirm="")
        return queryset


@admin.action(description=_("Checked today: still right"), permissions=["change"])
def checked_today(modeladmin: Any, request: HttpRequest, queryset: QuerySet) -> None:
    """Sets today as the day of the check, and the next as far ahead as it was last time."""
    today = timezone.localdate()
    rows, too_late = [], []
    for row in queryset:
        try:
            row.check_again_on = today + (row.check_again_on - row.checked_on)
        except OverflowError:
            too_late.append(f"“{row}”")
            continue
        rows.append(row)
        row.checked_on = today
        modeladmin.keep_before(row)
        row.save(update_fields=["checked_on", "check_again_on"])
        modeladmin.log_change(request, row, [{"changed": {"fields": ["checked_on"]}}])
    if too_late:
        refused = gettext(
            "Left as it was, since the next day would come after the year 9999: %(rows)s. Open it "
            "and choose the day on which to check it again."
        )
        messages.error(request, refused % {"rows": ", ".join(too_late)})
    if rows:
        message = ngettext("%d row was checked today.", "%d rows were checked today.", len(rows))
        done = f"{message % len(rows)} {modeladmin.after_checking}".strip()
        modeladmin.message_user(request, done)


class DatedAdmin(WordsAdmin):
    actions = [checked_today]
    after_checking: Any = ""  # what is still to do, in words
    date_hierarchy = "check_again_on"

    @admin.display(boolean=True, description=_("in time"), ordering="check_again_on")
    def is_in_time(self, row: Dated) -> bool:
        return not row.is_overdue()
