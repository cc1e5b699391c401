"""Pages for the checks before publishing, made in memory."""

import datetime

from django.utils import timezone

from campaign.models import Entry, Page, Section
from campaign.models.sections import SectionKind
from campaign.publication_checks import Level
from campaign.publishing.content import PageWords, SectionWords


def one_section(kind: str = SectionKind.TEXT, heading: str = "What to do", **values) -> PageWords:
    page = Page.objects.get(slug="students")
    page.check_again_on = timezone.localdate() + datetime.timedelta(days=1)
    return PageWords(page, [part(kind, heading, **values)])


def part(kind: str = SectionKind.TEXT, heading: str = "", entries=(), **values) -> SectionWords:
    section = Section(kind=kind, heading=heading, **values)
    return SectionWords(section, [Entry(section=section, **entry) for entry in entries])


def told(check, words: PageWords, level: Level = Level.WARNING) -> list[str]:
    found = list(check(words))
    assert {finding.level for finding in found} <= {level}
    return [finding.what for finding in found]
