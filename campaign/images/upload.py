"""What an editor has uploaded, read as a picture: pixels in sRGB, upright, and nothing else."""

import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

MIB = 1024 * 1024
MAX_BYTES = 10 * MIB
# As many as a camera of 24 megapixels makes, and some more. Read whole, they take 100 MB.
MAX_PIXELS = 25_000_000
# By Pillow's names; whatever else it could read is not even tried.
KINDS = ("JPEG", "PNG", "WEBP", "AVIF")
# A photograph with others inside it, such as its depths, as phones make them; the first counts.
SEVERAL_IN_ONE = "MPO"


def pixels_of(upload: bytes) -> Image.Image:
    """The picture as a reader is to see it.

    Only its pixels are left: no EXIF and so no place, no XMP, no comment, no colour profile, no
    preview. Transparent parts become white, or dark lines would vanish on a dark page. Raises
    ValidationError, in words for the editor.
    """
    if len(upload) > MAX_BYTES:
        raise ValidationError(too_large())
    try:
        picture = Image.open(io.BytesIO(upload), formats=KINDS)
        _refuse_what_cannot_be_shown(picture)
        picture.load()
        return _plain(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        # Pillow's own limits lie higher than ours.
        raise ValidationError(_too_many_pixels()) from None
    except ValidationError:
        raise
    except Exception:
        # Pillow lets out whatever its decoders meet in a broken file. Nothing of it is kept: an
        # error's text could hold parts of the file.
        raise ValidationError(
            _("This is no JPEG, PNG, WebP or AVIF picture, or it is damaged.")
        ) from None


def too_large() -> str:
    return _("The file is larger than %(limit)d MB. Make the picture smaller first.") % {
        "limit": MAX_BYTES // MIB
    }


def _too_many_pixels() -> str:
    return _("The picture has more than %(limit)d megapixels. Make it smaller first.") % {
        "limit": MAX_PIXELS // 1_000_000
    }


def _refuse_what_cannot_be_shown(picture: Image.Image) -> None:
    """Asked of the file's head, before a pixel is read."""
    if picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(_too_many_pixels())
    if picture.format != SEVERAL_IN_ONE and getattr(picture, "is_animated", False):
        raise ValidationError(_("The picture moves. Choose one that stands still."))


def _plain(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):  # 16 bits of grey
        upright = upright.convert("I").point(lambda grey: grey / 256, "L")
    coloured = _in_srgb(upright)
    bare = Image.new("RGB", coloured.size, "white")
    has_transparency = coloured.mode == "RGBA"
    bare.paste(coloured, mask=coloured.getchannel("A") if has_transparency else None)
    return bare


def _in_srgb(picture: Image.Image) -> Image.Image:
    """As RGB or RGBA, by the colour profile that it brings."""
    wanted = "RGBA" if picture.has_transparency_data else "RGB"
    if picture.mode in {"P", "LA", "PA", "1"}:  # of which the profiles know nothing
        picture = picture.convert(wanted)
    profile = picture.info.get("icc_profile")
    by_profile = _by_profile(picture, profile, wanted) if profile else None
    return by_profile or picture.convert(wanted)


def _by_profile(picture: Image.Image, profile: bytes, wanted: str) -> Image.Image | None:
    """None for a profile that is broken, or of other pixels than these."""
    try:
        brought = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, brought, srgb, outputMode=wanted)
    except (ImageCms.PyCMSError, OSError):
        return None
