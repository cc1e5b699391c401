"""What stands around every page: the force's name, the crisis lines, the menus.

Every page needs it, error pages too. So the last frame that could be read is kept, and serves
while the database does not answer; before the first one there is an empty frame, and the
templates then show what needs no row: 999 and the way out.
"""

import contextlib
from dataclasses import dataclass, field

from django.db import DatabaseError

from campaign.models import Page, Service, SiteSettings
from campaign.models.pages import Group

CRISIS = "crisis"  # the topic of the services that stand at the top of every page
CRISIS_LINES = 4  # more would push the page's own words off a phone's screen


@dataclass(frozen=True)
class Frame:
    site: SiteSettings | None = None
    crisis_services: list[Service] = field(default_factory=list)
    menu: list[Page] = field(default_factory=list)
    all_pages: list[tuple[str, list[Page]]] = field(default_factory=list)


_last_frame = Frame()


def frame() -> Frame:
    """The frame as it stands in the database, or as it last stood."""
    global _last_frame
    with contextlib.suppress(DatabaseError):
        _last_frame = _read_frame()
    return _last_frame


def leave_destination() -> str:
    """The editors' choice of where leaving leads; "" where they have made none."""
    try:
        site = site_settings()
    except DatabaseError:
        site = _last_frame.site
    return site.leave_url if site else ""


def site_settings() -> SiteSettings | None:
    return SiteSettings.objects.filter(pk=SiteSettings.ONLY).first()


def _read_frame() -> Frame:
    crisis = Service.objects.shown().filter(topics__slug=CRISIS)[:CRISIS_LINES]
    pages = list(Page.objects.published().exclude(slug=""))
    return Frame(
        site=site_settings(),
        crisis_services=list(crisis),
        menu=[page for page in pages if page.is_in_menu],
        all_pages=[
            (str(group.label), [page for page in pages if page.group == group]) for group in Group
        ],
    )
