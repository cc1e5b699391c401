"""Tags for the pictures that editors put on pages.

Their addresses are of this host, unless the page says by ``pictures_at`` where they are.
"""

from typing import Any

from django import template

from campaign.models import Image

register = template.Library()


@register.simple_tag(takes_context=True)
def image_files(context: Any, image: Image, kind: str) -> str:
    """The files of one kind with their widths, as ``srcset`` takes them."""
    host = context.get("pictures_at", "")
    return ", ".join(f"{host}{image.address(kind, width)} {width}w" for width in image.widths())


@register.simple_tag(takes_context=True)
def image_file(context: Any, image: Image, kind: str) -> str:
    """The address of the largest file of one kind."""
    return f"{context.get('pictures_at', '')}{image.address(kind, image.width)}"
