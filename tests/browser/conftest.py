"""Real browsers, Debian's, of three engines, and a neutral site to leave to."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.engines.chromium import ARGUMENTS, CHROMIUM
from tests.browser.engines.display import virtual_display
from tests.browser.engines.engine import Engine
from tests.browser.engines.start import PROGRAMS, missing, skipped, started
from tests.browser.https_front import running_https_front
from tests.browser.neutral_site import NeutralSite
from tests.conftest import SiteFolders, free_port, running_site

# Playwright's loop runs in this thread; Django, which the other tests of this process use,
# would take it for asynchronous code and refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def neutral_site() -> Iterator[NeutralSite]:
    with NeutralSite().running() as running:
        yield running


@pytest.fixture(scope="session")
def site(new_site_folder: SiteFolders, neutral_site: NeutralSite) -> Iterator[str]:
    """The address of a site that leaves to the neutral one. Tests do not change its content."""
    with running_site(new_site_folder(), SAFE_EXIT_URL=neutral_site.url) as running:
        yield running.address


@pytest.fixture(scope="session")
def secure_site(
    new_site_folder: SiteFolders,
    tmp_path_factory: pytest.TempPathFactory,
    neutral_site: NeutralSite,
) -> Iterator[str]:
    """The https address of such a site in service, behind nginx."""
    url = f"https://site.localhost:{free_port()}"
    with (
        running_site(new_site_folder(), SAFE_EXIT_URL=neutral_site.url, SITE_URL=url) as running,
        running_https_front(tmp_path_factory.mktemp("front"), url, running.address),
    ):
        yield url


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    with virtual_display() as name:
        yield name


@pytest.fixture(params=list(PROGRAMS))
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn. One that is not installed fails, unless SKIP_ENGINES names it."""
    name: str = request.param
    if name in skipped():
        pytest.skip(f"SKIP_ENGINES names {name}")
    if why := missing(name):
        pytest.fail(why)
    return name


@pytest.fixture
def profile() -> Iterator[Path]:
    """A folder for a browser to keep things in, gone after the test."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def engine(engine_name: str, profile: Path, display: str) -> Iterator[Engine]:
    """A browser without a window, WebKit excepted."""
    with started(engine_name, profile, display if engine_name == "webkit" else None) as browser:
        yield browser


@pytest.fixture
def home(page: Page, site: str) -> Page:
    """The first page in Chromium."""
    page.goto(f"{site}/")
    return page
