"""Files that are sent to the site: none is taken, but by a screen that says so.

``settings.FILE_UPLOAD_HANDLERS`` names OnlyWhereAskedFor and nothing else, so a file never lies
on a disk, and one that nobody asked for is not even held in memory. The public forms refuse files
before they read them (delivery.plain_form).
"""

import io
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

View = TypeVar("View", bound=Callable[..., Any])


def takes_a_file(max_bytes: int) -> Callable[[View], View]:
    """Lets a view of the staff be sent a file. Of a larger one only the beginning is there; its
    ``size`` tells."""

    def marked(view: View) -> View:
        view.takes_a_file_of = max_bytes  # type: ignore[attr-defined]  # read by the handler
        return view

    return marked


class OnlyWhereAskedFor(FileUploadHandler):
    """Takes a file into memory where the view asks for one and somebody of the staff sends it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.limit = self._limit()
        if not self.limit:
            raise SkipFile
        self.content = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.content.write(raw_data[: max(0, self.limit - start)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def _limit(self) -> int:
        """Bytes; 0 where no file is taken."""
        # The form is read before the view is asked, for its CSRF token: who sends it is looked at
        # here, or anybody could fill the memory.
        if self.request is None or self.request.resolver_match is None:
            return 0
        account = self.request.user
        is_staff = account.is_active and account.is_staff
        view = self.request.resolver_match.func
        return getattr(view, "takes_a_file_of", 0) if is_staff else 0
