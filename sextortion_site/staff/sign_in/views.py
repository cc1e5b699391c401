"""Passwords, choosing one by a link, and words that were typed when a session had ended."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.account.views import PasswordChangeView
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.httpkit import authenticated_user
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from sextortion_site.delivery.same_origin import is_same_origin
from sextortion_site.staff.sign_in import links
from sextortion_site.staff.sign_in.forms import PasswordByLinkForm

LINK = "link"  # under this name the session holds which link was opened; never its token
BACKEND = "django.contrib.auth.backends.ModelBackend"
# What a form is sent with, beside what somebody typed; and what is never written into a page.
NOT_WORDS = {"csrfmiddlewaretoken", "password"}
NO_PASSWORD = _("Your account has no password. An administrator can make you a link to choose one.")


@require_safe
@never_cache
@sensitive_variables("token")
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token out of the address at once: it must not stay in a history.

    Only looks: programs that show what is behind a link open it too.
    """
    if (link := links.find(token)) is None:
        return link_is_dead(request)
    request.session[LINK] = link.pk
    return redirect("staff-password")


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def choose_password(request: HttpRequest) -> HttpResponse:
    """Where a link leads: a password, and from there to a second factor."""
    link = links.still_open(request.session.get(LINK, 0))
    if link is None:
        return link_is_dead(request)
    form = PasswordByLinkForm(link, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data.get("username", "")
        account = links.use(link, form.cleaned_data["password"], name)
        if account is None:
            return link_is_dead(request)
        request.session.flush()
        login(request, account, backend=BACKEND)
        # Whoever has just chosen it need not type it again for the second step.
        record_authentication(request, account, "password", reauthenticated=True)
        return redirect("mfa_index")
    context = {"form": form, "account": link.account}
    status = 422 if form.errors else 200
    return render(request, "staff/sign_in/choose_password.html", context, status=status)


@method_decorator(login_required, name="dispatch")
class ChangePassword(PasswordChangeView):
    """For whoever has one, and has just shown who they are. A first password is chosen by a
    link."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not authenticated_user(request).has_usable_password():
            messages.info(request, NO_PASSWORD)
            return redirect("mfa_index")
        if did_recently_reauthenticate(request):
            return super().dispatch(request, *args, **kwargs)
        if request.method == "POST":
            # allauth would keep what was posted, passwords, in the session.
            return redirect("account_change_password")
        raise ReauthenticationRequired


change_password = ChangePassword.as_view()


def link_is_dead(request: HttpRequest) -> HttpResponse:
    return render(request, "staff/sign_in/link_is_dead.html", status=410)


def keep_words(request: HttpRequest, is_busy: bool = False) -> HttpResponse:
    """What was posted after the session had ended, or while the database did not take it, on a
    page that can send it again.

    Only what this site's own pages have posted: another site's words get no button of ours.
    """
    words = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_WORDS
        for value in values
    ]
    if not words or not is_same_origin(request) or _is_about_accounts(request):
        return render(request, "staff/sign_in/open_again.html", status=403)
    context = {
        "words": words,
        "is_busy": is_busy,
        "is_signed_in": request.user.is_authenticated,
        "sign_in": reverse("account_login"),
    }
    status = 503 if is_busy else 403
    return render(request, "staff/sign_in/words_kept.html", context, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's word for a form that was opened before signing in anew."""
    return keep_words(request)


def _is_about_accounts(request: HttpRequest) -> bool:
    """Passwords and codes: nobody has typed for half an hour, and they are not kept on a page."""
    return request.path_info.startswith(f"{settings.STAFF_PREFIX}account/")
