"""Storing a picture with its files."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from campaign.images.files import MadePicture
from campaign.models import Image, ImageFile


def describe(image: Image, made: MadePicture) -> None:
    """Gives the row what it has to say of its files. Raises ValidationError where the same
    picture is there already."""
    if same := Image.objects.filter(digest=made.digest).first():
        message = _("This picture is here already, as “%(title)s”. Use that one.")
        raise ValidationError(message % {"title": same.title})
    image.digest, image.width, image.height = made.digest, made.width, made.height


@transaction.atomic
def add_image(image: Image, made: MadePicture, by: Any) -> None:
    """``by`` is an account, or None for the site itself."""
    image.added_by = by
    image.added_by_name = by.get_username() if by else ""
    image.save()
    ImageFile.objects.bulk_create(
        ImageFile(
            image=image,
            kind=file.kind,
            name=image.file_name(file.kind, file.width),
            content=file.content,
        )
        for file in made.files
    )
