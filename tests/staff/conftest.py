from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User


@pytest.fixture
def quick_passwords(settings):
    """What a password costs is not what these tests are about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def closed_by_hashing(quick_passwords, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Closes an account in the moment in which a password is hashed, which takes a while."""

    def close_by_hashing(account: Any) -> None:
        hashed = MD5PasswordHasher.encode

        def close_and_hash(self: MD5PasswordHasher, password: str, salt: str) -> str:
            User.objects.filter(pk=account.pk).update(is_active=False)
            return hashed(self, password, salt)

        monkeypatch.setattr(MD5PasswordHasher, "encode", close_and_hash)

    return close_by_hashing
