from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.django_db


def test_robots_names_the_sitemap_and_keeps_staff_out(client, settings):
    response = client.get("/robots.txt")

    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /staff/",
        "Disallow: /leave/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]


def test_security_txt_expires_within_a_year(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"

    lines = dict(
        line.split(": ", 1)
        for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )

    assert lines["Contact"] == "mailto:security@example.org"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=90) < expires - datetime.now(UTC) < timedelta(days=365)


def test_security_txt_without_contact_is_not_there(client, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404
