"""What administrators and auditors see on the first page."""

import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Count, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from sextortion_site.staff.models import Account, AuditEntry
from sextortion_site.staff.sign_in.tries import LOCKED_FOR, MOST_TRIES

MOST = 10  # names in one line
RECENT = datetime.timedelta(days=7)
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def accounts(request: HttpRequest) -> SafeString | str:
    """Accounts that are locked, and those that nobody can use before a second step is set up."""
    if not request.user.has_perm("staff.view_account"):
        return ""
    active = Account._default_manager.filter(is_active=True).order_by("username")
    with_factor = Authenticator.objects.filter(type__in=SECOND_FACTORS).values("user_id")
    locked = active.filter(
        sign_in_tries__number__gte=MOST_TRIES,
        sign_in_tries__last_at__gt=timezone.now() - LOCKED_FOR,
    )
    context = {
        "locked": locked[:MOST],
        "without_factor": active.exclude(pk__in=with_factor)[:MOST],
    }
    return render_to_string("staff/panels/accounts.html", context)


def audit_trail(request: HttpRequest) -> SafeString | str:
    """How often signing in failed, and rights changed, in the last seven days."""
    if not request.user.has_perm("staff.view_auditentry"):
        return ""
    recent = AuditEntry.objects.filter(at__gt=timezone.now() - RECENT)
    counts = recent.aggregate(
        failed=Count("pk", filter=Q(action="staff.sign_in_failed")),
        locked=Count("pk", filter=Q(action="staff.locked_out")),
        rights=Count("pk", filter=Q(action="staff.rights_changed")),
    )
    return render_to_string("staff/panels/audit_trail.html", {"counts": counts})
