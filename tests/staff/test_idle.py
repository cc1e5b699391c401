"""Sessions end by themselves, and what was being typed is not lost by it."""

import re
import time

import pytest
from django.contrib.admin import site
from django.http import HttpResponse
from django.test import Client, RequestFactory

from sextortion_site.staff.models import AuditEntry
from sextortion_site.staff.sign_in import idle
from tests.staff.signing_in import new_account, sign_in

pytestmark = pytest.mark.django_db

ADD = "/staff/campaign/service/add/"
HALF_AN_HOUR, TWELVE_HOURS = 30 * 60, 12 * 60 * 60


@pytest.fixture
def maria(client):
    account = new_account("maria", "Publisher")
    sign_in(client, account)
    client.get("/staff/")
    return account


def earlier(client, **seconds: float) -> None:
    """As if the session had begun, or been used, so long before."""
    session = client.session
    for name, ago in seconds.items():
        session[f"{name}_at"] = time.time() - ago
    session.save()


def is_in(client) -> bool:
    return client.get("/staff/").status_code == 200


def test_half_an_hour_without_doing_anything_ends_a_session(client, maria):
    earlier(client, seen=HALF_AN_HOUR + 1)

    assert not is_in(client)
    assert "_auth_user_id" not in client.session
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert "staff.timed_out" in actions


def test_less_than_that_does_not_and_counts_from_then_on(client, maria):
    earlier(client, seen=HALF_AN_HOUR - 20)

    assert is_in(client)
    assert time.time() - client.session["seen_at"] < 10


def test_twelve_hours_end_a_session_that_is_used_all_the_time(client, maria):
    earlier(client, seen=0, began=TWELVE_HOURS + 1)

    assert not is_in(client)


def test_time_counts_whatever_the_cookie_says(client, maria):
    key = client.cookies["sessionid"].value
    earlier(client, seen=HALF_AN_HOUR + 1)
    copy = Client()
    copy.cookies["sessionid"] = key

    assert not is_in(copy)
    copy.cookies["sessionid"] = key
    assert not is_in(copy)


def test_what_scripts_ask_by_themselves_keeps_nobody_signed_in(client, maria):
    ping = site.admin_view(idle.in_the_background(lambda request: HttpResponse("")))
    request = RequestFactory().get("/staff/ping/")
    request.user, request.session = maria, client.session
    request.session["seen_at"] = then = time.time() - 20 * 60

    idle.IdleMiddleware(ping).process_view(request, ping, (), {})

    assert request.session["seen_at"] == then


def test_page_for_readers_asks_for_no_session(client, maria, django_assert_num_queries):
    earlier(client, seen=HALF_AN_HOUR + 1)
    response = client.get("/cookies/")

    assert "Cookie" not in response.get("Vary", "")
    assert "_auth_user_id" in client.session


# --- Words that were being typed ----------------------------------------------------------


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return found[1]


@pytest.fixture
def browser(maria):
    """It holds cookies, and its forms need a token."""
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, maria)
    return browser


WORDS = {"name": "New helpline", "summary": '\nFirst line\n<b>"second"</b>', "_save": "Save"}


def test_words_come_back_when_the_session_has_ended(browser):
    token = token_in(browser.get(ADD).content.decode())
    earlier(browser, seen=HALF_AN_HOUR + 1)

    response = browser.post(ADD, WORDS | {"csrfmiddlewaretoken": token})
    page = response.content.decode()

    assert response.status_code == 403
    assert "Not saved yet: your words are on this page" in page
    assert ">\nNew helpline</textarea>" in page
    assert "\n\nFirst line\n&lt;b&gt;&quot;second&quot;&lt;/b&gt;</textarea>" in page


def test_after_signing_in_elsewhere_the_same_form_is_one_press_away(browser, maria):
    """Signing in makes a new token, so that the one on the old page is not good any more."""
    old = token_in(browser.get(ADD).content.decode())
    earlier(browser, seen=HALF_AN_HOUR + 1)
    kept = browser.post(ADD, WORDS | {"csrfmiddlewaretoken": old}).content.decode()
    browser.cookies.pop("csrftoken")
    sign_in(browser, maria)
    browser.get("/staff/")

    again = browser.post(ADD, WORDS | {"csrfmiddlewaretoken": token_in(kept)})
    page = again.content.decode()
    assert again.status_code == 403
    assert "You have signed in anew since you opened the form" in page
    assert "New helpline" in page

    last = browser.post(ADD, WORDS | {"csrfmiddlewaretoken": token_in(page)})
    assert last.status_code == 200  # the form itself, which now says what it lacks
    assert "Please correct the error" in last.content.decode()


def test_words_of_another_site_are_not_put_on_a_page(browser):
    response = browser.post(ADD, WORDS, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert "New helpline" not in response.content.decode()


def test_button_without_words_leads_back_to_the_staff_pages(browser):
    token = token_in(browser.get(ADD).content.decode())
    earlier(browser, seen=HALF_AN_HOUR + 1)

    response = browser.post("/staff/logout/", {"csrfmiddlewaretoken": token})

    assert "Please open this page again" in response.content.decode()
