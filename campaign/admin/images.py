"""Pictures: how they come in, what they show, and where they stand."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.admin.rows import RowAdmin
from campaign.admin.words import WordsForm
from campaign.images.adding import add_image, describe
from campaign.images.files import MadePicture, files_of
from campaign.images.upload import KINDS, MAX_BYTES, pixels_of, too_large
from campaign.images.uses import published_with, uses_of_image
from campaign.models import Image
from campaign.models.images import SMALL, ImageKind
from sextortion_site.staff.uploads import takes_a_file

THUMBNAIL = 96  # pixels, in the list


class NewImageForm(WordsForm):
    """Makes the files that readers get; of the one that was sent nothing else is kept."""

    upload = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(
            attrs={"accept": ", ".join(f"image/{kind.lower()}" for kind in KINDS)}
        ),
        help_text=_(
            "JPEG, PNG, WebP or AVIF, up to 10 MB. What is written inside the file goes away when"
            " you save: the place, the time, the camera, the name. What can be seen stays: look for"
            " faces, names, number plates and school badges."
        ),
    )
    made: MadePicture

    def clean_upload(self) -> None:
        made = self.cleaned_data["upload"].made
        if isinstance(made, ValidationError):
            raise made
        self.made = made
        describe(self.instance, self.made)


def made_of(sent: UploadedFile) -> MadePicture | ValidationError:
    """The files that readers would get of it, or why there are none."""
    try:
        if (sent.size or 0) > MAX_BYTES:
            raise ValidationError(too_large())
        return files_of(pixels_of(sent.read()))
    except ValidationError as error:
        return error


@admin.register(Image)
class ImageAdmin(RowAdmin):
    list_display = ["title", "thumbnail", "alternative", "is_decorative", "added_at", "used"]
    list_filter = ["is_decorative", "added_at"]
    search_fields = ["title", "alternative"]
    readonly_fields = ["shown", "size", "used", "added_at", "added_by_name"]
    # Whoever deletes a picture may have to be sure that it is gone.
    comes_back = False
    delete_confirmation_template = "admin/campaign/image/delete.html"
    delete_selected_confirmation_template = "admin/campaign/image/delete_selected.html"

    class Media:
        js = ["staff/upload_preview.js"]

    @takes_a_file(MAX_BYTES)
    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Makes the files beforehand: that takes seconds, and the form is saved in a transaction,
        for the end of which others wait."""
        if (sent := request.FILES.get("upload")) and self.has_add_permission(request):
            sent.made = made_of(sent)  # type: ignore[attr-defined]  # read by the form
        return super().add_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Image | None = None, *args, **kwargs):
        form = WordsForm if obj else NewImageForm
        return super().get_form(request, obj, *args, **{"form": form, **kwargs})

    def get_fields(self, request: HttpRequest, obj: Image | None = None):
        words = ["title", "alternative", "is_decorative"]
        return (
            ["shown", *words, "size", "used", "added_at", "added_by_name"]
            if obj
            else ["upload", *words]
        )

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            add_image(obj, form.made, request.user)

    def get_deleted_objects(self, objs, request):
        """What readers get, or will get, keeps its pictures."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        for image in objs:
            protected += [
                gettext("Published: %(page)s") % {"page": page} for page in published_with(image)
            ]
        return deleted, counts, missing, protected

    @admin.display(description=_("picture"))
    def shown(self, image: Image) -> SafeString:
        return self._img(image, SMALL)

    @admin.display(description=_("picture"))
    def thumbnail(self, image: Image) -> SafeString:
        return self._img(image, THUMBNAIL)

    @admin.display(description=_("size"))
    def size(self, image: Image) -> str:
        """What a reader's phone loads, in the kind that most browsers take."""
        files = image.files.filter(kind=ImageKind.AVIF).values_list("content", flat=True)
        bytes_ = sorted(len(content) for content in files)
        kilobytes = gettext(" or ").join(f"{size / 1000:.0f} kB" for size in bytes_)
        return f"{image.width} × {image.height}, {kilobytes}"  # noqa: RUF001 - it is that sign

    @admin.display(description=_("stands on"))
    def used(self, image: Image) -> str:
        return ", ".join(uses_of_image(image)) or "-"

    def _img(self, image: Image, width: int) -> SafeString:
        """As wide as that at most; the words beside it say what it shows."""
        width = min(width, image.width)
        return format_html(
            '<img src="{}" width="{}" height="{}" alt="" loading="lazy">',
            image.address(ImageKind.WEBP, image.widths()[0]),
            width,
            image.height * width // image.width,
        )
