from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.forms import FeedbackForm
from campaign.models import ImageFile
from campaign.publishing.content import PageWords
from campaign.publishing.live import live_words, page_that_moved
from campaign.reading import ReadablePage, readable
from campaign.visits import count, count_going_to_report, counted_page
from sextortion_site.consent import choice
from sextortion_site.consent.forms import ChoiceForm
from sextortion_site.consent.register import VISIT
from sextortion_site.delivery.csp import as_public_page
from sextortion_site.delivery.headers import allow_edge_cache, allow_long_edge_cache
from sextortion_site.delivery.plain_form import plain_form

FEEDBACK_SLUG, COOKIES_SLUG = "feedback", "cookies"


@require_safe
def page(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A page that editors own, or the way to where it has moved."""
    found = live_words(slug)
    if found is not None:
        return show_page(request, found)
    moved = page_that_moved(slug) if slug else None
    if moved is None:
        raise Http404
    return HttpResponsePermanentRedirect(moved.get_absolute_url())


def show_page(request: HttpRequest, shown: PageWords) -> HttpResponse:
    response = render(request, "campaign/page.html", {"reading": readable(shown)})
    allow_edge_cache(response)
    return response


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A file of a picture, for whoever knows its name: drafts are shown by link, too."""
    found = ImageFile.objects.filter(name=name).values_list("kind", "content").first()
    if found is None:
        raise Http404
    kind, content = found
    response = HttpResponse(bytes(content), content_type=f"image/{kind}")
    allow_long_edge_cache(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@plain_form
def feedback(request: HttpRequest) -> HttpResponse:
    """The editors' words about feedback, and the form below them."""
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("feedback-thanks")
    context = {"reading": _words_of(FEEDBACK_SLUG), "form": form}
    return render(request, "campaign/feedback.html", context, status=422 if form.errors else 200)


@require_safe
def feedback_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "campaign/feedback_thanks.html")


@require_http_methods(["GET", "HEAD", "POST"])
@plain_form
def cookies(request: HttpRequest) -> HttpResponse:
    """The cookie settings, and the editors' words about cookies below them."""
    form = ChoiceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        response: HttpResponse = redirect("cookies-saved")
        choice.save(form.choice, request, response)
        return response
    context = {"reading": _words_of(COOKIES_SLUG), "form": form}
    response = render(request, "campaign/cookies.html", context, status=422 if form.errors else 200)
    if not form.is_bound:
        allow_edge_cache(response)
    return response


@require_safe
def cookies_saved(request: HttpRequest) -> HttpResponse:
    return render(request, "campaign/cookies_saved.html")


@require_POST
@plain_form
def visits(request: HttpRequest) -> HttpResponse:
    """Counts a page for a reader who said yes; for another, says nothing and keeps nothing."""
    page = counted_page(request.POST.get("page", ""))
    if page is None:
        return bad_request(request)
    response = HttpResponse(status=204)
    if not choice.choice_of(request).allows(VISIT.category):
        return response
    key = request.COOKIES.get(VISIT.full_name)
    if "goes_to_report" in request.POST:
        count_going_to_report(key)
    elif (visit := count(page, key)) and visit.key and visit.key != key:
        VISIT.assign(response, visit.key)
    return response


def _words_of(slug: str) -> ReadablePage:
    """The editors' words on a page that also has a form."""
    found = live_words(slug)
    if found is None:
        raise Http404
    return readable(found)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return as_public_page(render(request, "400.html", status=400))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return as_public_page(render(request, "404.html", status=404))


def server_error(request: HttpRequest) -> HttpResponse:
    return as_public_page(render(request, "500.html", status=500))
