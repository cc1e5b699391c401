from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from sextortion_site.safe_exit.destination import destination


def leave(request: HttpRequest) -> HttpResponse:
    """The way out for readers without script: to the destination, leaving nothing behind."""
    response = HttpResponseRedirect(destination())
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    # Also across a redirect the destination must not learn where the reader was.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
