"""What each role of a process serves, and what it does not."""

import secrets
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ValidationError

from campaign.addresses import refuse_unfit_address
from campaign.models import Page
from sextortion_site import checks
from tests.addresses import PAGES
from tests.conftest import Site, SiteFolders, running_site
from tests.staff.signing_in import session_at

READERS_SITE = "https://readers.example.police.uk"
BELOW_STAFF = ["/staff/", "/staff/login/", "/staff/campaign/page/", "/staff/no-such-page/"]
FOR_READERS = [
    "/leave/",
    "/sitemap.xml",
    "/.well-known/security.txt",
    "/visits/",
    "/cookies/saved/",
]


@pytest.fixture(scope="module")
def public_site(new_site_folder: SiteFolders) -> Iterator[Site]:
    with running_site(new_site_folder(), SITE_ROLE="public") as site:
        yield site


@pytest.fixture(scope="module")
def staff_site(new_site_folder: SiteFolders) -> Iterator[Site]:
    with running_site(new_site_folder(), SITE_ROLE="staff", PUBLIC_URL=READERS_SITE) as site:
        yield site


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def ask(site: Site, path: str, form: bytes | None = None, **headers: str) -> Answer:
    request = urllib.request.Request(site.address + path, form, headers)
    try:
        response = urllib.request.build_opener(NoRedirect).open(request, timeout=20)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return Answer(response.status, response.read().decode(), dict(response.headers))


def signed_in(site: Site) -> dict[str, str]:
    """The headers of a new publisher."""
    cookie = session_at(site.environment, f"ann-{secrets.token_hex(3)}", "Publisher")
    return {"Cookie": f"{cookie['name']}={cookie['value']}"}


# --- public -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", BELOW_STAFF)
@pytest.mark.parametrize("form", [None, b"username=ann"], ids=["get", "post"])
def test_public_process_has_nothing_for_staff(public_site: Site, path: str, form: bytes | None):
    answer = ask(public_site, path, form)

    assert answer.status == 404
    assert "<h1>This page is not here</h1>" in answer.text
    assert "Leave this site" in answer.text


def test_public_process_serves_every_page(public_site: Site):
    assert {ask(public_site, path).status for path in PAGES} == {200}


@pytest.mark.parametrize(("role", "faults"), [("public", ["site.E005"]), ("both", [])])
def test_admin_among_the_addresses_of_a_public_process_is_an_error(settings, role, faults):
    settings.SITE_ROLE = role

    assert [fault.id for fault in checks.check_public_role()] == faults


def test_addresses_of_a_public_process_pass_its_check(settings):
    settings.SITE_ROLE, settings.ROOT_URLCONF = "public", settings.URLCONFS["public"]

    assert checks.check_public_role() == []


# --- staff --------------------------------------------------------------------------------


def test_staff_process_leads_to_the_staff_pages(staff_site: Site):
    answer = ask(staff_site, "/")

    assert (answer.status, answer.headers["Location"]) == (302, "/staff/")
    assert ask(staff_site, "/staff/login/").headers["Location"].startswith("/staff/account/")
    assert ask(staff_site, "/staff/account/sign-in/").status == 200


@pytest.mark.parametrize("path", [*PAGES[1:], *FOR_READERS])
def test_staff_process_has_no_page_for_readers(staff_site: Site, path: str):
    answer = ask(staff_site, path)

    assert answer.status == 404
    assert "<h1>This page is not here</h1>" in answer.text
    assert "Leave this site" not in answer.text


def test_staff_process_keeps_search_engines_out(staff_site: Site):
    assert ask(staff_site, "/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_staff_process_answers_its_supervisor(staff_site: Site):
    assert ask(staff_site, "/health/live").text == "live\n"
    assert ask(staff_site, "/health/ready").text == "ready\n"


def test_form_of_another_site_gets_a_plain_refusal(staff_site: Site):
    answer = ask(staff_site, "/staff/login/", b"username=ann", **{"Sec-Fetch-Site": "cross-site"})

    assert answer.status == 403
    assert "<h1>We did not take that in</h1>" in answer.text
    assert "Leave this site" not in answer.text


def test_form_without_its_token_gets_a_plain_page(staff_site: Site):
    answer = ask(staff_site, "/staff/login/", b"")

    assert answer.status == 403
    assert "<h1>Please open this page again</h1>" in answer.text


def test_request_for_another_host_gets_a_plain_page(staff_site: Site):
    answer = ask(staff_site, "/staff/", Host="other.example")

    assert answer.status == 400
    assert "<h1>We could not read that</h1>" in answer.text


def test_editor_sees_every_screen_and_is_led_to_the_readers_site(staff_site: Site):
    ann = signed_in(staff_site)
    front = ask(staff_site, "/staff/", **ann)
    page = ask(staff_site, "/staff/campaign/page/2/change/", **ann)

    for path in ("campaign/page/", "campaign/section/1/change/", "campaign/visit/"):
        assert ask(staff_site, f"/staff/{path}", **ann).status == 200, path
    assert f'href="{READERS_SITE}/"' in front.text
    assert page.status == 200
    assert 'class="viewsitelink"' in page.text
    assert f'<a href="{READERS_SITE}/' in page.text


def test_fault_on_the_staff_pages_gets_a_plain_page(new_site_folder: SiteFolders):
    folder = new_site_folder()
    with running_site(folder, SITE_ROLE="staff") as site:
        ann = signed_in(site)
        with sqlite3.connect(folder / "site.sqlite3") as database:
            database.execute("DROP TABLE auth_user")
        answer = ask(site, "/staff/", **ann)

    assert answer.status == 500
    assert "<h1>Something went wrong on our side</h1>" in answer.text


@pytest.mark.django_db
def test_editor_in_a_staff_process_can_give_a_page_an_address(settings):
    settings.SITE_ROLE, settings.ROOT_URLCONF = "staff", settings.URLCONFS["staff"]
    page = Page.objects.get(slug="friends")

    page.slug = "good-friends"
    refuse_unfit_address(page)

    assert page.get_absolute_url() == "/good-friends/"
    page.slug = "staff"
    with pytest.raises(ValidationError):
        refuse_unfit_address(page)


@pytest.mark.parametrize(("address", "faults"), [("", ["site.W001"]), (READERS_SITE, [])])
def test_staff_process_that_does_not_know_the_readers_site_says_so(settings, address, faults):
    settings.SITE_ROLE, settings.PUBLIC_URL = "staff", address
    settings.ROOT_URLCONF = settings.URLCONFS["staff"]

    assert [fault.id for fault in run_checks() if fault.id.startswith("site.")] == faults
