import sys
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from sextortion_site.staff.panels import panels
from sextortion_site.staff.sign_in import second_factor
from sextortion_site.staff.sign_in.views import keep_words


class StaffSite(AdminSite):
    """The place where the force's staff sign in and work."""

    site_header = _("Campaign site: staff")
    site_title = _("Staff")
    index_title = _("What would you like to change?")
    site_url = f"{settings.PUBLIC_URL}/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and second_factor.has_passed(request)

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().index(request, {"panels": panels(request), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """In the order of the settings; what does not stand there comes last."""
        found = super().get_app_list(request, app_label)
        for app in found:
            app["models"].sort(key=_place)
        return sorted(found, key=lambda app: min(map(_place, app["models"])))

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Likewise; but what was typed before a session ended, or while the database did not take
        it, is not thrown away."""
        inner = super().admin_view(view, cacheable)

        def keeping_words(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and request.POST and not self.has_permission(request):
                return keep_words(request)
            try:
                return inner(request, *args, **kwargs)
            except OperationalError:
                if request.method != "POST":
                    raise
                return keep_words(request, is_busy=True)

        keeping_words.__dict__.update(getattr(inner, "__dict__", {}))
        return keeping_words

    def get_urls(self) -> list[Any]:
        """Without Django's shortcut from any row to its page, which asks for no right to see the
        row. The screens lead to a page themselves."""
        found = super().get_urls()
        return [pattern for pattern in found if getattr(pattern, "name", "") != "view_on_site"]

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The place to sign in is not the admin's own: a password alone opens nothing here."""
        goes_to = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not get_adapter().is_safe_url(goes_to):
            goes_to = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return redirect(goes_to)
        if request.user.is_authenticated and not second_factor.has_one(request.user):
            return redirect("mfa_index")
        query = urlencode({REDIRECT_FIELD_NAME: goes_to})
        return redirect(f"{reverse('account_login')}?{query}")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        done = super().logout(request, extra_context)
        return redirect("account_login") if request.method == "POST" else done

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")


def _place(listed: dict[str, Any]) -> int:
    label = listed["model"]._meta.label
    return settings.STAFF_ORDER.index(label) if label in settings.STAFF_ORDER else sys.maxsize
