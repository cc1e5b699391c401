"""Put style and scripts inside the page: ``{% page_style %}``, ``{% own_style "a/b.css" %}``."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from sextortion_site.delivery import page_assets

register = template.Library()

# The text is the project's own files, never a reader's or an editor's words, and
# checks.check_page_assets refuses text that would end its element.


@register.simple_tag
def page_style() -> SafeString:
    return _style(page_assets.page_style())


@register.simple_tag
def page_head_scripts() -> SafeString:
    return _elements(page_assets.page_head_scripts())


@register.simple_tag
def page_scripts() -> SafeString:
    return _elements(page_assets.page_scripts())


@register.simple_tag
def own_style(name: str) -> SafeString:
    """For inside ``.page``: what in-site navigation swaps."""
    return _style(page_assets.own_style(name))


@register.simple_tag
def own_script(name: str) -> SafeString:
    """For inside ``.page``, behind what it needs; ``visit.js`` runs it after a swap too."""
    return _elements([page_assets.own_script(name)])


def _style(style: page_assets.InlineAsset) -> SafeString:
    return mark_safe(f"<style>{style.text}</style>")  # noqa: S308 - own files


def _elements(scripts: list[page_assets.InlineAsset]) -> SafeString:
    return mark_safe("".join(f"<script>{script.text}</script>" for script in scripts))  # noqa: S308 - own files
