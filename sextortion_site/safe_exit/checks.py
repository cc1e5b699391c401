"""Start-up check of the place that leaving leads to."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError

from sextortion_site.safe_exit.destination import validate_destination


@register
def check_destination(**kwargs: Any) -> list[CheckMessage]:
    try:
        validate_destination(settings.SAFE_EXIT_URL)
    except ValidationError as error:
        return [Error(f"SAFE_EXIT_URL: {error.messages[0]}", id="safe_exit.E001")]
    return []
