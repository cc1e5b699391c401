"""The style and the scripts that stand inside every page.

They are authored as small files in ``static/`` and named in the settings ``PAGE_STYLES``,
``PAGE_HEAD_SCRIPTS`` and ``PAGE_SCRIPTS``. Here the styles are joined, and each text is minified
and hashed, once a process (in debug: each time). The page holds the text, its policy the hash,
so a page needs no second request and nothing else may run.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import minify
import rcssmin
from django.conf import settings
from django.contrib.staticfiles import finders


class MissingAsset(LookupError):
    """A file that the settings name is not in ``static/``."""


@dataclass(frozen=True)
class InlineAsset:
    """Text to put inside a page, and the hash that allows it there."""

    text: str

    @property
    def csp_source(self) -> str:
        digest = hashlib.sha256(self.text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"


def page_style() -> InlineAsset:
    return _asset(tuple(settings.PAGE_STYLES), rcssmin.cssmin)


def page_head_scripts() -> list[InlineAsset]:
    """What must work from the first bytes, in order: leaving comes first."""
    return _scripts(settings.PAGE_HEAD_SCRIPTS)


def page_scripts() -> list[InlineAsset]:
    """What may wait for the end of the page."""
    return _scripts(settings.PAGE_SCRIPTS)


def _scripts(names: list[str]) -> list[InlineAsset]:
    """Each script has an element of its own, so that a fault in one cannot stop another."""
    return [_asset((name,), _minified_script) for name in names]


def _minified_script(text: str) -> str:
    return minify.string("application/javascript", text)


def _asset(names, shorten) -> InlineAsset:
    build = _build if settings.DEBUG else _build_once
    return build(names, shorten)


def _build(names, shorten) -> InlineAsset:
    return InlineAsset(shorten("\n".join(_read(name) for name in names)))


_build_once = cache(_build)


def _read(name: str) -> str:
    path = finders.find(name)
    if path is None:
        raise MissingAsset(name)
    return Path(path).read_text(encoding="utf-8")
