"""Django's CSRF protection, for the staff pages only.

Its cookie must not reach a reader; delivery.same_origin guards the public forms without one.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware


class StaffCsrfMiddleware(CsrfViewMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if _is_staff_page(request):
            super().process_request(request)

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        if not _is_staff_page(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)


def _is_staff_page(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.STAFF_PREFIX)
