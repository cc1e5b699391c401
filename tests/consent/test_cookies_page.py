"""/cookies/: the settings, without script, and what becomes of bad input."""

import re

import pytest
from django.test import Client

from sextortion_site.consent.choice import Choice, State
from sextortion_site.consent.register import CONSENT, PURPOSES, REGISTER, Category
from sextortion_site.consent.templatetags.consent import in_words
from tests.consent.conftest import sent
from tests.consent.values import FORGED
from tests.forms import FORM, post_form

pytestmark = pytest.mark.django_db

EACH = {"preferences": "accepted", "analytics": "declined"}


def test_every_cookie_of_the_register_is_listed_with_purpose_and_life(client):
    page = client.get("/cookies/").content.decode()

    for cookie in REGISTER:
        entry = page[page.index(f"<code>{cookie.full_name}</code>") :]
        entry = entry[: entry.index("</li>")].replace("&#x27;", "'")
        assert str(cookie.purpose) in entry
        assert in_words(cookie.life) in entry
        assert ("our server" in entry) == (cookie.set_by.name == "SERVER")


def test_each_category_is_asked_and_nothing_is_chosen_beforehand(client):
    page = client.get("/cookies/").content.decode()
    form = page[page.index('<form class="cookie-settings"') :]

    for category in PURPOSES:
        assert form.count(f'type="radio" name="{category}"') == 2
    assert "checked" not in form[: form.index("</form>")]


def test_answer_for_each_category_is_kept_and_told(client):
    response = post_form(client, "/cookies/", EACH, follow=True)

    assert response.redirect_chain == [("/cookies/saved/", 302)]
    assert "Your cookie settings are saved" in response.content.decode()
    kept = Choice.from_cookie(client.cookies[CONSENT.full_name].value)
    assert kept.states == {
        Category.PREFERENCES: State.ACCEPTED,
        Category.ANALYTICS: State.DECLINED,
    }


@pytest.mark.parametrize("answer", ["accepted", "declined"])
def test_one_answer_for_all_is_kept_for_each_category(client, answer):
    post_form(client, "/cookies/", {"all": answer})

    kept = Choice.from_cookie(client.cookies[CONSENT.full_name].value)
    assert set(kept.states) == set(PURPOSES)
    assert {str(state) for state in kept.states.values()} == {answer}


def test_change_of_mind_takes_the_place_of_the_old_choice(client):
    post_form(client, "/cookies/", {"all": "accepted"})
    post_form(client, "/cookies/", {"all": "declined"})

    kept = Choice.from_cookie(client.cookies[CONSENT.full_name].value)
    assert kept == Choice.for_all(State.DECLINED)


def test_privacy_signal_declines_counting_whatever_is_pressed(client):
    response = post_form(client, "/cookies/", {"all": "accepted"}, headers={"sec-gpc": "1"})

    kept = Choice.from_cookie(sent(response)[CONSENT.full_name])
    assert kept.state(Category.ANALYTICS) == State.DECLINED
    assert kept.state(Category.PREFERENCES) == State.ACCEPTED


UNCLEAR = "We could not tell what you chose"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("preferences=", "Choose yes or no."),
        ("preferences=accepted", "Choose yes or no."),
        ("preferences=accepted&analytics=", "Choose yes or no."),
        ("preferences=accepted&analytics=maybe", "Choose yes or no."),
        ("preferences=accepted&analytics=undecided", "Choose yes or no."),
        ("preferences=accepted&analytics=" + "a" * 5000, "Choose yes or no."),
        ("all=yes", "Choose yes or no."),
        ("all=", "Choose yes or no."),
        ("preferences=accepted&analytics=accepted&marketing=accepted", UNCLEAR),
        ("preferences=accepted&analytics=accepted&essential=declined", UNCLEAR),
        ("all=accepted&analytics=declined", UNCLEAR),
        ("all=accepted&all=declined", UNCLEAR),
        ("preferences=accepted&preferences=declined&analytics=accepted", UNCLEAR),
        ("%00=accepted", UNCLEAR),
    ],
)
def test_bad_answer_is_told_clearly_and_nothing_changes(client, body, words):
    client.cookies[CONSENT.full_name] = Choice.for_all(State.DECLINED).as_cookie()

    response = client.post("/cookies/", body, content_type=FORM)

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page[page.index('role="alert"') : page.index("</ul>", page.index('role="a'))]
    assert response.cookies == {}
    assert response.headers["CDN-Cache-Control"] == "no-store"


def test_fault_in_one_category_keeps_the_other_s_answer_and_is_marked(client):
    response = post_form(client, "/cookies/", {"preferences": "accepted"})

    page = response.content.decode()
    assert re.search(r'name="preferences" value="accepted"[^>]* checked', page)
    assert 'aria-describedby="id_analytics_error"' in page
    assert 'href="#id_analytics"' in page


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://x.example"}]
)
def test_post_from_another_site_is_refused(client, headers):
    response = post_form(client, "/cookies/", {"all": "accepted"}, headers=headers)

    assert response.status_code == 403
    assert "sent from another site" in response.content.decode()
    assert response.cookies == {}


def test_what_is_no_plain_form_is_refused(client):
    response = client.post("/cookies/", {"all": "accepted"})  # as if it held files

    assert response.status_code == 415
    assert response.cookies == {}


@pytest.mark.parametrize("value", [*FORGED, "x" * 4000, '"; a=b'])
def test_forged_cookie_allows_nothing_and_changes_nothing(value):
    client = Client(headers={"Cookie": f"{CONSENT.full_name}={value}"})

    response = post_form(client, "/visits/", {"page": "/"})

    assert response.status_code == 204
    assert sent(response) == {}
