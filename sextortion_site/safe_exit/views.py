from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from sextortion_site.consent import choice
from sextortion_site.safe_exit.destination import destination

EVERYTHING = '"cache", "cookies", "storage"'


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """The way out for readers without script; with script, only what clears the browser.

    A page that leaves by script goes straight to the destination, and posts here meanwhile:
    one hop less, and WebKit heeds the header only so.
    """
    response = HttpResponse(status=204) if request.method == "POST" else _go()
    # A link on another site must not clear what this one has put in a browser.
    if request.headers.get("Sec-Fetch-Site") in {None, "same-origin", "none"}:
        choice.forget(request, response)
        # A page that has set the guard's cookie clears cookies and storage itself.
        response.headers["Clear-Site-Data"] = '"cache"' if "guarded" in request.GET else EVERYTHING
    return response


def _go() -> HttpResponse:
    response = HttpResponseRedirect(destination())
    # Also across a redirect the destination must not learn where the reader was.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
