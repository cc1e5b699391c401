"""How long a page is, and whether its readers can read it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from campaign.length import length_and_reading_age
from campaign.models.pages import Reader
from campaign.publication_checks.findings import Finding, Level
from campaign.publishing.content import PageWords
from campaign.reading_age import OTHER_GRADE, YOUNG_GRADE

SHORT, LONG = 40, 1200  # words


def check(words: PageWords) -> Iterator[Finding]:
    measured = length_and_reading_age(words)
    is_young = words.page.reader == Reader.YOUNG
    oldest = round((YOUNG_GRADE if is_young else OTHER_GRADE) + 5)
    if measured.age > oldest:
        yield Finding(
            Level.WARNING,
            _(
                "The reading age is %(age)d; for these readers it should be %(oldest)d at most. "
                "Use shorter sentences and everyday words."
            )
            % {"age": measured.age, "oldest": oldest},
        )
    if measured.words < SHORT:
        short = _("The page has %(words)d words. Is something missing?")
        yield Finding(Level.WARNING, short % {"words": measured.words})
    if measured.words > LONG:
        long = _("The page has %(words)d words: a frightened reader stops before the end.")
        yield Finding(Level.WARNING, long % {"words": measured.words})
