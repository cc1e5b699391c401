import itertools
import re

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from campaign.models import Page, Service
from campaign.publishing.publications import publish, unpublish
from tests.addresses import PAGES

pytestmark = pytest.mark.django_db

# What each address must hold to be worth its name.
WORDS = {
    "/": ["It is happening to me", "Do three things now"],
    "/help-now/": ["Stop replying", "I am under 18", "I am 18 or over"],
    "/what-is-sextortion/": ["blackmail", "Who it happens to"],
    "/warning-signs/": ["When they first get in touch", "When they try to win your trust"],
    "/chatting-safely/": ["chatting to new people online"],
    "/keep-the-evidence/": ["Save these before you block", "checkbox"],
    "/remove-the-picture/": ["Report Remove", "Take It Down", "StopNCII"],
    "/already-paid/": ["159", "bank"],
    "/tell-someone/": ["<blockquote>"],
    "/after-you-report/": ["What happens, step by step"],
    "/support/": ["0800 1111", "116 123", "Switchboard", "Victim Support"],
    "/apps/": ["Snapchat", "Instagram", "WhatsApp"],
    "/friends/": ["If someone sends you the picture"],
    "/parents/": ["Let them keep their phone", "Instead of"],
    "/schools/": ["UKCIS", "safeguarding"],
    "/students/": ["StopNCII"],
    "/the-law/": ["Theft Act 1968", "14 years"],
    "/campaign/": ["547", "80"],
    "/hide-your-visit/": ["What your browser still lists", "Practise leaving", "private"],
    "/report/other-ways/": [
        "999",
        "101",
        "CEOP",
        "Crimestoppers",
        "BSL",
        "counter",
        "intimate image abuse",
    ],
    "/feedback/": ["<textarea"],
    "/cookies/": ["Save cookie settings", "What leaving does to cookies"],
    "/privacy/": ["IP address"],
    "/accessibility/": ["WCAG"],
}


@pytest.mark.parametrize("address", PAGES)
def test_address_answers_with_its_words(client, address):
    response = client.get(address)

    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert response.status_code == 200
    assert main.count("<h1>") == 1
    assert [word for word in WORDS[address] if word.lower() not in main.lower()] == []


@pytest.mark.parametrize("address", PAGES)
def test_page_shows_no_mention_and_no_note_to_staff(client, address):
    page = client.get(address).content.decode()

    assert "[[" not in page
    assert "SIGN-OFF" not in page


@pytest.mark.parametrize("address", PAGES)
def test_links_within_the_site_lead_somewhere(client, address):
    page = client.get(address).content.decode()

    links = {link.split("#")[0] for link in re.findall(r'href="(/[^"]*)"', page)}
    assert {link: client.get(link).status_code for link in links if link != "/leave/"} == {
        link: 200 for link in links if link != "/leave/"
    }


@pytest.mark.parametrize("address", PAGES)
def test_headings_go_down_one_level_at_a_time(client, address):
    page = client.get(address).content.decode()
    main = page[page.index("<main") : page.index("</main>")]

    levels = [int(level) for level in re.findall(r"<h([1-6])", main)]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_crisis_lines_come_before_everything_but_the_way_out(client):
    page = client.get("/campaign/").content.decode()

    assert page.index("tel:999") < page.index('class="site-header"') < page.index("<main")
    assert page.index("tel:116123") < page.index("<main")


def test_changed_number_shows_on_every_page_that_names_it(client):
    Service.objects.filter(key="childline").update(phone="0800 9999")

    for address in ("/", "/support/", "/help-now/", "/no-such-page/"):
        page = client.get(address).content.decode()
        assert "0800 9999" in page
        assert "0800 1111" not in page


def test_hidden_service_is_not_listed(client):
    Service.objects.filter(key="switchboard").update(is_shown=False)

    assert "Switchboard" not in client.get("/support/").content.decode()


def test_unknown_address_gets_the_helpful_page(client):
    response = client.get("/helpp-now/")

    page = response.content.decode()
    assert response.status_code == 404
    assert 'href="/help-now/"' in page
    assert "tel:999" in page
    assert "116 123" in page


def test_address_without_slash_leads_to_the_page(client):
    response = client.get("/help-now")

    assert (response.status_code, response.headers["Location"]) == (301, "/help-now/")


def test_old_address_leads_to_where_the_page_is_now(client):
    page = Page.objects.get(slug="support")
    page.slug = "talk"
    page.save()
    publish(page, None)

    response = client.get("/support/")

    assert (response.status_code, response.headers["Location"]) == (301, "/talk/")
    assert client.get("/talk/").status_code == 200
    assert 'href="/talk/"' in client.get("/").content.decode()


def test_page_that_moves_back_does_not_lead_in_a_circle(client):
    page = Page.objects.get(slug="support")
    for slug in ("talk", "support"):
        page.slug = slug
        page.save()
        publish(page, None)

    assert client.get("/support/").status_code == 200
    assert client.get("/talk/").headers["Location"] == "/support/"


def test_unpublished_page_is_not_there(client):
    unpublish(Page.objects.get(slug="students"), None)

    assert client.get("/students/").status_code == 404
    assert "/students/" not in client.get("/").content.decode()
    assert "/students/" not in client.get("/sitemap.xml").content.decode()


def test_sitemap_lists_every_page(client):
    sitemap = client.get("/sitemap.xml").content.decode()

    assert sitemap.count("<loc>") == len(PAGES)


def test_page_cannot_be_posted_to(client):
    assert client.post("/help-now/").status_code == 405


def test_page_needs_the_same_number_of_queries_however_long_it_is(client):
    page = Page.objects.get(slug="keep-the-evidence")
    with CaptureQueriesContext(connection) as short:
        client.get("/keep-the-evidence/")
    for number in range(20):
        section = page.sections.create(kind="steps", heading="More", position=500 + number)
        section.entries.create(lead="Step", text="<p>[[service:childline]]</p>")
    publish(page, None)

    with CaptureQueriesContext(connection) as long:
        client.get("/keep-the-evidence/")

    assert len(long) == len(short)


def test_fault_on_our_side_keeps_help_and_the_way_out(client):
    client.get("/")  # the frame has been read once
    client.raise_request_exception = False

    def down(*args):
        raise OperationalError("down")

    with connection.execute_wrapper(down):
        response = client.get("/help-now/")

    page = response.content.decode()
    assert response.status_code == 500
    assert 'href="/leave/"' in page
    assert "116 123" in page
    assert "tel:999" in page
    assert "Traceback" not in page
