"""What the starter content says, and how hard it is to read."""

import re

import pytest

from campaign.length import length_and_reading_age
from campaign.models import AppGuide, Figure, Law, Page, Route, Section, Service, Tip
from campaign.models.dated import CheckedFact
from campaign.models.pages import Reader
from campaign.publication_checks import blame
from campaign.publishing.content import draft_words

pytestmark = pytest.mark.django_db

FACTS = [Service, Route, Figure, AppGuide, Law]
OLDEST_YOUNG_AGE = 11
OLDEST_OTHER_AGE = 14


def page_slugs() -> list[str]:
    from tests.addresses import PAGES

    return [address.strip("/").split("/")[0] for address in PAGES]


@pytest.mark.parametrize("slug", page_slugs())
def test_page_can_be_read_at_its_readers_age(slug):
    page = Page.objects.get(slug=slug)

    measured = length_and_reading_age(draft_words(page))

    limit = OLDEST_YOUNG_AGE if page.reader == Reader.YOUNG else OLDEST_OTHER_AGE
    assert measured.age <= limit
    assert measured.words >= 40


@pytest.mark.parametrize("slug", page_slugs())
def test_page_uses_no_word_that_blames_or_frightens(slug):
    words = draft_words(Page.objects.get(slug=slug))

    assert list(blame.check(words)) == []


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_every_fact_has_source_owner_and_dates(model: type[CheckedFact]):
    rows = list(model.objects.all())

    assert rows
    for row in rows:
        assert row.source
        assert row.owner
        assert row.checked_on < row.check_again_on
        assert row.grade in {"A", "B"} or not row.is_shown


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_every_shown_fact_stands_on_a_page_with_its_own_date(client, model: type[CheckedFact]):
    addresses = [page.words_address for page in Page.objects.all()]
    pages = "".join(client.get(address).content.decode() for address in addresses)

    for row in model.objects.shown():
        heading = f"<strong>{row.value}</strong>" if isinstance(row, Figure) else f"<h3>{row}</h3>"
        after_heading = pages[pages.index(heading.replace("'", "&#x27;")) :]
        date = re.search(r'datetime="([^"]*)"', after_heading)
        assert date is not None
        assert date[1] == row.checked_on.isoformat(), row.key


def test_pages_for_young_people_are_not_few():
    assert Page.objects.filter(reader=Reader.YOUNG).count() >= 14


def test_both_lists_of_the_first_campaign_page_stand_complete(client):
    tips = Tip.objects.filter(topics__slug="new-people")
    chatting = client.get("/chatting-safely/").content.decode()
    report = client.get("/report/other-ways/").content.decode()

    assert tips.count() >= 9
    assert all(tip.title.replace("'", "&#x27;") in chatting for tip in tips)
    for way in ("999", "101", "nottinghamshire.police.uk", "counter", "someone", "CEOP"):
        assert way.lower() in report.lower()


def test_number_of_a_helpline_is_written_in_its_row_alone():
    numbers = [row.phone for row in Service.objects.exclude(phone="") if row.phone != "111"]
    texts = [
        text
        for section in Section.objects.prefetch_related("entries")
        for text in (section.body, *(entry.text for entry in section.entries.all()))
    ]

    assert [number for number in numbers if any(number in text for text in texts)] == []
