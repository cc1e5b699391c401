"""An object of each kind that staff pages show, and what their addresses need to lead there.

A new address whose arguments or object are not known here fails the test of the table with a
sentence that says what is missing.
"""

import datetime
import secrets
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import models
from django.utils import timezone
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from campaign.models import Feedback, Image, Page, RowVersion, Visit
from campaign.preview import preview_link
from campaign.publishing.drafts import save_draft
from campaign.publishing.publications import publish
from campaign.publishing.rows import keep_version
from sextortion_site.staff import audit
from sextortion_site.staff.models import Account, AuditEntry, LinkKind
from sextortion_site.staff.sign_in import links
from tests.campaign.uploads import stored
from tests.staff.addresses import Address

# Of models that the starter content has no row of.
MAKERS: dict[type[models.Model], Any] = {
    Feedback: lambda: Feedback.objects.create(message="Bigger text, please"),
    Image: lambda: stored(),
    Visit: lambda: Visit.objects.create(landing="/"),
    AuditEntry: lambda: audit.record("staff.signed_out", by=None),
    Account: lambda: Account.objects.create_user("somebody else", is_staff=True),
}
QUERIES = {
    "autocomplete": {"app_label": "campaign", "model_name": "section", "field_name": "page"},
}


class MissingExample(Exception):
    """An address whose arguments are not known here."""


@dataclass
class Examples:
    """Made once, before anybody asks."""

    page: Page
    planned: int
    version_of: dict[type[models.Model], int]
    rows: dict[type[models.Model], Any]

    @classmethod
    def make(cls) -> "Examples":
        page = Page.objects.get(slug="friends")
        revision = save_draft(page, None)
        tomorrow = timezone.now() + datetime.timedelta(days=1)
        return cls(page, publish(page, None, at=tomorrow).pk, {Page: revision.pk}, {Page: page})

    def row(self, model: type[models.Model]) -> Any:
        if model not in self.rows:
            row = model._default_manager.first() if model not in MAKERS else MAKERS[model]()
            if row is None:
                raise MissingExample(f"tests/staff/examples.py has no {model.__name__}.")
            self.rows[model] = row
        return self.rows[model]

    def path(self, address: Address, asker: Any) -> str:
        return address.path(
            {name: self._argument(address, name, asker) for name in address.arguments}
        )

    def posted(self, address: Address) -> dict[str, Any]:
        """What a form there needs before it does anything. The rest are asked with an empty one."""
        owner = address.model_admin
        if owner is None or not address.name.endswith("_restore"):
            return {}
        if owner.model not in self.version_of:
            row = self.row(owner.model)
            keep_version(row, None, "", False)
            name = owner.model._meta.model_name
            kept = RowVersion.objects.filter(model=name, row_id=row.pk).latest("pk")
            self.version_of[owner.model] = kept.pk
        return {"version": self.version_of[owner.model]}

    def _argument(self, address: Address, name: str, asker: Any) -> Any:
        if address.name.startswith("mfa_") and name == "pk":
            return Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).get(user=asker).pk
        if address.name == "preview":
            return preview_link(self.page.revisions.latest("number")).rstrip("/").rsplit("/")[-1]
        if address.name == "staff-link":
            account = self.row(Account)
            return links.make(LinkKind.INVITATION, account, None).rstrip("/").rsplit("/")[-1]
        if name == "publication":
            return self.planned
        if address.model_admin and name in ("pk", "object_id"):
            return self.row(address.model_admin.model).pk
        raise MissingExample(f"tests/staff/examples.py does not know <{name}> of {address}.")


def with_every_factor(account: Any) -> Any:
    """So that the addresses of passkeys and recovery codes have something to show."""
    data = {"name": "my phone", "passwordless": True, "credential": passkey()}
    Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data=data)
    RecoveryCodes.activate(account)
    return account


def passkey() -> dict[str, Any]:
    """As a browser hands one over. Nothing signs with it."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    credential = AttestedCredentialData.create(
        b"\0" * 16, secrets.token_bytes(16), ES256.from_cryptography_key(key)
    )
    flags = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP
    about = AuthenticatorData.create(b"\0" * 32, flags, 0, credential)
    said = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"\0" * 32, "https://x")
    whole = RegistrationResponse(
        raw_id=credential.credential_id,
        response=AuthenticatorAttestationResponse(
            client_data=said, attestation_object=AttestationObject.create("none", about, {})
        ),
    )
    return dict(whole)
