"""Which bucket a request belongs to."""

import pytest
from django.conf import LazySettings

from reporting.abuse import client_of


@pytest.fixture
def behind_proxy(settings: LazySettings) -> None:
    settings.SITE_IS_HTTPS = True


@pytest.fixture
def without_proxy(settings: LazySettings) -> None:
    settings.SITE_IS_HTTPS = False


def forwarded(written: str) -> bytes | None:
    return client_of({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": written})


@pytest.mark.usefixtures("behind_proxy")
def test_behind_the_proxy_only_what_the_proxy_added_last_counts():
    assert forwarded("203.0.113.9, 198.51.100.7") == bytes([198, 51, 100, 7])
    assert forwarded("anything at all,198.51.100.7") == bytes([198, 51, 100, 7])


@pytest.mark.usefixtures("without_proxy")
def test_without_a_proxy_nobody_names_an_address_but_the_connection():
    assert forwarded("198.51.100.7") == bytes([127, 0, 0, 1])


@pytest.mark.usefixtures("behind_proxy")
@pytest.mark.parametrize("written", ["", " ", "unknown", "198.51.100", "198.51.100.7,", "[::1"])
def test_behind_a_proxy_that_names_nobody_the_client_is_nobody_in_particular(written: str):
    assert forwarded(written) is None
    assert client_of({"REMOTE_ADDR": "127.0.0.1"}) is None


@pytest.mark.usefixtures("without_proxy")
def test_connection_without_an_address_is_nobody_in_particular():
    """As over a Unix socket."""
    assert client_of({"REMOTE_ADDR": ""}) is None
    assert client_of({}) is None


@pytest.mark.usefixtures("behind_proxy")
def test_addresses_of_one_ipv6_network_are_one_client():
    one = forwarded("2001:db8:1:2::1")

    assert one is not None
    assert one == forwarded("2001:db8:1:2:ffff:ffff:ffff:ffff")
    assert one != forwarded("2001:db8:1:3::1")


@pytest.mark.usefixtures("behind_proxy")
@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("198.51.100.7:4711", "198.51.100.7"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_one_address_is_one_client_however_it_is_written(written: str, plain: str):
    assert forwarded(written) == forwarded(plain) is not None
