"""An editor who has signed in."""

import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def editor(client):
    account = get_user_model().objects.create_superuser("editor", password="a long one, for now")  # noqa: S106 - a test's own account
    client.force_login(account)
    return client
