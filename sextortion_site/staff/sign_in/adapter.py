"""What allauth asks this site."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sextortion_site.staff.sign_in import sealed, second_factor, tries

# Always the same at the door: else five failures would tell a name that is there.
REFUSED = _(
    "The name or the password is not right, or the account is locked for 15 minutes after 5 "
    "failures. If it is, wait, use a passkey, or ask an administrator for a recovery link."
)
# To whoever has come in, or has shown the password.
LOCKED = _(
    "This account is locked for 15 minutes, since signing in failed 5 times. Wait, use a passkey, "
    "or ask an administrator for a recovery link."
)

# To show a second factor once more; allauth's names. A passkey first: it cannot be guessed.
WAYS = {
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
    "mfa_reauthenticate": _("Use a code"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": LOCKED,
        "username_password_mismatch": REFUSED,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Signing in leads to the staff pages alone."""
        is_ours = url_has_allowed_host_and_scheme(url or "", allowed_hosts=None)
        return is_ours and str(url).startswith(settings.STAFF_PREFIX)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        account = _account_of(credentials)
        if account and not tries.take(account):
            # As long as a wrong password takes, so that time does not tell a name that exists.
            make_password(credentials.get("password", ""))
            is_in = request.user.is_authenticated
            raise self.validation_error(
                "too_many_login_attempts" if is_in else "username_password_mismatch"
            )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        found = super().authenticate(request, **credentials)
        if found:
            tries.give_back(found)
        return found

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        # What somebody typed in the place of a name may be a password: it is kept nowhere.
        if account := _account_of(credentials):
            tries.failed(account)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How somebody shows once more who they are. Not by a password where there is a second
        factor: whoever has found an open session and a password could add a factor of their own.
        """
        ways = super().get_reauthentication_methods(user)
        if not second_factor.has_one(user):
            return ways
        by_name = {way["id"]: way for way in ways}
        return [by_name[name] | {"description": WAYS[name]} for name in WAYS if name in by_name]

    def set_password(self, user: Any, password: str) -> None:
        """The password alone: the account may have been closed since it was read."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """This site sends no mail about accounts: administrators make links."""


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Look at the app again: it changes."),
        "cannot_delete_authenticator": _(
            "This is your only second step: set up another one before you take it off."
        ),
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What stands in the field for the name of a new passkey."""
        has_one = Authenticator.objects.filter(user=user, type=type).exists()
        return gettext("my other device") if has_one else gettext("my phone")

    def encrypt(self, text: str) -> str:
        return sealed.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last: recovery codes alone do not count."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def _account_of(credentials: dict[str, Any]) -> Any:
    name = credentials.get("username", "")
    return get_user_model()._default_manager.filter(username__iexact=name).first()
