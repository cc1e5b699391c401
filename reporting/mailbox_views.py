"""The reporter's mailbox: one address, no cookie, and every step opens it anew."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from reporting import journey
from reporting.abuse import client_of, watch
from reporting.forms.mailbox import KeysForm, MessageForm
from reporting.forms.mailbox_page import MailboxPage, Sent
from reporting.forms.refusals import is_too_large
from reporting.mailbox import (
    Full,
    Kind,
    Opened,
    Unavailable,
    ask_for_deletion,
    open_mailbox,
    read,
    write,
)
from sextortion_site.delivery.plain_form import plain_form


@require_http_methods(["GET", "HEAD", "POST"])
@plain_form
def mailbox(request: HttpRequest) -> HttpResponse:
    """Asks for the reference and the six words; with both, does what was asked for."""
    if request.method != "POST":
        return _ask_for_keys(request, Sent(), KeysForm())
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return _keep(request, Sent(), "too_large", 413)
    sent = Sent.of(request.POST)
    if is_too_large(size):
        return _keep(request, sent, "too_large", 413)
    keys = KeysForm(sent.keys)
    if not keys.is_valid():
        return _ask_for_keys(request, sent, keys)
    if not watch.look_up_is_allowed(client_of(request.META), keys.cleaned_data["reference"]):
        return _keep(request, sent, "too_often", 429)
    try:
        opened = open_mailbox(**keys.cleaned_data)
        if opened is None:
            keys.refuse()
            return _ask_for_keys(request, sent, keys)
        return ACTS.get(sent.act, _look)(request, replace(sent, **keys.cleaned_data), opened)
    except Unavailable:
        return _keep(request, sent, "unavailable", 503)


def _ask_for_keys(request: HttpRequest, sent: Sent, keys: KeysForm) -> HttpResponse:
    """One answer for all that does not open, whatever the reason; a message is kept in it."""
    context = {"form": keys, "sent": sent}
    return render(request, "reporting/code.html", context, status=422 if keys.errors else 200)


def _keep(request: HttpRequest, sent: Sent, why: str, status: int) -> HttpResponse:
    """What was sent, to be sent again."""
    return render(request, "reporting/kept.html", {"sent": sent, "why": why}, status=status)


def _look(request: HttpRequest, sent: Sent, opened: Opened) -> HttpResponse:
    return _show(request, sent, opened, MessageForm(sent.message))


def _write(request: HttpRequest, sent: Sent, opened: Opened) -> HttpResponse:
    form = MessageForm(sent.message, is_sent=True)
    if form.is_valid():
        try:
            write(opened, form.cleaned_data["message"], journey.read(sent.journey))
            return _show(request, sent, opened, MessageForm(), Kind.TEXT)
        except Full:
            form.refuse_more()
    return _show(request, sent, opened, form)


def _ask_once_more(request: HttpRequest, sent: Sent, opened: Opened) -> HttpResponse:
    context = {"sent": replace(sent, journey=journey.issue())}
    return render(request, "reporting/deletion.html", context)


def _delete(request: HttpRequest, sent: Sent, opened: Opened) -> HttpResponse:
    ask_for_deletion(opened, journey.read(sent.journey))
    return _show(request, sent, opened, MessageForm(sent.message), Kind.DELETION)


# By the hidden field ``act``; what it does not know is a look.
ACTS = {"look": _look, "write": _write, "ask": _ask_once_more, "delete": _delete}


def _show(
    request: HttpRequest,
    sent: Sent,
    opened: Opened,
    form: MessageForm,
    just_sent: Kind | None = None,
) -> HttpResponse:
    """The open mailbox. Words that are not stored keep their form's token, if that is sound."""
    has_words = form.errors or form["message"].value()
    if just_sent or not has_words or journey.read(sent.journey).age is None:
        sent = replace(sent, journey=journey.issue())
    page = MailboxPage(sent, opened, read(opened), form, just_sent)
    context = {"page": page, "sent": sent, "form": form}
    return render(request, "reporting/mailbox.html", context, status=422 if form.errors else 200)
