"""An editor who has signed in."""

import pytest

from tests.staff.signing_in import new_account, sign_in


@pytest.fixture
def editor(client):
    """A publisher: whatever editors may do."""
    sign_in(client, new_account("editor", "Publisher"))
    return client
