"""Why a report cannot be taken as it was sent, where the fault is no single question's."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reporting.questions import Cleaned, has_picture

TOO_LARGE = _(
    "All of it together is too long to send at once. Please make it shorter. You can send the "
    "rest later, with your code."
)
PICTURE = _(
    "It looks like there was a picture in what you sent, as computer code. Please don't send it. "
    "We have not kept it. Your words are still here."
)


def is_too_large(size: int) -> bool:
    """Whether a body of so many bytes is more than a report may have."""
    return size > settings.REPORT_MAX_BYTES


def refusals(sent: Mapping[str, Sequence[str]], cleaned: Cleaned, size: int) -> list[str]:
    """What to tell beside the errors of the questions."""
    found = [str(TOO_LARGE)] if is_too_large(size) else []
    if cleaned.is_valid and has_picture(sent):
        found.append(str(PICTURE))
    return found
