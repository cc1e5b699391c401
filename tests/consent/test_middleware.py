"""Whatever a view does, only registered cookies with consent go out, as the register says."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sextortion_site.consent.choice import Choice, State
from sextortion_site.consent.refusals import RefusedCookie, refused
from sextortion_site.consent.register import (
    CONSENT,
    DISPLAY,
    PURPOSES,
    REGISTER,
    SIGN_IN,
    VISIT,
    WITH_CONSENT,
    Category,
    registered,
)
from tests.consent.conftest import expired, sent

pytestmark = pytest.mark.django_db

YES, NO = Choice.for_all(State.ACCEPTED), Choice.for_all(State.DECLINED)
READERS = [cookie for cookie in REGISTER if not cookie.is_for_staff]

states = st.dictionaries(st.sampled_from(list(PURPOSES)), st.sampled_from(list(State)))
names = st.one_of(
    st.sampled_from([cookie.name for cookie in REGISTER if cookie != CONSENT]),
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz_-", min_size=1, max_size=12),
)
attempts = st.dictionaries(names, st.text(alphabet="abc123~.", max_size=20), max_size=6)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(states=states, attempts=attempts, held=st.sets(st.sampled_from(READERS)))
def test_only_what_the_choice_allows_goes_out_and_what_it_forbids_is_expired(
    careless, states, attempts, held
):
    choice = Choice(states)

    def set_them(request, response):
        for name, value in attempts.items():
            response.set_cookie(name, value)

    in_browser = {cookie.name: "1" for cookie in held if cookie != CONSENT}
    response = careless(set_them, choice, **in_browser)

    may = {
        cookie.name for cookie in READERS if choice.allows(cookie.category) and cookie != CONSENT
    }
    assert sent(response) == {name: attempts[name] for name in attempts if name in may}
    forbidden = {cookie.name for cookie in WITH_CONSENT if not choice.allows(cookie.category)}
    assert expired(response) == forbidden & set(in_browser)


def raw(request, response):
    response.headers["set-COOKIE"] = "display=large; Path=/"


def streamed(request, response):
    answer = StreamingHttpResponse(iter([b"careless"]))
    answer.set_cookie("tracker", "1")
    return answer


def failing(request, response):
    response.set_cookie("tracker", "1")
    raise ValueError("a fault in a view")


def of_staff(request, response):
    response.set_cookie(SIGN_IN.full_name, "1", path="/")


def unregistered(request, response):
    response.set_cookie("tracker", "1")


@pytest.mark.parametrize("do", [raw, streamed, of_staff, unregistered])
def test_nothing_gets_out_with_or_without_consent_and_it_is_counted(careless, do):
    for choice in (None, YES, NO):
        response = careless(do, choice)

        assert sent(response) == {}
        assert "Set-Cookie" not in response.headers
        assert response.status_code == 200
    assert refused == {"careless": 3}


def test_answer_that_fails_sets_nothing(careless, client):
    client.raise_request_exception = False

    response = careless(failing)

    assert response.status_code == 500
    assert response.cookies == {}


def test_unconsented_cookie_does_not_get_out_on_that_very_answer(careless):
    def preferring(request, response):
        response.set_cookie(DISPLAY.full_name, "large")

    assert sent(careless(preferring)) == {}
    assert sent(careless(preferring, NO)) == {}
    assert sent(careless(preferring, YES)) == {DISPLAY.full_name: "large"}


@pytest.mark.parametrize("do", [raw, unregistered, of_staff])
def test_in_debug_it_raises_and_names_the_view(careless, settings, do):
    settings.DEBUG = True

    with pytest.raises(RefusedCookie, match="careless: add the cookie to"):
        careless(do)


def test_log_tells_the_view_and_the_number_and_nothing_of_the_cookie(careless, caplog):
    def telling(request, response):
        response.set_cookie("name_of_a_reader", "words of a reader")

    for _ in range(12):
        careless(telling)

    assert [record.getMessage() for record in caplog.records] == [
        "Cookies refused so far from the view careless: 1",
        "Cookies refused so far from the view careless: 10",
    ]


@pytest.mark.parametrize("is_https", [False, True])
def test_cookie_gets_the_attributes_of_the_register_whatever_the_view_said(
    careless, settings, is_https
):
    settings.SITE_IS_HTTPS = is_https

    def carelessly(request, response):
        response.set_cookie(
            VISIT.full_name, "abc", max_age=10**9, path="/", domain="example.org", samesite="None"
        )

    morsel = careless(carelessly, YES).cookies[VISIT.full_name]

    assert morsel.value == "abc"
    assert (morsel["path"], morsel["domain"], morsel["max-age"]) == ("/visits/", "", 86_400)
    assert (morsel["samesite"], morsel["httponly"]) == ("Strict", "")
    assert morsel["secure"] == (True if is_https else "")


def test_withdrawal_expires_at_once_with_the_attributes_by_which_it_was_set(careless, settings):
    settings.SITE_IS_HTTPS = True

    def withdraw(request, response):
        CONSENT.assign(response, NO.as_cookie())

    response = careless(withdraw, YES)

    assert sent(response) == {CONSENT.full_name: NO.as_cookie()}
    assert expired(response) == {cookie.full_name for cookie in WITH_CONSENT}
    for cookie in WITH_CONSENT:
        morsel = response.cookies[cookie.full_name]
        assert (morsel["path"], morsel["secure"]) == (cookie.path, True)


def test_staff_cookie_goes_out_on_staff_pages_alone(careless):
    response = careless(of_staff, address="/staff/careless/")

    assert response.cookies[SIGN_IN.full_name]["path"] == "/staff/"
    assert not refused


def test_answer_with_a_cookie_is_for_no_front_cache(careless):
    def cached(request, response):
        response.headers["CDN-Cache-Control"] = "public, max-age=60"

    assert careless(cached).headers["CDN-Cache-Control"] == "public, max-age=60"
    assert careless(cached, display="large").headers["CDN-Cache-Control"] == "no-store"


def test_privacy_signal_expires_what_counts_visits(client):
    client.cookies[CONSENT.full_name] = YES.as_cookie()
    client.cookies[VISIT.full_name] = "abc"

    response: HttpResponse = client.get("/", headers={"sec-gpc": "1"})

    assert expired(response) == {VISIT.full_name}
    assert registered(VISIT.full_name) in WITH_CONSENT
    assert VISIT.category == Category.ANALYTICS
