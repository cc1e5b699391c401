from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import User


@pytest.fixture
def closed_by_hashing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Closes an account in the moment in which a password is hashed, which takes a while."""

    def close_by_hashing(account: Any) -> None:
        hashed = Argon2PasswordHasher.encode

        def close_and_hash(self: Argon2PasswordHasher, password: str, salt: str) -> str:
            User.objects.filter(pk=account.pk).update(is_active=False)
            return hashed(self, password, salt)

        monkeypatch.setattr(Argon2PasswordHasher, "encode", close_and_hash)

    return close_by_hashing
