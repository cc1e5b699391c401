"""A draft as readers would see it, by a link that ends and needs no account.

The link holds the number of a revision, signed. The page comes without its scripts: they would
put it into the history as a visit, and hide its address. It says that scripts run all the same, so
that it has the looks that nearly every reader gets.
"""

import datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_urlconf, reverse, set_urlconf
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from campaign.forms import FeedbackForm
from campaign.models import Revision
from campaign.publishing.content import words_from
from campaign.publishing.publications import is_live
from campaign.reading import readable
from sextortion_site.consent.forms import ChoiceForm
from sextortion_site.delivery.csp import as_preview, as_public_page

DAYS = 3
LIFE = datetime.timedelta(days=DAYS)
SIGNER = signing.TimestampSigner(salt="campaign.preview")

# Pages that hold a form of the site's own, and how they are shown with it.
FORMS: dict[str, dict[str, object]] = {
    "feedback": {"shown_by": "campaign/feedback.html", "form": FeedbackForm()},
    "cookies": {"shown_by": "campaign/cookies.html", "form": ChoiceForm()},
}


def preview_link(revision: Revision) -> str:
    """The address, with the host, so that it can be sent to somebody."""
    ends_at = timezone.now() + LIFE
    token = SIGNER.sign_object([revision.pk, ends_at.isoformat()])
    return f"{settings.SITE_URL}{reverse('preview', args=[token])}"


@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest, token: str) -> HttpResponse:
    try:
        pk, ends_at = SIGNER.unsign_object(token, max_age=LIFE)
        revision = Revision.objects.get(pk=pk, page__deleted_at=None)
    except (signing.BadSignature, Revision.DoesNotExist):
        return as_public_page(_page(request, "campaign/preview_ended.html", {}, 410))
    context = FORMS.get(revision.slug, {}) | {
        "reading": readable(words_from(revision.content, revision.page_id)),
        "ends_at": datetime.datetime.fromisoformat(ends_at),
        "is_preview": True,
        "is_live": is_live(revision),
        "live_site": settings.PUBLIC_URL,
        # Not on the live site, where the policy lets a preview load nothing from.
        "pictures_at": settings.SITE_URL if settings.PUBLIC_URL else "",
    }
    return as_preview(_page(request, "campaign/preview.html", context, 200))


def _page(request: HttpRequest, name: str, context: dict[str, object], status: int) -> HttpResponse:
    """Its links lead to the readers' pages, which a process for staff has no addresses of."""
    before = get_urlconf()
    set_urlconf(settings.WHOLE_URLCONF)
    try:
        return render(request, name, context, status=status)
    finally:
        set_urlconf(before)
