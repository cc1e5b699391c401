"""Pictures as editors upload them."""

import io
from typing import Any

from PIL import ExifTags, Image, ImageCms

from campaign import models
from campaign.images.adding import add_image, describe
from campaign.images.files import files_of

WORDS = "hidden-words-of-a-camera"
ALTERNATIVE = "A phone face down on a table"


def drawn(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    return picture.convert(mode)


def written(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def exif(orientation: int = 1) -> bytes:
    """Of a phone: with the place, and words."""
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    tags[ExifTags.Base.Make] = WORDS
    tags[ExifTags.Base.ImageDescription] = f"<script>alert('{WORDS}')</script>"
    place = tags.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (52.0, 57.0, 12.34)
    place[ExifTags.GPS.GPSAreaInformation] = WORDS.encode()
    return tags.tobytes()


def profile(name: str = "sRGB") -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def photograph(width: int = 60, height: int = 40, orientation: int = 1) -> bytes:
    """A JPEG with everything that a camera and a program can write into it."""
    return written(
        drawn(width, height),
        exif=exif(orientation),
        comment=WORDS.encode(),
        xmp=f"<x:xmpmeta>{WORDS}</x:xmpmeta>".encode(),
        icc_profile=profile(),
        quality=95,
    )


def stored(width: int = 1500, alternative: str = ALTERNATIVE) -> models.Image:
    """A picture as the database has it."""
    image = models.Image(title="Phone", alternative=alternative, is_decorative=not alternative)
    made = files_of(drawn(width, width // 2))
    describe(image, made)
    add_image(image, made, None)
    return image
