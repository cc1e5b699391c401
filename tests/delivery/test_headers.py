import pytest

from tests.addresses import FILES, OTHER_SCREENS, PAGES

pytestmark = pytest.mark.django_db

PUBLIC = [*PAGES, *OTHER_SCREENS, *FILES, "/leave/"]


def directives(response) -> dict[str, list[str]]:
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {part[0]: part[1:] for part in parts}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_answer_has_the_whole_header_set(client, address):
    headers = client.get(address).headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_answer_sets_no_cookie_and_varies_by_encoding_alone(client, address):
    response = client.get(address)

    assert not response.cookies
    assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"


@pytest.mark.parametrize("address", PUBLIC)
def test_public_policy_allows_hashes_and_nothing_unsafe(client, address):
    policy = directives(client.get(address))

    assert policy["default-src"] == ["'none'"]
    for name in ("script-src", "style-src"):
        assert all(source.startswith("'sha256-") for source in policy[name])
    assert "unsafe" not in str(policy)
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]


def test_staff_policy_is_its_own(client):
    policy = directives(client.get("/staff/login/"))

    assert policy["default-src"] == ["'none'"]
    assert "'self'" in policy["script-src"]
    assert "unsafe" not in str(policy)
    assert not any("sha256" in source for source in policy["script-src"])


def test_public_face_under_the_staff_address_works_under_the_public_policy(client):
    response = client.get("/staff/preview/a-link-that-has-ended/")

    assert response.status_code == 410
    assert any("sha256" in source for source in directives(response)["script-src"])


@pytest.mark.parametrize("address", PAGES)
def test_front_cache_may_hold_pages(client, address):
    expected = "no-store" if address == "/feedback/" else "public"

    assert client.get(address).headers["CDN-Cache-Control"].startswith(expected)


@pytest.mark.parametrize("address", ["/no-such-page/", "/leave/", "/staff/login/", "/health/ready"])
def test_front_cache_holds_nothing_else(client, address):
    assert client.get(address).headers["CDN-Cache-Control"] == "no-store"


def test_https_site_sends_strict_transport_security(client, settings):
    settings.SECURE_HSTS_SECONDS = 60

    response = client.get("/", secure=True)

    assert response.headers["Strict-Transport-Security"].startswith("max-age=60")
