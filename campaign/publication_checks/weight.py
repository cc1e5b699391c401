"""A page is one response that a bad phone gets in its first round trip."""

from collections.abc import Iterator

from django.conf import settings
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from campaign.forms import FeedbackForm
from campaign.frame import frame
from campaign.publication_checks.findings import Finding, Level
from campaign.publishing.content import PageWords
from campaign.reading import readable
from sextortion_site.consent.forms import ChoiceForm
from sextortion_site.delivery.compression import ENCODERS, PASSING_ENCODERS

BUDGET = 14_600  # bytes: what a server may send before the reader's first answer (ten packets)
NEAR = 14_100
# Pages with a form of the site's own among the editors' words: template and form.
WITH_FORM: dict[str, tuple[str, type[BaseForm]]] = {
    "feedback": ("campaign/feedback.html", FeedbackForm),
    "cookies": ("campaign/cookies.html", ChoiceForm),
}
# Those that no cache may hold, so that they are compressed anew for each reader.
COMPRESSED_QUICKLY = {"feedback"}


def check(words: PageWords) -> Iterator[Finding]:
    yield from findings_of(weight_of(words))


def findings_of(size: int) -> Iterator[Finding]:
    told = {"size": f"{size:,}", "budget": f"{BUDGET:,}", "over": f"{size - BUDGET:,}"}
    if size > BUDGET:
        message = _(
            "The page weighs %(size)s bytes on the wire, %(over)s more than the %(budget)s that "
            "open at once on a bad phone. Shorten it, or move a part to another page."
        )
        yield Finding(Level.STOP, message % told)
    elif size > NEAR:
        message = _("The page weighs %(size)s of at most %(budget)s bytes: little room is left.")
        yield Finding(Level.WARNING, message % told)


def weight_of(words: PageWords) -> int:
    """As readers get it, with all that stands around it, by the best compression. In bytes."""
    encoders = PASSING_ENCODERS if words.page.slug in COMPRESSED_QUICKLY else ENCODERS
    template, form = WITH_FORM.get(words.page.slug, ("campaign/page.html", None))
    context = {
        "reading": readable(words),
        "frame": frame(),
        "site_url": settings.SITE_URL,
        **({"form": form()} if form else {}),
    }
    return len(encoders["br"](render_to_string(template, context).encode()))
