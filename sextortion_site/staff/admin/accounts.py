"""Accounts of staff: invited, given roles, let in again, switched off. Never deleted."""

from typing import Any

# These register what is taken off again below; whoever comes first imports them.
import allauth.account.admin
import allauth.mfa.admin  # noqa: F401 - see above
import django.contrib.auth.admin  # noqa: F401 - see above
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sextortion_site.staff import audit
from sextortion_site.staff.model_admin import StaffModelAdmin
from sextortion_site.staff.models import Account, LinkKind
from sextortion_site.staff.rights import give_roles, other_administrators, role_names
from sextortion_site.staff.roles import (
    ADMINISTRATOR,
    REPORT_ROLES,
    ROLE_WORDS,
    key_of,
    role_groups,
)
from sextortion_site.staff.sign_in import links, second_factor, tries

# Accounts have their own screen here; allauth's would show second factors' secrets.
admin.site.unregister([User, Group, EmailAddress, Authenticator])

TAKEN = _("Somebody else has this name.")
LAST_ADMINISTRATOR = _("This is the last administrator: make another one first.")


class RolesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Group) -> str:
        words = ROLE_WORDS[key_of(obj.name)]
        return format_html("<span><strong>{}</strong>: {}</span>", obj.name, words)


class AccountForm(forms.ModelForm):
    groups = RolesField(
        role_groups(),
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Report roles open what people have told the police. Each change is recorded."),
    )

    class Meta:
        model = Account
        fields = ["username", "email", "is_active", "groups"]
        labels = {"username": _("Name for signing in"), "is_active": _("May sign in")}
        help_texts = {
            "username": "",
            "email": _("For you to know whom to write to. This site sends no mail."),
            "is_active": _("Without it the account is closed at once, wherever it is signed in."),
        }

    def clean_username(self) -> str:
        """Two names that differ in small and capital letters alone would share one lock."""
        name: str = self.cleaned_data["username"]
        others = Account.objects.exclude(pk=self.instance.pk)
        if others.filter(username__iexact=name).exists():
            raise forms.ValidationError(TAKEN)
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.instance.pk and "groups" in self.fields and self._ends_administrator(data):
            raise forms.ValidationError(LAST_ADMINISTRATOR)
        return data

    def _ends_administrator(self, data: dict[str, Any]) -> bool:
        if ADMINISTRATOR not in role_names(self.instance):
            return False
        # Two administrators who close each other's account at once must not both succeed.
        Group.objects.select_for_update().get(name=ADMINISTRATOR)
        names = {group.name for group in data.get("groups", [])}
        stays = data.get("is_active", True) and ADMINISTRATOR in names
        return not stays and not other_administrators(self.instance).exists()


@admin.register(Account)
class AccountAdmin(StaffModelAdmin):
    form = AccountForm
    list_display = ["name", "roles", "has_second_factor", "last_login", "is_active"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username", "email"]
    ordering = ["username"]
    actions = None
    change_form_template = "staff/account_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fields(self, request: HttpRequest, obj: Account | None = None) -> list[Any]:
        fields = ["username", "email", "groups"]
        return fields if obj is None else [*fields, "is_active"]

    def get_readonly_fields(self, request: HttpRequest, obj: Account | None = None) -> list[str]:
        """Nobody gives themselves rights, or closes the door behind themselves."""
        return ["groups", "is_active"] if obj and obj.pk == request.user.pk else []

    @admin.display(description=_("name for signing in"), ordering="username")
    def name(self, account: Account) -> str:
        return account.get_username()

    @admin.display(description=_("roles"))
    def roles(self, account: Account) -> str:
        names = [group.name for group in account.groups.all()]
        return ", ".join(sorted(names)) or "-"

    @admin.display(boolean=True, description=_("second step"))
    def has_second_factor(self, account: Account) -> bool:
        return second_factor.has_one(account)

    def save_model(self, request: HttpRequest, obj: Account, form: Any, change: bool) -> None:
        obj.changed_by = request.user  # type: ignore[attr-defined]  # for the trail: see rights.py
        obj.is_staff = True
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if "groups" not in form.changed_data:
            return
        account, before = form.instance, set(role_names(form.instance))
        give_roles(account, form.cleaned_data["groups"], by=request.user)
        names = ", ".join(sorted(REPORT_ROLES & set(role_names(account)) - before))
        if names:
            said = _("From now on %(account)s can come to see reports: %(names)s.")
            messages.warning(request, said % {"account": account, "names": names})

    def response_add(self, request: HttpRequest, obj: Account, post_url_continue: Any = None):
        return self._show_link(request, obj, LinkKind.INVITATION)

    def get_urls(self) -> list[Any]:
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"staff_account_{name}",
            )
            for name, view in (("link", self.make_link), ("unlock", self.unlock))
        ]
        return [*own, *super().get_urls()]

    def make_link(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new invitation for who has never come in, a recovery link for who has."""
        account = self._to_be_changed(request, pk)
        if not account.is_active:
            messages.error(request, _("This account is closed: open it first."))
            return HttpResponseRedirect(reverse("admin:staff_account_change", args=[pk]))
        kind = LinkKind.RECOVERY if account.last_login else LinkKind.INVITATION
        return self._show_link(request, account, kind)

    def unlock(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = self._to_be_changed(request, pk)
        tries.forget(account)
        audit.record("staff.unlocked", by=request.user, about=f"account {account.username}")
        messages.success(request, _("%(account)s can try again.") % {"account": account})
        return HttpResponseRedirect(reverse("admin:staff_account_change", args=[pk]))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args, **kwargs):
        account = kwargs.get("obj")
        context["is_locked"] = account is not None and tries.is_locked(account)
        context["is_own"] = account is not None and account.pk == request.user.pk
        if account is None:  # what comes next is the link, which is shown once
            context["show_save_and_add_another"] = context["show_save_and_continue"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _to_be_changed(self, request: HttpRequest, pk: int) -> Account:
        account = get_object_or_404(Account, pk=pk)
        if account.pk == request.user.pk or not self.has_change_permission(request, account):
            raise PermissionDenied
        return account

    def _show_link(self, request: HttpRequest, account: Account, kind: LinkKind) -> HttpResponse:
        """Once: it is kept nowhere, and the page that shows it is not kept either."""
        context = self.admin_site.each_context(request) | {
            "title": _("A link for %(account)s") % {"account": account},
            "account": account,
            "kind": kind,
            "link": links.make(kind, account, request.user),
            "hours": int(links.LIVES[kind].total_seconds() // 3600),
        }
        return never_cache(render)(request, "staff/link.html", context)
