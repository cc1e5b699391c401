"""Forms for passkeys, in the place of allauth's own: each takes a credential from a browser."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from sextortion_site.staff.sign_in.credential import CredentialField, taken_apart


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey that also signs in alone, unless its owner wants it as a second step only."""

    credential = CredentialField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for it, such as “my phone”")
        self.fields["passwordless"].label = _("Sign in with it alone, without a password")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = ""

    def clean(self) -> dict[str, Any]:
        with taken_apart():
            data: dict[str, Any] = super().clean()
        return data


class ShownPasskey(forms.Form):
    """A passkey that was set up before."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        with taken_apart():
            return super().clean_credential()  # type: ignore[misc]  # of allauth's forms


class PasskeyAloneForm(ShownPasskey, LoginWebAuthnForm):
    """Signing in with a passkey and nothing else."""


class PasskeyStepForm(ShownPasskey, AuthenticateWebAuthnForm):
    """The second step of signing in."""


class PasskeyAgainForm(ShownPasskey, ReauthenticateWebAuthnForm):
    """A passkey before something that matters."""
