"""Choosing a password by a link, and words that were typed when a session had ended."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from sextortion_site.delivery.same_origin import is_same_origin
from sextortion_site.staff.sign_in import links
from sextortion_site.staff.sign_in.forms import PasswordByLinkForm

TOKEN = "link_token"  # noqa: S105 - the name under which the session holds it
BACKEND = "django.contrib.auth.backends.ModelBackend"
# What a form is sent with, beside what somebody typed; and what is never written into a page.
NOT_WORDS = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code"}


@require_safe
@never_cache
@sensitive_variables("token")
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token out of the address at once: it must not stay in a history."""
    request.session[TOKEN] = token
    return redirect("staff-password")


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def choose_password(request: HttpRequest) -> HttpResponse:
    """Where a link leads: a password, and from there to a second factor."""
    link = links.find(request.session.get(TOKEN, ""))
    if link is None:
        return render(request, "staff/sign_in/link_is_dead.html", status=410)
    form = PasswordByLinkForm(link, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not links.use(link, form.cleaned_data["password"]):
            return render(request, "staff/sign_in/link_is_dead.html", status=410)
        del request.session[TOKEN]
        login(request, link.account, backend=BACKEND)
        record_authentication(request, link.account, "password")
        return redirect("mfa_index")
    context = {"form": form, "account": link.account}
    status = 422 if form.errors else 200
    return render(request, "staff/sign_in/choose_password.html", context, status=status)


def keep_words(request: HttpRequest) -> HttpResponse:
    """What was posted after the session had ended, on a page that can send it again.

    Only what this site's own pages have posted: another site's words get no button of ours.
    """
    if not is_same_origin(request):
        return render(request, "403_csrf.html", status=403)
    words = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_WORDS
        for value in values
    ]
    context = {
        "words": words,
        "is_signed_in": request.user.is_authenticated,
        "sign_in": reverse("account_login"),
    }
    return render(request, "staff/sign_in/words_kept.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Django's word for a form that was opened before signing in anew."""
    if request.method == "POST" and request.POST:
        return keep_words(request)
    return render(request, "403_csrf.html", status=403)
