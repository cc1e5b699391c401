"""A draft by a link: the real page, for three days, without an account and without scripts."""

import datetime
import re

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaign import preview
from campaign.models import Page
from campaign.preview import preview_link
from campaign.publishing.drafts import save_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def students() -> Page:
    found = Page.objects.get(slug="students")
    found.title = "A draft to look at"
    found.save()
    return found


@pytest.fixture
def address(students: Page) -> str:
    return "/" + preview_link(save_draft(students, None)).split("/", 3)[3]


def test_draft_is_shown_to_who_has_the_link_and_says_that_it_is_one(client, address):
    response = client.get(address)

    words = response.content.decode()
    assert "<h1>A draft to look at</h1>" in words
    assert "A draft, not published." in words
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["CDN-Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in words


def test_preview_looks_as_the_page_will_but_for_the_band_and_the_scripts(client, students, address):
    from campaign.publishing.publications import publish

    shown = re.search(r"<article.*</article>", client.get(address).content.decode(), re.S)
    publish(students, None)
    live = re.search(r"<article.*</article>", client.get("/students/").content.decode(), re.S)

    assert shown is not None
    assert live is not None
    band = re.search(r'<div class="part callout"><p><strong>A draft.*?</div>', shown[0], re.S)
    assert band is not None
    assert " ".join(shown[0].replace(band[0], "").split()) == " ".join(live[0].split())


def test_preview_has_no_script_and_may_stand_in_a_frame_of_this_site(client, address):
    response = client.get(address)

    assert "<script" not in response.content.decode()
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_link_ends_after_three_days(client, address, monkeypatch):
    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() + 3 * 24 * 3600 - 60)
    assert client.get(address).status_code == 200

    monkeypatch.setattr(signing.time, "time", lambda: real() + 3 * 24 * 3600 + 60)
    response = client.get(address)

    assert response.status_code == 410
    assert "This preview has ended" in response.content.decode()
    assert "A draft to look at" not in response.content.decode()


@pytest.mark.parametrize("token", ["x", "WzEsMV0:1x:y", "a" * 3000])
def test_forged_link_shows_nothing(client, address, token):
    assert client.get(reverse("preview", args=[token])).status_code == 410


def test_link_of_another_signature_of_this_site_shows_nothing(client, students):
    other = signing.TimestampSigner(salt="something else").sign_object(
        [save_draft(students, None).pk, timezone.now().isoformat()]
    )

    assert client.get(reverse("preview", args=[other])).status_code == 410


def test_link_keeps_to_the_state_that_was_shared(client, students, address):
    students.title = "Changed since"
    students.save()
    save_draft(students, None)

    assert "A draft to look at" in client.get(address).content.decode()


def test_process_for_staff_leads_on_to_the_readers_site(settings, address):
    settings.SITE_ROLE, settings.ROOT_URLCONF = "staff", settings.URLCONFS["staff"]
    settings.PUBLIC_URL = "https://readers.example.police.uk"

    response = Client().get(address)

    assert response.status_code == 200
    assert '<base href="https://readers.example.police.uk/">' in response.content.decode()
    assert (
        "base-uri https://readers.example.police.uk" in response.headers["Content-Security-Policy"]
    )


def test_screen_shows_the_draft_at_two_widths_with_the_link(editor, students):
    words = editor.get(reverse("admin:campaign_page_preview", args=[students.pk])).content.decode()

    assert words.count("<iframe") == 2
    link = re.search(r'value="(http[^"]*/staff/preview/[^"]*)"', words)
    assert link is not None
    assert "A draft to look at" in editor.get("/" + link[1].split("/", 3)[3]).content.decode()


def test_link_says_until_when_it_works(client, address):
    until = timezone.localtime() + preview.LIFE

    assert f"{until:%Y}" in client.get(address).content.decode()
    assert datetime.timedelta(days=3) == preview.LIFE
