from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from campaign.addresses import page_that_moved
from campaign.forms import FeedbackForm
from campaign.models import Page
from campaign.reading import readable
from sextortion_site.delivery.csp import as_public_page
from sextortion_site.delivery.headers import allow_edge_cache
from sextortion_site.delivery.plain_form import plain_form

FEEDBACK_SLUG = "feedback"


@require_safe
def page(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A page that editors own, or the way to where it has moved."""
    found = Page.objects.published().with_words().filter(slug=slug).first()
    if found is not None:
        return show_page(request, found)
    moved = page_that_moved(slug) if slug else None
    if moved is None:
        raise Http404
    return HttpResponsePermanentRedirect(moved.get_absolute_url())


def show_page(request: HttpRequest, shown: Page) -> HttpResponse:
    response = render(request, "campaign/page.html", {"reading": readable(shown)})
    allow_edge_cache(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@plain_form
def feedback(request: HttpRequest) -> HttpResponse:
    """The editors' words about feedback, and the form below them."""
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("feedback-thanks")
    found = Page.objects.published().with_words().filter(slug=FEEDBACK_SLUG).first()
    if found is None:
        raise Http404
    context = {"reading": readable(found), "form": form}
    return render(request, "campaign/feedback.html", context, status=422 if form.errors else 200)


@require_safe
def feedback_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "campaign/feedback_thanks.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return as_public_page(render(request, "400.html", status=400))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return as_public_page(render(request, "404.html", status=404))


def server_error(request: HttpRequest) -> HttpResponse:
    return as_public_page(render(request, "500.html", status=500))
