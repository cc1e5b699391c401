"""Links in the place of mail: an administrator makes one and hands it over."""

import datetime
import hashlib
import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
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


def use(link: StaffLink, password: str, name: str = "") -> Any:
    """Sets the password, and a name where one was chosen. The account as it is then; None where
    the link was used, or the account closed, meanwhile.

    A recovery takes the second factors too: whoever has lost the password may have lost the phone.
    """
    hashed = make_password(password)  # takes long: the account is read after it
    with transaction.atomic():
        accounts = get_user_model()._default_manager.select_for_update()
        account = accounts.filter(pk=link.account_id, is_active=True).first()
        unused = StaffLink.objects.filter(pk=link.pk, used_at=None)
        if account is None or not unused.update(used_at=timezone.now()):
            return None
        account.password = hashed
        account.username = name or account.username
        account.save(update_fields=["password", "username"])
        Authenticator.objects.filter(user=account).delete()
        tries.forget(account)
        audit.record("staff.link_used", by=account, detail={"kind": link.kind})
        return account


def _origin() -> str:
    """A passkey belongs to a name: browsers make none for an address of numbers."""
    return settings.SITE_URL.replace("//127.0.0.1:", "//localhost:")


def _open_links() -> QuerySet[StaffLink]:
    links = StaffLink.objects.filter(used_at=None, expires_at__gt=timezone.now())
    return links.filter(account__is_active=True).select_related("account")


def _hash(token: str) -> str:
    """256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
