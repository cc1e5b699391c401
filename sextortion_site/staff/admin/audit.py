import json
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sextortion_site.staff.actions import actions, words_of
from sextortion_site.staff.model_admin import StaffModelAdmin
from sextortion_site.staff.models import AuditEntry


class ActionFilter(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        found = [(action, str(words)) for action, words in actions().items()]
        return sorted(found, key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(StaffModelAdmin):
    """To be read by auditors; nobody adds, changes or deletes here."""

    list_display = ["number", "at", "what", "account_name", "about"]
    # No date_hierarchy: it reads the whole trail for its years.
    list_filter = ["at", ActionFilter, "account_name"]
    search_fields = ["account_name", "about"]
    list_per_page = 100
    show_full_result_count = False  # a trail grows long
    fields: ClassVar[list[Any]] = [
        "number",
        "at",
        "what",
        "account_name",
        "about",
        "in_detail",
        "previous",
        "hash",
    ]
    readonly_fields = fields

    @admin.display(description=_("what"), ordering="action")
    def what(self, entry: AuditEntry) -> str:
        return words_of(entry.action)

    @admin.display(description=_("detail"))
    def in_detail(self, entry: AuditEntry) -> str:
        return json.dumps(entry.detail, ensure_ascii=False)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
