"""The style and the scripts that stand inside pages.

They are authored as small files in ``static/`` and named in the settings ``PAGE_STYLES``,
``PAGE_HEAD_SCRIPTS`` and ``PAGE_SCRIPTS`` where every page has them, in ``PAGE_OWN_STYLES`` and
``PAGE_OWN_SCRIPTS`` where they come with the content of the pages that need them. Here the styles
of every page are joined, and each text is minified and hashed, once before the server forks (in
debug: read each time, and left as it is). The page holds the text, its policy the hash, so a page
needs no second request and nothing else may run. In-site navigation puts content under the policy
of another page, so every policy allows what any page has of its own.
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


class UnlistedAsset(LookupError):
    """A page wants a style or script of its own that the settings, and so the policy, leave out."""


@dataclass(frozen=True)
class InlineAsset:
    """Text to put inside a page, and the hash that allows it there."""

    text: str

    @property
    def csp_source(self) -> str:
        digest = hashlib.sha256(self.text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"


def build_all() -> None:
    """Before a server forks: the minifier is a Go library, whose threads a fork leaves behind. In
    a forked process it stands still as soon as it needs one."""
    page_style()
    for build in (page_head_scripts, page_scripts, own_styles, own_scripts):
        build()


def page_style() -> InlineAsset:
    return _asset(tuple(settings.PAGE_STYLES), rcssmin.cssmin)


def page_head_scripts() -> list[InlineAsset]:
    """What must work from the first bytes, in order: leaving comes first."""
    return _scripts(settings.PAGE_HEAD_SCRIPTS)


def page_scripts() -> list[InlineAsset]:
    """What may wait for the end of the page."""
    return _scripts(settings.PAGE_SCRIPTS)


def own_style(name: str) -> InlineAsset:
    """A style that comes with the content; UnlistedAsset where ``PAGE_OWN_STYLES`` lacks it."""
    return _asset((_listed(name, settings.PAGE_OWN_STYLES),), rcssmin.cssmin)


def own_script(name: str) -> InlineAsset:
    """A script that comes with the content; UnlistedAsset where ``PAGE_OWN_SCRIPTS`` lacks it."""
    return _asset((_listed(name, settings.PAGE_OWN_SCRIPTS),), _minified_script)


def own_styles() -> list[InlineAsset]:
    return [own_style(name) for name in settings.PAGE_OWN_STYLES]


def own_scripts() -> list[InlineAsset]:
    return [own_script(name) for name in settings.PAGE_OWN_SCRIPTS]


def _listed(name: str, names: list[str]) -> str:
    if name not in names:
        raise UnlistedAsset(name)
    return name


def _scripts(names: list[str]) -> list[InlineAsset]:
    """Each script has an element of its own, so that a fault in one cannot stop another."""
    return [_asset((name,), _minified_script) for name in names]


def _minified_script(text: str) -> str:
    return minify.string("application/javascript", text)


def _asset(names, shorten) -> InlineAsset:
    return InlineAsset(_joined(names)) if settings.DEBUG else _build_once(names, shorten)


@cache
def _build_once(names, shorten) -> InlineAsset:
    return InlineAsset(shorten(_joined(names)))


def _joined(names) -> str:
    return "\n".join(_read(name) for name in names)


def _read(name: str) -> str:
    path = finders.find(name)
    if path is None:
        raise MissingAsset(name)
    return Path(path).read_text(encoding="utf-8")
