"""Which engines there are, and how one is started."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.browser.engines.chromium import CHROMIUM, Chromium
from tests.browser.engines.engine import Engine
from tests.browser.engines.firefox import FIREFOX, Firefox
from tests.browser.engines.webkit import MINIBROWSER, WebKit

PROGRAMS = {"chromium": CHROMIUM, "firefox": FIREFOX, "webkit": MINIBROWSER}


def skipped() -> set[str]:
    """The engines that the environment asks to leave out: ``SKIP_ENGINES=firefox,webkit``."""
    return {name.strip() for name in os.environ.get("SKIP_ENGINES", "").split(",")} - {""}


def missing(name: str) -> str:
    """Why the engine cannot be had on this machine; "" where it can."""
    program = PROGRAMS[name]
    if Path(program).exists():
        return ""
    return f"{program} is not installed. SKIP_ENGINES={name} leaves {name} out on purpose."


@contextmanager
def started(name: str, profile: Path, display: str | None = None) -> Iterator[Engine]:
    """A browser with this profile; with a window where a display is given.

    WebKit has no other way, so it needs one.
    """
    engine: Engine
    if name == "chromium":
        engine = Chromium(profile, display)
    elif name == "firefox":
        engine = Firefox(profile, display)
    else:
        assert display
        engine = WebKit(profile, display)
    with closing(engine):
        yield engine
