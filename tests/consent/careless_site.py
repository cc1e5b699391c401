"""Views that set whatever cookies a test tells them, under the whole stack of the site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import include, path

Careless = Callable[[HttpRequest, HttpResponse], HttpResponseBase | None]


def leave_it(request: HttpRequest, response: HttpResponse) -> None:
    """Sets nothing."""


do: Careless = leave_it  # a test puts another in its place


def careless(request: HttpRequest) -> HttpResponseBase:
    response = HttpResponse("careless")
    return do(request, response) or response


urlpatterns = [
    path("careless/", careless, name="careless"),
    path("staff/careless/", careless, name="careless-staff"),
    path("", include("sextortion_site.urls")),
]
handler400 = "campaign.views.bad_request"
handler404 = "campaign.views.page_not_found"
handler500 = "campaign.views.server_error"
