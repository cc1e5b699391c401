"""By what a mailbox is found."""

import pytest

from reporting import codes
from reporting.lookup import lookup_of

ANOTHER_KEY = "another" * 8
REFERENCE = codes.derive(b"x" * 32).reference


def test_reference_is_found_however_it_is_typed():
    assert lookup_of(REFERENCE.lower().replace("-", " ")) == lookup_of(REFERENCE)


def test_whoever_lacks_the_secret_cannot_make_the_hash(settings):
    before = lookup_of(REFERENCE)
    settings.REPORT_SECRET = ANOTHER_KEY

    assert lookup_of(REFERENCE) != before


def test_new_secret_key_closes_no_mailbox(settings):
    before = lookup_of(REFERENCE)
    settings.SECRET_KEY = ANOTHER_KEY

    assert lookup_of(REFERENCE) == before


def test_what_is_no_reference_is_told():
    with pytest.raises(codes.BadReference):
        lookup_of("NS-0000-0001")
