"""What an authenticator's app would show, and the recovery codes that somebody has written down."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from sextortion_site.staff.sign_in.sealed import unseal


def app_code(account: Any, *, later: int = 0) -> str:
    """The code of now, or of so many steps of 30 seconds later."""
    factor = Authenticator.objects.get(user=account, type=Authenticator.Type.TOTP)
    return code_of(unseal(factor.data["secret"]), later=later)


def code_of(secret: str, *, later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def recovery_codes(account: Any) -> list[str]:
    factor = Authenticator.objects.get(user=account, type=Authenticator.Type.RECOVERY_CODES)
    codes: list[str] = factor.wrap().get_unused_codes()
    return codes
