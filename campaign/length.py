"""How long a page is and how hard to read, as its readers get it."""

from django.template.loader import render_to_string

from campaign.publishing.content import PageWords
from campaign.reading import readable
from campaign.reading_age import Readability, readability


def length_and_reading_age(words: PageWords) -> Readability:
    return readability(markup_of(words))


def markup_of(words: PageWords) -> str:
    """The page's words as HTML, without what stands around every page."""
    return render_to_string("campaign/words.html", {"reading": readable(words)})
