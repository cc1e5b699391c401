"""Tags for the pictures that editors put on pages."""

from django import template

from campaign.models import Image

register = template.Library()


@register.simple_tag
def image_files(image: Image, kind: str) -> str:
    """The files of one kind with their widths, as ``srcset`` takes them."""
    return ", ".join(f"{image.address(kind, width)} {width}w" for width in image.widths())


@register.simple_tag
def image_file(image: Image, kind: str) -> str:
    """The address of the largest file of one kind."""
    return image.address(kind, image.width)
