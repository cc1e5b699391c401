"""Start-up checks of what goes inside pages."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from sextortion_site.delivery import page_assets


@register
def check_page_assets(**kwargs: Any) -> list[CheckMessage]:
    """Every file that the settings put inside pages exists and can be read as UTF-8."""
    messages: list[CheckMessage] = []
    for setting, assets in (
        ("PAGE_STYLES", lambda: [page_assets.page_style()]),
        ("PAGE_HEAD_SCRIPTS", page_assets.page_head_scripts),
        ("PAGE_SCRIPTS", page_assets.page_scripts),
        ("PAGE_OWN_STYLES", page_assets.own_styles),
        ("PAGE_OWN_SCRIPTS", page_assets.own_scripts),
    ):
        try:
            texts = [asset.text for asset in assets()]
        except (page_assets.MissingAsset, OSError, UnicodeDecodeError) as error:
            messages.append(Error(f"{setting}: {error} cannot be read", id="delivery.E001"))
        else:
            if any("</" in text for text in texts):
                messages.append(
                    Error(f"{setting}: the text would end its own element", id="delivery.E002")
                )
    return messages
