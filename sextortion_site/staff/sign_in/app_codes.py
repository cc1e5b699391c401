"""Which step of 30 seconds a code of an app belongs to.

allauth remembers used codes in the cache of one process, for 30 seconds; a code is taken for 90.
"""

import time

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt


def step_of(authenticator: Authenticator, code: str) -> int:
    """Steps since 1970, for a code that was found right just now. 0: it is not right any more."""
    secret = decrypt(authenticator.data["secret"])
    now, reach = int(time.time()) // app_settings.TOTP_PERIOD, app_settings.TOTP_TOLERANCE + 1
    for step in range(now - reach, now + reach):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return 0
