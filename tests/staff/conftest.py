import pytest


@pytest.fixture
def quick_passwords(settings):
    """What a password costs is not what these tests are about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
