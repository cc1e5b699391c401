import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from campaign.models import SiteSettings
from sextortion_site.safe_exit.destination import destination, validate_destination
from tests.addresses import OTHER_SCREENS, PAGES

pytestmark = pytest.mark.django_db


def test_leaving_without_script_clears_and_tells_the_destination_nothing(client, settings):
    response = client.get("/leave/")

    assert response.status_code == 302
    assert response.headers["Location"] == settings.SAFE_EXIT_URL
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("address", "cleared"),
    [("/leave/", '"cache", "cookies", "storage"'), ("/leave/?guarded", '"cache"')],
)
def test_page_that_leaves_by_script_has_the_browser_cleared(client, address, cleared):
    response = client.post(address, "", content_type="text/plain;charset=UTF-8")

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Clear-Site-Data"] == cleared
    assert response.headers["Cache-Control"] == "no-store"


def test_another_site_cannot_have_a_reader_s_browser_cleared(client):
    response = client.post("/leave/", "", "text/plain", headers={"sec-fetch-site": "cross-site"})

    assert response.status_code == 403
    assert "Clear-Site-Data" not in response.headers
    link = client.get("/leave/", headers={"sec-fetch-site": "cross-site"})
    assert link.status_code == 302
    assert "Clear-Site-Data" not in link.headers


def test_page_tells_the_script_which_pages_show_their_address(client):
    page = client.get("/").content.decode()

    assert 'data-shows-address="/parents/ /schools/ /campaign/"' in page


@pytest.mark.parametrize("address", PAGES)
def test_every_page_shares_its_true_address(client, address, settings):
    page = client.get(address).content.decode()

    assert f'data-share="{settings.SITE_URL}{address}"' in page


def test_editors_choice_of_the_destination_wins(client):
    SiteSettings.objects.update(leave_url="https://www.example.org/recipes")

    assert destination() == "https://www.example.org/recipes"
    assert client.get("/leave/").headers["Location"] == "https://www.example.org/recipes"
    assert 'data-leave="https://www.example.org/recipes"' in client.get("/").content.decode()


def test_choice_that_has_become_this_site_is_passed_over(settings):
    SiteSettings.objects.update(leave_url="https://example.police.uk/")
    settings.SITE_HOST = "example.police.uk"

    assert destination() == settings.SAFE_EXIT_URL


def test_leaving_works_while_the_database_does_not_answer(client, settings):
    def down(*args):
        raise OperationalError("down")

    with connection.execute_wrapper(down):
        response = client.get("/leave/")

    assert (response.status_code, response.headers["Location"]) == (302, settings.SAFE_EXIT_URL)


def test_database_that_does_not_answer_is_asked_once_and_not_by_every_reader(client):
    asked = []

    def down(*args):
        asked.append(args)
        raise OperationalError("down")

    with connection.execute_wrapper(down):
        for _ in range(5):
            client.get("/leave/")

    assert len(asked) == 1


@pytest.mark.parametrize("address", [*PAGES, *OTHER_SCREENS])
def test_every_screen_offers_the_way_out_before_its_words(client, address):
    page = client.get(address).content.decode()

    assert "Quickly exit this site by pressing the <kbd>Escape</kbd> key" in page
    assert page.index('href="/leave/"') < page.index("<main")
    assert page.count(">Leave this site</a>") == 1


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/weather",
        "//www.example.org/",
        "http://www.example.org/",
        "javascript:alert(1)",
        "data:text/html,hello",
        "https://",
        "https://me:secret@www.example.org/",
        "https://127.0.0.1/",
        "https://[::1",
    ],
)
def test_unfit_destination_is_refused(url):
    with pytest.raises(ValidationError):
        validate_destination(url)


def test_destination_on_this_site_is_refused(settings):
    settings.SITE_HOST = "example.police.uk"

    for url in (
        "https://example.police.uk/",
        "https://www.example.police.uk/x",
        "https://example.police.uk./",
    ):
        with pytest.raises(ValidationError, match="another site"):
            validate_destination(url)
