"""Every public address, to a fresh client and after each choice."""

import itertools

import pytest
from django.test import Client

from sextortion_site.consent.choice import Choice, State
from sextortion_site.consent.register import CONSENT, DISPLAY, VISIT, Category
from tests.addresses import FILES, OTHER_SCREENS, PAGES
from tests.consent.conftest import expired, sent
from tests.forms import post_form

pytestmark = pytest.mark.django_db

PUBLIC = [*PAGES, *OTHER_SCREENS, *FILES, "/cookies/saved/", "/leave/"]
YES, NO = Choice.for_all(State.ACCEPTED), Choice.for_all(State.DECLINED)
CHOICES = [
    Choice({Category.PREFERENCES: preferences, Category.ANALYTICS: analytics})
    for preferences, analytics in itertools.product([State.ACCEPTED, State.DECLINED], repeat=2)
]


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("headers", [{}, {"sec-gpc": "1"}], ids=["plain", "privacy signal"])
def test_fresh_client_gets_no_cookie(address, headers):
    client = Client()

    for method in (client.get, client.head):
        assert method(address, headers=headers).cookies == {}


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.as_cookie())
def test_choice_sets_itself_and_nothing_else(choice):
    client = Client()

    response = post_form(client, "/cookies/", dict(choice.states))

    assert response.status_code == 302
    assert sent(response) == {CONSENT.full_name: choice.as_cookie()}
    for name in expired(response):  # Django's client would send them on, empty
        del client.cookies[name]
    for address in PUBLIC:
        if address != "/leave/":
            assert client.get(address).cookies == {}, address


@pytest.mark.parametrize("choice", [Choice(), *CHOICES], ids=lambda choice: choice.as_cookie())
def test_page_is_the_same_bytes_whatever_the_choice(choice):
    for address in (*PAGES, *OTHER_SCREENS, "/cookies/saved/"):
        if address == "/report/":  # holds a random number of its own each time
            continue
        fresh = Client().get(address)
        client = Client()
        client.cookies[CONSENT.full_name] = choice.as_cookie()
        answered = client.get(address)

        assert answered.content == fresh.content, address
        assert answered.headers == fresh.headers, address
        assert "Cookie" not in answered.headers.get("Vary", "")


def test_visit_is_counted_and_gets_its_cookie_only_after_a_yes(client):
    for choice in (Choice(), *CHOICES):
        client.cookies.clear()
        if choice != Choice():
            client.cookies[CONSENT.full_name] = choice.as_cookie()
        response = post_form(client, "/visits/", {"page": "/help-now/"})

        assert response.status_code == 204
        assert set(sent(response)) == (
            {VISIT.full_name} if choice.allows(Category.ANALYTICS) else set()
        )


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_expires_the_choice_and_all_that_it_allowed(client, method):
    client.cookies[CONSENT.full_name] = YES.as_cookie()

    response = getattr(client, method)("/leave/")

    assert expired(response) == {cookie.full_name for cookie in (CONSENT, DISPLAY, VISIT)}
    assert sent(response) == {}


def test_another_site_cannot_have_the_choice_expired(client):
    client.cookies[CONSENT.full_name] = YES.as_cookie()

    assert client.get("/leave/", headers={"sec-fetch-site": "cross-site"}).cookies == {}
