"""Secrets of second factors as the database holds them: nobody signs in with a copy of it alone.

Fernet under keys made from SECRET_KEY, and from its fallbacks while it is being changed.
"""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)
SALT = "sextortion_site.staff.sign_in.sealed"


def seal(secret: str) -> str:
    return _keys().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret; where it was sealed under another key, one that no code fits: whoever has lost
    a second factor gets back in by a recovery link."""
    try:
        return _keys().decrypt(sealed).decode()
    except InvalidToken:
        logger.error("A second factor was sealed under another SECRET_KEY: it lets nobody in.")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _keys() -> MultiFernet:
    made = [
        salted_hmac(SALT, "", secret=key, algorithm="sha256").digest()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])
