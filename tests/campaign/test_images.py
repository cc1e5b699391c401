"""Pictures: taken in by the admin, put on a page, served to readers."""

import datetime
import io

import brotli
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pixels

from campaign.images.files import files_of
from campaign.images.uses import uses_of_image
from campaign.models import Image, ImageFile, Page, Section
from campaign.publishing.content import words_from
from campaign.publishing.drafts import restore, save_draft
from campaign.publishing.publications import publish, unpublish
from campaign.reading import readable
from tests.campaign.editing import change_url, form_data
from tests.campaign.uploads import ALTERNATIVE, WORDS, photograph, stored

pytestmark = pytest.mark.django_db

LIST = "/staff/campaign/image/"
ADD = f"{LIST}add/"


def upload(editor, content: bytes, **words: str):
    sent = SimpleUploadedFile(f"{WORDS}.jpg", content, "image/jpeg")
    data = {"title": "Phone", "alternative": ALTERNATIVE, "upload": sent, **words}
    return editor.post(ADD, data)


def with_picture(image: Image, **words: str) -> Page:
    page = Page.objects.get(slug="students")
    page.sections.create(kind="image", image=image, position=1, **words)
    return page


# --- taking them in --------------------------------------------------------------------------


def test_upload_becomes_files_and_nothing_else_is_kept(editor):
    response = upload(editor, photograph(1500, 900))

    image = Image.objects.get()
    assert response.status_code == 302
    assert (image.title, image.width, image.height) == ("Phone", 1280, 768)
    assert image.added_by_name == "editor"
    assert sorted(image.files.values_list("name", flat=True)) == [
        f"{image.digest}-640.avif",
        f"{image.digest}-640.webp",
        f"{image.digest}.avif",
        f"{image.digest}.webp",
    ]
    kept = [*Image.objects.values_list(), *ImageFile.objects.values_list()]
    assert WORDS not in str(kept)


@pytest.mark.parametrize(
    ("words", "is_taken"),
    [
        ({"alternative": "A phone"}, True),
        ({"alternative": "", "is_decorative": "on"}, True),
        ({"alternative": ""}, False),
        ({"alternative": "   "}, False),
        ({"alternative": "A phone", "is_decorative": "on"}, False),
    ],
)
def test_picture_has_an_alternative_text_or_is_decorative(editor, words, is_taken):
    response = upload(editor, photograph(), **words)

    assert Image.objects.exists() is is_taken
    if not is_taken:
        assert "Write an alternative text, or say that" in response.content.decode()


@pytest.mark.parametrize("words", [("", False), ("A phone", True)])
def test_database_refuses_neither_and_both(words):
    image = stored()

    with (
        pytest.raises(IntegrityError, match="image_is_described_or_decorative"),
        transaction.atomic(),
    ):
        Image.objects.filter(pk=image.pk).update(alternative=words[0], is_decorative=words[1])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "no JPEG, PNG, WebP or AVIF picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG, PNG, WebP or AVIF picture"),
        (bytes(10 * 1024 * 1024 + 1), "larger than 10 MB"),
        (b"", "empty"),
    ],
)
def test_what_is_no_picture_comes_back_with_words(editor, content, fault):
    response = upload(editor, content)

    assert fault in response.content.decode()
    assert not Image.objects.exists()


def test_file_is_asked_for(editor):
    response = editor.post(ADD, {"title": "Phone", "alternative": ALTERNATIVE})

    assert "This field is required" in response.content.decode()


def test_same_picture_is_not_taken_twice(editor):
    upload(editor, photograph())

    response = upload(editor, photograph(), title="Again")

    assert "This picture is here already, as “Phone”" in response.content.decode()
    assert Image.objects.count() == 1


def test_words_of_a_picture_can_be_changed_and_its_pixels_cannot(editor):
    image = stored()
    digest = image.digest
    form = editor.get(change_url(image))
    data = form_data(form) | {"alternative": "Two phones"}

    editor.post(change_url(image), data | {"upload": io.BytesIO(photograph())})

    image.refresh_from_db()
    assert "upload" not in form.content.decode().replace("upload_preview", "")
    assert (image.alternative, image.digest) == ("Two phones", digest)


# --- on a page -------------------------------------------------------------------------------


def test_reader_gets_the_picture_with_its_words(client):
    image = stored()
    publish(with_picture(image, heading="How it looks", body="<p>In [[area]]</p>"), None)

    page = client.get("/students/").content.decode()

    assert "<h2>How it looks</h2>" in page
    assert f'alt="{ALTERNATIVE}" loading="lazy" decoding="async"' in page
    assert 'width="1280" height="640"' in page
    assert f'src="/pictures/{image.digest}.webp"' in page
    for kind in ("avif", "webp"):
        assert (
            f'srcset="/pictures/{image.digest}-640.{kind} 640w,'
            f' /pictures/{image.digest}.{kind} 1280w"' in page
        )
    assert "<figcaption><p>In Nottinghamshire</p></figcaption>" in page


def test_picture_needs_no_words_and_a_decorative_one_has_an_empty_alternative(client):
    publish(with_picture(stored(alternative="")), None)

    page = client.get("/students/").content.decode()

    assert 'alt=""' in page
    assert "</picture></figure>" in page


def test_hostile_alternative_stays_words(client):
    publish(with_picture(stored(alternative='" onerror="alert(1)"><script>')), None)

    page = client.get("/students/").content.decode()

    assert 'alt="&quot; onerror=&quot;alert(1)&quot;&gt;&lt;script&gt;"' in page


def test_page_with_a_picture_stays_within_one_answer(client):
    longest = max(Page.objects.all(), key=lambda page: len(client.get(page.words_address).content))
    before = len(brotli.compress(client.get(longest.words_address).content))
    longest.sections.create(kind="image", image=stored(), position=1, body="<p>A caption</p>")
    publish(longest, None)

    after = len(brotli.compress(client.get(longest.words_address).content))

    assert after - before < 350
    assert after < 14_600


@pytest.mark.parametrize(
    ("kind", "has_image"), [("image", False), ("text", True), ("services", True)]
)
def test_sections_of_the_kind_and_only_they_have_a_picture(kind, has_image):
    image = stored() if has_image else None

    with (
        pytest.raises(IntegrityError, match="section_image_only_on_pictures"),
        transaction.atomic(),
    ):
        Section.objects.create(
            page=Page.objects.get(slug="students"), kind=kind, heading="x", image=image
        )


def test_section_without_its_picture_is_refused_in_words(editor):
    section = Page.objects.get(slug="students").sections.filter(kind="text").first()
    assert section is not None
    data = form_data(editor.get(change_url(section))) | {"kind": "image"}

    response = editor.post(change_url(section), data)

    assert "Choose a picture; only sections of that kind have one." in response.content.decode()


def test_old_revision_whose_picture_is_gone_shows_the_rest():
    image = stored()
    page = with_picture(image, heading="Gone")
    revision = save_draft(page, None)
    page.sections.filter(kind="image").delete()
    image.delete()

    shown = readable(words_from(revision.content, page.pk))

    headings = [part.section.heading for group in shown.groups for part in group.sections]
    assert headings
    assert "Gone" not in headings


# --- where they stand ------------------------------------------------------------------------

HOUR = datetime.timedelta(hours=1)


def is_deleted(editor, image: Image) -> bool:
    editor.post(reverse("admin:campaign_image_delete", args=[image.pk]), {"post": "yes"})
    return not Image.objects.filter(pk=image.pk).exists()


def test_unused_picture_goes_with_its_files(editor):
    image = stored()

    assert uses_of_image(image) == []
    assert is_deleted(editor, image)
    assert not ImageFile.objects.exists()


def test_picture_in_a_draft_stays(editor):
    image = stored()
    page = with_picture(image)

    assert uses_of_image(image) == [page.title]
    assert page.title in editor.get(change_url(image)).content.decode()
    assert not is_deleted(editor, image)


@pytest.mark.parametrize("at", [None, HOUR])
def test_picture_that_readers_get_or_will_get_stays(editor, at):
    image = stored()
    page = with_picture(image)
    publish(page, None, at=timezone.now() + at if at else None)
    page.sections.filter(kind="image").delete()

    assert uses_of_image(image) == [page.title]
    assert not is_deleted(editor, image)
    assert (
        page.title
        in editor.get(reverse("admin:campaign_image_delete", args=[image.pk])).content.decode()
    )


def test_picture_that_no_reader_gets_any_more_goes(editor):
    image = stored()
    page = with_picture(image)
    publish(page, None)
    revision = save_draft(page, None)
    page.sections.filter(kind="image").delete()
    unpublish(page, None)

    assert is_deleted(editor, image)
    with pytest.raises(ValidationError, match="not a valid choice"):
        restore(revision, None)


# --- as readers get the files ----------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("kind", ["avif", "webp"])
@pytest.mark.parametrize("suffix", ["", "-640"])
def test_file_is_served_from_the_database(client, method, kind, suffix):
    image = stored()

    response = getattr(client, method)(f"/pictures/{image.digest}{suffix}.{kind}")

    headers = response.headers
    assert response.status_code == 200
    assert headers["Content-Type"] == f"image/{kind}"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["CDN-Cache-Control"] == "public, max-age=86400, stale-if-error=604800"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert not {"Vary", "Content-Encoding", "ETag", "Set-Cookie"} & set(headers)
    assert not response.cookies
    if method == "get":
        assert int(headers["Content-Length"]) == len(response.content)
        assert Pixels.open(io.BytesIO(response.content)).format == kind.upper()


def test_file_costs_one_question_to_the_database(client, django_assert_num_queries):
    image = stored()

    with django_assert_num_queries(1):
        client.get(f"/pictures/{image.digest}.avif")


@pytest.mark.parametrize(
    "name",
    [
        "{digest}.png",
        "{digest}",
        "{digest}-320.webp",
        "{upper}.webp",
        "{other}.webp",
        "../{digest}.webp",
        "{digest}.webp/",
        "",
    ],
)
def test_nothing_else_is_there(client, name):
    digest = stored().digest
    name = name.format(digest=digest, upper=digest.upper(), other="0" * 32)

    response = client.get(f"/pictures/{name}")

    assert response.status_code == 404
    assert response.headers["CDN-Cache-Control"] == "no-store"


def test_file_is_not_posted_to(client):
    assert client.post(f"/pictures/{stored().digest}.webp").status_code == 405


def test_staff_look_at_pictures_in_a_process_of_their_own(client, settings):
    settings.ROOT_URLCONF = "sextortion_site.urls_staff"

    assert client.get(f"/pictures/{stored().digest}.webp").status_code == 200


def test_list_and_form_show_the_picture(editor):
    image = stored()

    for url in (reverse("admin:campaign_image_changelist"), change_url(image)):
        assert f'src="/pictures/{image.digest}-640.webp"' in editor.get(url).content.decode()


def test_files_are_made_before_the_form_is_saved_in_a_transaction(editor, monkeypatch):
    """Others wait for the end of that, and give up after five seconds."""
    begun: list[bool] = []
    before = len(connection.savepoint_ids)

    def making(pixels):
        begun.append(len(connection.savepoint_ids) > before)
        return files_of(pixels)

    monkeypatch.setattr("campaign.admin.images.files_of", making)

    assert upload(editor, photograph(1500, 900)).status_code == 302
    assert begun == [False]


def test_deleted_picture_is_gone_for_good_and_the_screens_say_so(editor):
    image = stored()
    delete = reverse("admin:campaign_image_delete", args=[image.pk])
    several = {"action": "delete_selected", "_selected_action": [image.pk]}

    assert "goes for good" in editor.get(delete).content.decode()
    assert "go for good" in editor.post(LIST, several).content.decode()
    editor.post(delete, {"post": "yes"})

    assert not ImageFile.objects.exists()
    assert f"{LIST}deleted/" not in editor.get(LIST).content.decode()
