import gzip

import brotli
import pytest

from sextortion_site.delivery import compression
from sextortion_site.delivery.compression import choose_encoding
from tests.addresses import PAGES
from tests.forms import post_form

BUDGET = 14_600  # bytes: what a server may send before the reader's first answer (ten packets)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("identity", None),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", None),
        ("br;q=much", None),
        ("br; q=1", "br"),
        (",,;;=,", None),
    ],
)
def test_encoding_is_the_best_that_the_browser_takes(accepted, encoding):
    assert choose_encoding(accepted) == encoding


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_page_fits_the_first_round_trip(client, address):
    response = client.get(address, headers={"Accept-Encoding": "br"})

    assert response.headers["Content-Encoding"] == "br"
    assert len(response.content) <= BUDGET


@pytest.mark.django_db
def test_every_encoding_holds_the_same_page(client):
    plain = client.get("/help-now/").content

    zipped = client.get("/help-now/", headers={"Accept-Encoding": "gzip"})
    brotlied = client.get("/help-now/", headers={"Accept-Encoding": "br"})

    assert gzip.decompress(zipped.content) == plain
    assert brotli.decompress(brotlied.content) == plain
    assert {zipped.headers["Vary"], brotlied.headers["Vary"]} == {"Accept-Encoding"}
    assert int(zipped.headers["Content-Length"]) == len(zipped.content)


@pytest.mark.django_db
def test_answer_with_a_readers_words_is_compressed_and_not_kept(client):
    kept = compression._brotli.cache_info().currsize
    message = "words of a reader " * 200

    response = post_form(
        client, "/feedback/", {"message": message}, headers={"Accept-Encoding": "br"}
    )

    assert response.status_code == 422
    assert message.strip() in brotli.decompress(response.content).decode()
    assert compression._brotli.cache_info().currsize == kept


@pytest.mark.django_db
def test_page_for_everybody_is_compressed_once(client):
    client.get("/friends/", headers={"Accept-Encoding": "br"})
    before = compression._brotli.cache_info()

    client.get("/friends/", headers={"Accept-Encoding": "br"})

    after = compression._brotli.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 1)


@pytest.mark.django_db
def test_staff_pages_are_not_compressed(client):
    response = client.get("/staff/login/", headers={"Accept-Encoding": "br"})

    assert "Content-Encoding" not in response.headers
