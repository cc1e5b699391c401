"""Forms for passwords and codes, in the place of allauth's own."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth import get_user_model, password_validation
from django.utils.translation import gettext_lazy as _

from sextortion_site.staff.models import LinkKind, StaffLink
from sextortion_site.staff.sign_in import app_codes, tries
from sextortion_site.staff.sign_in.counted import counted


class SignInForm(LoginForm):
    """A name and a password, each called as on the other screens."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Name for signing in")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class CountedCode(forms.Form):
    """A code that is a try like a password: it counts for the lock of the account."""

    user: Any
    authenticator: Authenticator  # that the code was of

    def clean_code(self) -> str:
        with counted(self.user):
            code: str = super().clean_code()  # type: ignore[misc]  # of allauth's forms
            self._use_up(code)
        return code

    def _use_up(self, code: str) -> None:
        """Whoever has looked over a shoulder comes too late (RFC 6238, 5.2)."""
        if self.authenticator.type != Authenticator.Type.TOTP:
            return
        if not tries.use_step(self.user, app_codes.step_of(self.authenticator, code)):
            raise get_mfa_adapter().validation_error("incorrect_code")


class CodeForm(CountedCode, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(CountedCode, ReauthenticateForm):
    """A code before something that matters."""


class NewPasswordForm(ChangePasswordForm):
    """The old password is a try too: an open session must not be a place to guess it."""

    def clean_oldpassword(self) -> str:
        with counted(self.user):
            old: str = super().clean_oldpassword()
        return old


class PasswordByLinkForm(forms.Form):
    """Whoever has the link chooses a password; the first administrator also a name."""

    username = forms.CharField(
        label=_("Your name for signing in"),
        max_length=150,
        validators=[get_user_model().username_validator],
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("A password"),
        strip=False,
        help_text=password_validation.password_validators_help_text_html(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, link: StaffLink, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = link.account
        if link.kind == LinkKind.FIRST:
            self.fields["username"].initial = link.account.get_username()
        else:
            del self.fields["username"]

    def clean_username(self) -> str:
        name = self.cleaned_data["username"]
        others = get_user_model()._default_manager.exclude(pk=self.account.pk)
        if others.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("Somebody else has this name."))
        self.account.username = name
        return name

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data.get("password") != data.get("again"):
            self.add_error("again", _("The two are not the same."))
        return data
