"""Start-up checks of what goes inside every page."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from sextortion_site.delivery import page_assets


@register
def check_page_assets(**kwargs: Any) -> list[CheckMessage]:
    """Every file that the settings put inside pages exists and can be read as UTF-8."""
    messages: list[CheckMessage] = []
    for setting, asset in (
        ("PAGE_STYLES", page_assets.page_style),
        ("PAGE_HEAD_SCRIPTS", page_assets.page_head_script),
        ("PAGE_SCRIPTS", page_assets.page_script),
    ):
        try:
            text = asset().text
        except (page_assets.MissingAsset, OSError, UnicodeDecodeError) as error:
            messages.append(Error(f"{setting}: {error} cannot be read", id="delivery.E001"))
        else:
            if "</" in text:
                messages.append(
                    Error(f"{setting}: the text would end its own element", id="delivery.E002")
                )
    return messages
