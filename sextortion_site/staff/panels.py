"""The panels of the staff's first page. The settings name them, since each belongs to an app.

A panel is a function of the request that gives markup, or "" where this person has nothing to see.
"""

import logging
from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from sextortion_site.staff.models import Account
from sextortion_site.staff.sign_in import tries

logger = logging.getLogger(__name__)


def panels(request: HttpRequest) -> Iterator[SafeString]:
    """In the order of the settings. One that fails says so, and the others stay."""
    for name in settings.STAFF_PANELS:
        try:
            # A database error must not spoil the transaction for the panels after it.
            with transaction.atomic():
                markup = import_string(name)(request)
        except Exception as error:
            logger.error("The panel %s failed: %s", name, type(error).__name__)
            markup = render_to_string("staff/panel_failed.html", {"name": name.rpartition(".")[2]})
        if markup:
            yield markup


def accounts(request: HttpRequest) -> str:
    """For administrators: who cannot come in, and who has not set up a second step."""
    if not request.user.has_perm("staff.view_account"):
        return ""
    active = Account.objects.filter(is_active=True, is_staff=True)
    with_factor = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    waiting = active.exclude(pk__in=with_factor.values("user"))
    context: dict[str, Any] = {"waiting": waiting, "locked": active.filter(pk__in=tries.locked())}
    return render_to_string("staff/accounts_panel.html", context)
