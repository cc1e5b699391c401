"""Headings: somebody in a panic reads nothing else."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from campaign.models.sections import SectionKind
from campaign.publication_checks.findings import Finding, Level
from campaign.publishing.content import PageWords

LONG = 70  # letters
# Kinds whose entries' first words are headings below that of the section.
WITH_HEADED_ENTRIES = {SectionKind.STEPS}


def check(words: PageWords) -> Iterator[Finding]:
    headings = [part.section.heading for part in words.sections]
    for heading, number in Counter(filter(None, headings)).items():
        # A part for under 18 and one for adults may be called the same.
        ages = {part.section.age for part in words.sections if part.section.heading == heading}
        if number > len(ages):
            yield Finding(Level.WARNING, _("Two parts have this heading."), heading)
    for heading in filter(None, headings):
        if len(heading) > LONG:
            yield Finding(Level.WARNING, _("The heading is long: make it shorter."), heading)
        if heading.isupper() and len(heading) > 4:
            yield Finding(Level.WARNING, _("All capitals are hard to read."), heading)
    if words.sections and not any(headings) and len(words.sections) > 1:
        yield Finding(Level.WARNING, _("No part of the page has a heading."))
    for part in words.sections:
        if part.section.kind in WITH_HEADED_ENTRIES and not part.section.heading:
            message = _("Its steps have headings, and the part has none: headings out of order.")
            yield Finding(Level.WARNING, message, str(part.section))
