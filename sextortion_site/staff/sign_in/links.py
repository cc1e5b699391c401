"""Links in the place of mail: an administrator makes one and hands it over."""

import datetime
import hashlib
import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from sextortion_site.staff import audit
from sextortion_site.staff.models import LinkKind, StaffLink
from sextortion_site.staff.sign_in import tries

LIVES = {
    LinkKind.FIRST: datetime.timedelta(hours=24),
    LinkKind.INVITATION: datetime.timedelta(hours=72),
    LinkKind.RECOVERY: datetime.timedelta(hours=1),
}
ACTIONS = {
    LinkKind.FIRST: "staff.invited",
    LinkKind.INVITATION: "staff.invited",
    LinkKind.RECOVERY: "staff.recovery_link_made",
}


class OwnAccountError(Exception):
    """Nobody makes a link for their own account."""


@transaction.atomic
def make(kind: LinkKind, account: Any, by: Any) -> str:
    """The address of a new link. Those that the account had before are dead.

    ``by`` is an account, or None for a command. Raises OwnAccountError.
    """
    if by is not None and by.pk == account.pk:
        raise OwnAccountError
    token = secrets.token_urlsafe(32)
    StaffLink.objects.filter(account=account).delete()
    StaffLink.objects.create(
        account=account,
        kind=kind,
        token_hash=_hash(token),
        made_by_name=by.get_username() if by else "",
        expires_at=timezone.now() + LIVES[kind],
    )
    audit.record(ACTIONS[kind], by=by, about=f"account {account.get_username()}")
    return f"{_origin()}{reverse('staff-link', args=[token])}"


def find(token: str) -> StaffLink | None:
    """The link of this token, if it still works."""
    return _open_links().filter(token_hash=_hash(token)).first()


def still_open(pk: int) -> StaffLink | None:
    """A link that was found before, if it still works."""
    return _open_links().filter(pk=pk).first() if pk else None


@transaction.atomic
def use(link: StaffLink, password: str) -> bool:
    """Sets the password; False where the link was used meanwhile.

    A recovery takes the second factors too: whoever has lost the password may have lost the phone.
    """
    now = timezone.now()
    if not StaffLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        return False
    account = link.account
    account.set_password(password)
    account.save()
    Authenticator.objects.filter(user=account).delete()
    tries.forget(account)
    audit.record("staff.link_used", by=account, detail={"kind": link.kind})
    return True


def _origin() -> str:
    """A passkey belongs to a name: browsers make none for an address of numbers."""
    return settings.SITE_URL.replace("//127.0.0.1:", "//localhost:")


def _open_links() -> QuerySet[StaffLink]:
    links = StaffLink.objects.filter(used_at=None, expires_at__gt=timezone.now())
    return links.filter(account__is_active=True).select_related("account")


def _hash(token: str) -> str:
    """256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
