from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt  # whatever is sent gets the same answer
def not_here(request: HttpRequest) -> HttpResponse:
    """What stands at the staff's addresses where there are no staff pages: nothing."""
    raise Http404
