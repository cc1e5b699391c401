"""How long a page is and how hard to read, as its readers get it."""

from django.template.loader import render_to_string

from campaign.models import Page
from campaign.reading import readable
from campaign.reading_age import Readability, readability


def length_and_reading_age(page: Page) -> Readability:
    return readability(words_of(page))


def words_of(page: Page) -> str:
    """The page's words as HTML, without what stands around every page."""
    return render_to_string("campaign/words.html", {"reading": readable(page)})
