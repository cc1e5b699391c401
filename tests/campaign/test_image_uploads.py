"""What is uploaded becomes pixels and nothing else; what is no picture is refused in words."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from campaign.images import upload
from campaign.images.files import files_of
from campaign.images.upload import MAX_BYTES, pixels_of
from campaign.models.images import ImageKind
from tests.campaign.uploads import WORDS, drawn, exif, photograph, profile, written

RED, BLUE = (255, 0, 0), (0, 0, 255)


def is_near(colour, wanted) -> bool:
    return all(abs(a - b) <= 6 for a, b in zip(colour, wanted, strict=True))


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def png_head(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and has next to no data."""

    def chunk(name: bytes, data: bytes) -> bytes:
        sum_ = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + sum_

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


# --- what is taken ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_picture_of_each_kind_is_read(kind):
    pixels = pixels_of(written(drawn(), kind, **({} if kind == "PNG" else {"quality": 95})))

    assert (pixels.mode, pixels.size) == ("RGB", (60, 40))
    assert is_near(pixels.getpixel((5, 5)), RED)
    assert is_near(pixels.getpixel((55, 35)), BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_every_mode_of_pixels_becomes_colours(mode):
    picture = Image.new("I;16", (60, 40), 32768) if mode == "I;16" else drawn(mode=mode)

    pixels = pixels_of(written(picture, "PNG"))

    wanted = (128, 128, 128) if mode == "I;16" else drawn(mode=mode).convert("RGB").getpixel((5, 5))
    assert is_near(pixels.getpixel((5, 5)), wanted)


def test_what_shines_through_becomes_white():
    picture = drawn(mode="RGBA")
    picture.putpixel((0, 0), (0, 0, 0, 0))

    assert pixels_of(written(picture, "PNG")).getpixel((0, 0)) == (255, 255, 255)


def test_photograph_with_others_inside_it_shows_the_first():
    content = written(drawn(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))])

    assert is_near(pixels_of(content).getpixel((5, 5)), RED)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (60, 40), (5, 20)),
        (3, (60, 40), (55, 20)),
        (6, (40, 60), (20, 5)),
        (8, (40, 60), (20, 55)),
    ],
)
def test_picture_stands_as_the_camera_was_held(orientation, size, red_at):
    pixels = pixels_of(photograph(orientation=orientation))

    assert pixels.size == size
    assert is_near(pixels.getpixel(red_at), RED)


def test_colours_are_those_that_the_profile_means():
    table = profile().replace(b"rXYZ", b"swap").replace(b"bXYZ", b"rXYZ").replace(b"swap", b"bXYZ")

    pixels = pixels_of(written(drawn(), "PNG", icc_profile=table))

    assert is_near(pixels.getpixel((5, 5)), BLUE)
    assert is_near(pixels.getpixel((55, 35)), RED)


def test_broken_profile_is_passed_over():
    content = written(drawn(), "PNG", icc_profile=b"no profile at all")

    assert is_near(pixels_of(content).getpixel((5, 5)), RED)


# --- what is gone ----------------------------------------------------------------------------


def test_nothing_that_a_camera_wrote_is_left():
    content = photograph(1500, 900, orientation=6)
    before = opened(content)
    assert before.getexif().get_ifd(34853)  # the place
    assert {"exif", "comment", "xmp", "icc_profile"} <= set(before.info)
    assert WORDS.encode() in content

    made = files_of(pixels_of(content))

    assert len(made.files) == 4
    for file in made.files:
        after = opened(file.content)
        assert not after.getexif()
        assert (
            set(after.info) & {"exif", "comment", "xmp", "icc_profile", "XML:com.adobe.xmp"}
            == set()
        )
        for trace in (WORDS.encode(), b"Exif", b"GPS", b"xmp", b"script"):
            assert trace not in file.content


@pytest.mark.parametrize(
    "tail", [b"<script>alert('hidden-words')</script>", b"PK\x03\x04hidden-words"]
)
def test_what_hangs_on_a_picture_is_left_behind(tail):
    made = files_of(pixels_of(written(drawn(), "PNG") + tail))

    assert not any(b"hidden-words" in file.content for file in made.files)


def test_text_in_a_png_is_left_behind():
    said = PngInfo()
    said.add_itxt("Comment", WORDS, zip=True)
    said.add_text("Author", WORDS)

    made = files_of(pixels_of(written(drawn(), "PNG", pnginfo=said, exif=exif())))

    assert not any(WORDS.encode() in file.content for file in made.files)


# --- what is refused -------------------------------------------------------------------------

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        SVG,
        b'<?xml version="1.0"?>' + SVG,
        b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)",
        written(drawn(), "GIF"),
        written(drawn(), "BMP"),
        written(drawn(), "TIFF"),
        written(drawn(), "ICO"),
        written(drawn(), "PDF"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"<!doctype html><script>alert(1)</script>",
        photograph()[:300],
        written(drawn(500, 500))[:-600],
        png_head(100, 100),
        b"\xff\xd8\xff\xe0" + bytes(50),
    ],
    ids=lambda content: content[:12].decode("latin-1"),
)
def test_what_is_no_picture_is_refused_in_words(content):
    with pytest.raises(
        ValidationError, match="no JPEG, PNG, WebP or AVIF picture, or it is damaged"
    ):
        pixels_of(content)


@pytest.mark.parametrize("size", [(5001, 5000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_bomb_is_refused_before_it_goes_off(size):
    with pytest.raises(ValidationError, match="more than 25 megapixels"):
        pixels_of(png_head(*size))


def test_bomb_in_the_text_of_a_picture_is_refused():
    data = b"Comment\0\0" + zlib.compress(bytes(100 * 1024 * 1024))
    chunk = b"zTXt" + data
    bomb = struct.pack(">I", len(data)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    whole = written(drawn(), "PNG")

    with pytest.raises(ValidationError, match="damaged"):
        pixels_of(whole[:33] + bomb + whole[33:])


def test_largest_picture_is_taken():
    content = written(Image.new("L", (5000, 5000)), "PNG")

    assert pixels_of(content).size == (5000, 5000)


def test_file_that_is_too_large_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(upload.Image, "open", lambda *args, **kwargs: pytest.fail("opened"))

    with pytest.raises(ValidationError, match="larger than 10 MB"):
        pixels_of(bytes(MAX_BYTES + 1))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_moving_picture_is_refused(kind):
    frames = [drawn(), Image.new("RGB", (60, 40))]

    with pytest.raises(ValidationError, match="moves"):
        pixels_of(written(frames[0], kind, save_all=True, append_images=frames[1:]))


def test_error_says_nothing_of_the_file():
    with pytest.raises(ValidationError) as caught:
        pixels_of(b"secret words")

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


# --- the files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "widths", "height"),
    [
        ((3000, 1500), [640, 1280], 640),
        ((641, 400), [640, 641], 400),
        ((640, 400), [640], 400),
        ((1, 1), [1], 1),
        ((2000, 20_000 // 2), [512], 2560),
    ],
)
def test_files_are_as_wide_as_a_page_and_a_phone_need(size, widths, height):
    made = files_of(drawn(*size))

    for kind in ImageKind:
        files = [file for file in made.files if file.kind == kind]
        assert sorted(file.width for file in files) == widths
        assert [opened(file.content).width for file in files] == [file.width for file in files]
        assert {opened(file.content).format for file in files} == {kind.upper()}
    assert (made.width, made.height) == (widths[-1], height)


def test_same_pixels_have_the_same_name_and_others_another():
    first, again = files_of(drawn()), files_of(drawn())

    assert first.digest == again.digest
    assert files_of(drawn(40, 60)).digest != first.digest
    assert len(first.digest) == 32


def test_files_look_like_the_picture():
    pixels = Image.radial_gradient("L").convert("RGB").resize((640, 640))

    for file in files_of(pixels).files:
        difference = ImageChops.difference(pixels, opened(file.content).convert("RGB"))
        assert max(high for _low, high in difference.getextrema()) < 30
        assert len(file.content) < 12_000
