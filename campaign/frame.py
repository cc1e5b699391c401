"""What stands around every page: the force's name, the crisis lines, the menus.

Every page needs it, error pages and leaving too. So a process keeps the frame that it read
last: for a second, so that a change reaches readers within one; and for as long as the database
does not answer, so that help and the way out stay. Before the first reading there is an empty
frame, and the templates show what needs no row: 999 and the way out.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import DatabaseError, InterfaceError

from campaign.models import Page, Service, SiteSettings
from campaign.models.facts import ServiceKind
from campaign.models.pages import Group
from campaign.publishing.live import live_pages

CRISIS_LINES = 4  # more would push the page's own words off a phone's screen
FRESH_SECONDS = 1.0
RETRY_SECONDS = 5.0  # after a failure, so that readers do not wait for the database one by one

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Frame:
    site: SiteSettings | None = None
    crisis_services: list[Service] = field(default_factory=list)
    # Every page that readers may open, by its number.
    pages: dict[int, Page] = field(default_factory=dict)
    menu: list[Page] = field(default_factory=list)
    all_pages: list[tuple[str, list[Page]]] = field(default_factory=list)

    @property
    def addresses_shown(self) -> str:
        """The addresses that the address bar shows, with spaces between; leaving reads them."""
        pages = [page for _, group in self.all_pages for page in group]
        return " ".join(page.get_absolute_url() for page in pages if page.shows_address)


@dataclass
class _Memory:
    """The last frame that could be read, and when to read it again."""

    frame: Frame = field(default_factory=Frame)
    read_again_at: float = 0.0  # by time.monotonic()


_memory = _Memory()
_of_this_transaction: ContextVar[Frame | None] = ContextVar("frame", default=None)


def frame() -> Frame:
    """The frame as it stands in the database, or as it last stood."""
    if (tried := _of_this_transaction.get()) is not None:
        return tried
    now = time.monotonic()
    if now >= _memory.read_again_at:
        try:
            _memory.frame = _read_frame()
            _memory.read_again_at = now + FRESH_SECONDS
        except (DatabaseError, InterfaceError) as error:
            logger.error("The frame of the pages could not be read: %s", type(error).__name__)
            _memory.read_again_at = time.monotonic() + RETRY_SECONDS
    return _memory.frame


def forget() -> None:
    """Makes the next frame a fresh one."""
    _memory.read_again_at = 0.0


@contextmanager
def frame_of_this_transaction() -> Iterator[None]:
    """Inside, the frame is that of rows that are perhaps never committed. No reader gets it."""
    before = _of_this_transaction.set(_read_frame())
    try:
        yield
    finally:
        _of_this_transaction.reset(before)


def leave_destination() -> str:
    """The editors' choice of where leaving leads; "" where they have made none."""
    site = frame().site
    return site.leave_url if site else ""


def crisis_services() -> list[Service]:
    """The services that stand at the top of every page."""
    return list(Service.objects.shown().filter(kind=ServiceKind.CRISIS)[:CRISIS_LINES])


def _read_frame() -> Frame:
    every_page = live_pages()
    pages = [page for page in every_page if page.slug]
    return Frame(
        pages={page.pk: page for page in every_page},
        site=SiteSettings.objects.filter(pk=SiteSettings.ONLY).first(),
        crisis_services=crisis_services(),
        menu=[page for page in pages if page.is_in_menu],
        all_pages=[
            (str(group.label), [page for page in pages if page.group == group]) for group in Group
        ],
    )
