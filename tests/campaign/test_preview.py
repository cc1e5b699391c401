"""A preview: the draft at its real looks, by a link that ends and asks for no account."""

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
from campaign.publication_checks import links
from campaign.publication_checks.asking import Answer
from campaign.publishing.deletion import bring_back, delete_page
from campaign.publishing.drafts import save_draft
from campaign.publishing.publications import publish
from tests.campaign.test_images import with_picture
from tests.campaign.uploads import stored
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db


def draft_of(slug: str, **changes: str):
    page = Page.objects.get(slug=slug)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save()
    return save_draft(page, None)


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


@pytest.fixture
def path() -> str:
    return path_of(preview_link(draft_of("students", title="A drafted title")))


def test_preview_shows_the_draft_without_an_account(client: Client, path: str):
    response = client.get(path)

    page = response.content.decode()
    assert response.status_code == 200
    assert "<h1>A drafted title</h1>" in page
    assert "A draft, not published." in page
    assert "<h1>A drafted title</h1>" not in client.get("/students/").content.decode()


def test_preview_shows_the_revision_that_it_was_made_of(client: Client, path: str):
    draft_of("students", title="A later title")

    assert "<h1>A drafted title</h1>" in client.get(path).content.decode()


def test_preview_sets_no_cookie_and_is_kept_nowhere(client: Client, path: str):
    response = client.get(path)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["CDN-Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_preview_stands_in_frames_of_this_site_alone(client: Client, path: str):
    preview_headers = client.get(path).headers
    live_headers = client.get("/students/").headers

    policy = preview_headers["Content-Security-Policy"]
    assert preview_headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'none'" in policy
    assert live_headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in live_headers["Content-Security-Policy"]


def article(response) -> str:
    found = re.search(r"<article.*</article>", response.content.decode(), re.S)
    assert found is not None
    return " ".join(found[0].split())


def test_preview_is_the_page_that_readers_will_get_but_for_the_band(client: Client, path: str):
    shown = article(client.get(path))
    publish(Page.objects.get(slug="students"), None)

    band = re.search(r'<div class="part callout"><p><strong>A draft.*?</div> ', shown)
    assert band is not None
    assert shown.replace(band[0], "") == article(client.get("/students/"))


def test_screen_shows_the_draft_at_two_widths_with_the_link(editor):
    revision = draft_of("students", title="A drafted title")
    url = reverse("admin:campaign_page_preview", args=[revision.page_id])

    words = editor.get(url).content.decode()

    assert words.count("<iframe") == 2
    link = re.search(r">(http[^<]*/staff/preview/[^<]*)</textarea>", words)
    assert link is not None
    assert "<h1>A drafted title</h1>" in Client().get(path_of(link[1])).content.decode()


def test_preview_runs_no_script_and_looks_as_if_it_did(client: Client, path: str):
    page = client.get(path).content.decode()

    assert "<script" not in page
    assert re.search(r'<html [^>]*class="scripted"', page)


@pytest.mark.parametrize("slug", ["", "feedback", "cookies", "report", "help-now"])
def test_every_kind_of_page_has_a_preview(client: Client, slug: str):
    path = path_of(preview_link(draft_of(slug, title="A drafted title")))

    page = client.get(path).content.decode()

    assert "<h1>A drafted title</h1>" in page


@pytest.mark.parametrize(
    ("slug", "field"), [("feedback", 'name="message"'), ("cookies", 'class="cookie-settings"')]
)
def test_preview_of_a_page_with_a_form_shows_the_form(client: Client, slug: str, field: str):
    path = path_of(preview_link(draft_of(slug, title="A drafted title")))

    page = client.get(path).content.decode()

    assert field in page
    assert "A draft, not published." in page


def test_page_that_was_never_published_has_a_preview(client: Client):
    today = timezone.localdate()
    page = Page.objects.create(
        title="Brand new",
        slug="brand-new",
        menu_label="New",
        reader="young",
        group="know",
        owner="Editor",
        checked_on=today,
        check_again_on=today + datetime.timedelta(days=90),
    )

    response = client.get(path_of(preview_link(save_draft(page, None))))

    assert "<h1>Brand new</h1>" in response.content.decode()
    assert client.get("/brand-new/").status_code == 404


def test_link_to_a_deleted_page_has_ended_until_the_page_is_back(client: Client, path: str):
    delete_page(Page.objects.get(slug="students"), None)

    response = client.get(path)

    assert response.status_code == 410
    assert "A drafted title" not in response.content.decode()
    bring_back(Page.objects.get(slug="students"))
    assert client.get(path).status_code == 200


def test_link_ends_after_three_days(client: Client, path: str, monkeypatch: pytest.MonkeyPatch):
    made = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: made + preview.LIFE.total_seconds() - 60)
    assert client.get(path).status_code == 200

    monkeypatch.setattr(signing.time, "time", lambda: made + preview.LIFE.total_seconds() + 60)
    response = client.get(path)

    assert response.status_code == 410
    assert "This preview has ended" in response.content.decode()
    assert "A drafted title" not in response.content.decode()


@pytest.mark.parametrize("forged", ["x", "W10:1abc:xyz", "{path}x", "a" * 3000])
def test_forged_link_shows_nothing(client: Client, path: str, forged: str):
    token = path.removesuffix("/").rsplit("/", 1)[1]
    response = client.get(f"/staff/preview/{forged.replace('{path}', token)}/")

    assert response.status_code == 410
    assert "A drafted title" not in response.content.decode()


def test_link_signed_for_something_else_shows_nothing(client: Client, path: str):
    revision = draft_of("students", title="A drafted title")
    ends_at = (timezone.now() + preview.LIFE).isoformat()
    token = signing.TimestampSigner(salt="another").sign_object([revision.pk, ends_at])

    assert client.get(f"/staff/preview/{token}/").status_code == 410


def test_link_names_no_page_and_nobody(path: str):
    assert "students" not in path


def test_links_lead_to_the_live_pages(client: Client, path: str):
    page = client.get(path).content.decode()

    assert 'href="/help-now/"' in page
    assert '<base target="_blank">' in page


@pytest.mark.urls("sextortion_site.urls_staff")
def test_process_for_staff_alone_shows_it_with_links_to_the_readers_site(
    client: Client, path: str, settings
):
    settings.PUBLIC_URL = "https://www.example.org"

    response = client.get(path)

    page = response.content.decode()
    assert "<h1>A drafted title</h1>" in page
    assert '<base href="https://www.example.org/" target="_blank">' in page
    assert 'href="/help-now/"' in page
    assert "base-uri https://www.example.org" in response.headers["Content-Security-Policy"]


@pytest.mark.urls("sextortion_site.urls_staff")
def test_process_for_staff_alone_shows_the_drafts_pictures_itself(client: Client, settings):
    settings.PUBLIC_URL = "https://www.example.org"
    image = stored()
    path = path_of(preview_link(save_draft(with_picture(image), None)))

    page = client.get(path).content.decode()

    own = f"{settings.SITE_URL}/pictures/{image.digest}.webp"
    assert f'src="{own}"' in page
    assert 'srcset="/pictures' not in page
    assert client.get(path_of(own)).status_code == 200


def test_preview_of_what_is_live_says_so(client: Client):
    words = client.get(path_of(preview_link(draft_of("students")))).content.decode()

    assert "A preview of what is live." in words
    assert "A draft, not published." not in words


def test_screen_shows_a_writer_what_the_checks_found_and_asks_nobody(client, monkeypatch):
    def ask(link: str) -> Answer:
        raise AssertionError(f"{link} was asked")

    monkeypatch.setattr(links, "ask", ask)
    sign_in(client, new_account("wanda", "Writer"))
    revision = draft_of("students", summary="Stay calm.")
    body = client.get(reverse("admin:campaign_page_preview", args=[revision.page_id])).content

    assert "stay calm" in body.decode().lower()
    assert "Please look:" in body.decode()


def test_who_looks_signs_no_revision(client):
    sign_in(client, new_account("wanda", "Writer"))
    page = Page.objects.get(slug="students")
    Page.objects.filter(pk=page.pk).update(title="Changed by no form")

    client.get(reverse("admin:campaign_page_preview", args=[page.pk]))

    made = page.revisions.latest("number")
    assert made.content["page"]["title"] == "Changed by no form"
    assert made.made_by_name == ""
