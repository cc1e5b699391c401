"""Public forms take text and nothing else."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

FORM = "application/x-www-form-urlencoded"


def plain_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lets a view be posted to by an ordinary form in UTF-8: no file, no other encoding.

    What is not such a form gets a clear answer (415) before anything of it is read.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and request.content_type != FORM:
            return render(request, "415.html", status=415)
        if request.method == "POST" and _is_cut_short(request):
            return render(request, "400.html", status=400)
        # A charset that the sender names would be used to decode, however odd it is.
        request.encoding = "utf-8"
        return view(request, *args, **kwargs)

    return guarded


def _is_cut_short(request: HttpRequest) -> bool:
    """Whether the sender went away in the middle: what has come is not what was to be said. A body
    that is larger than any form is left unread, for the view to refuse."""
    said = int(request.META.get("CONTENT_LENGTH") or 0)
    return said <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE and len(request.body) < said
