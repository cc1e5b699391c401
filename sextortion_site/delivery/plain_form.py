"""Public forms take text and nothing else."""

from collections.abc import Callable
from functools import wraps

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
        # A charset that the sender names would be used to decode, however odd it is.
        request.encoding = "utf-8"
        return view(request, *args, **kwargs)

    return guarded
