"""What staff are told where a page cannot be shown: in their own frame, with a way back."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

FRAME = "staff/error_page.html"
# Nothing is asked of the database where it may be what failed.
WITHOUT_ACCOUNT = (400, 500)


def or_for_staff(status: int, otherwise: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """A handler of errors: the staff's own page on their side, else what the other one says.

    That a page is not there, or not for them, they are told once they are signed in.
    """

    def show(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        template = f"staff_role/{status}.html"
        if not _is_for_staff(request, status):
            return otherwise(request, **({"exception": exception} if exception else {}))
        if status in WITHOUT_ACCOUNT:
            return HttpResponse(render_to_string(template, {"staff_frame": FRAME}), status=status)
        context = admin.site.each_context(request) | {"staff_frame": FRAME}
        return render(request, template, context, status=status)

    return show


def _is_for_staff(request: HttpRequest, status: int) -> bool:
    if not request.path_info.startswith(settings.STAFF_PREFIX):
        return False
    if status in WITHOUT_ACCOUNT:
        return True
    return hasattr(request, "user") and admin.site.has_permission(request)
