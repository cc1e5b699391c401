"""docs/roles.md says which role may see and change what, and every address below /staff/ agrees."""

import pytest

from tests.staff.role_table import WHO, column, written

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", WHO)
def test_every_address_lets_in_whom_the_document_says(who):
    assert written()[who] == column(who), "python -m tests.staff.write_roles writes it anew"
