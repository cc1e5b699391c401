"""Whatever a view does, only registered cookies with consent go out, as the register says."""

import pytest
from django.http import StreamingHttpResponse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sextortion_site.consent.choice import Choice, State
from sextortion_site.consent.refusals import RefusedCookie, refused
from sextortion_site.consent.register import (
    CONSENT,
    DISPLAY,
    GUARD,
    PURPOSES,
    REGISTER,
    SIGN_IN,
    VISIT,
    WITH_CONSENT,
    Category,
)
from tests.consent.conftest import expired, sent
from tests.consent.values import FORGED

pytestmark = pytest.mark.django_db

YES, NO = Choice.for_all(State.ACCEPTED), Choice.for_all(State.DECLINED)
READERS = [cookie for cookie in REGISTER if not cookie.is_for_staff]

states = st.dictionaries(st.sampled_from(list(PURPOSES)), st.sampled_from(list(State)))
names = st.one_of(
    st.sampled_from([cookie.name for cookie in REGISTER]),
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz_-", min_size=1, max_size=12),
)
lives = st.sampled_from(
    [
        {},
        {"max_age": 10**9},
        {"max_age": 0},
        {"max_age": -1},
        {"expires": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"expires": "Thu, 01 Jan 2099 00:00:00 GMT"},
        {"expires": "some day"},
    ]
)
OVER = ({"max_age": 0}, {"max_age": -1}, {"expires": "Thu, 01 Jan 1970 00:00:00 GMT"})
attempts = st.dictionaries(
    names, st.tuples(st.text(alphabet="abc123~.", max_size=20), lives), max_size=6
)


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    states=states,
    attempts=attempts,
    held=st.sets(st.sampled_from(READERS)),
    has_signal=st.booleans(),
)
def test_only_what_the_choice_allows_goes_out_and_what_it_forbids_is_expired(
    careless, states, attempts, held, has_signal
):
    def set_them(request, response):
        for name, (value, life) in attempts.items():
            response.set_cookie(name, value, **life)

    # By its path, a browser does not send the visit's cookie here.
    in_browser = {cookie.name: "1" for cookie in held - {CONSENT, VISIT}}
    response = careless(set_them, Choice(states), has_signal=has_signal, **in_browser)

    # None of the invented values is a choice: whoever writes one takes the old one back.
    choice = Choice() if CONSENT.name in attempts else Choice(states)
    may_count = choice.allows(Category.ANALYTICS) and not has_signal
    value, life = attempts.get(VISIT.name, ("", {"max_age": 0}))
    assert {name: it for name, it in sent(response).items() if name != CONSENT.name} == (
        {VISIT.name: value} if may_count and life not in OVER else {}
    )
    assert sent(response).get(CONSENT.name) in {None, "analytics.1.declined"}
    if not choice.allows(Category.PREFERENCES) and DISPLAY in held:
        assert DISPLAY.name in expired(response)
    if CONSENT.name in attempts:
        assert {DISPLAY.name, VISIT.name} <= expired(response)


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


def counting(request, response):
    response.set_cookie(VISIT.full_name, "abc")


def test_unconsented_cookie_does_not_get_out_on_that_very_answer(careless):
    assert sent(careless(counting)) == {}
    assert sent(careless(counting, NO)) == {}
    assert sent(careless(counting, YES)) == {VISIT.full_name: "abc"}
    assert refused == {"careless": 2}


@pytest.mark.parametrize("cookie", [GUARD, DISPLAY])
def test_server_does_not_set_what_scripts_set(careless, cookie):
    def meddling(request, response):
        response.set_cookie(cookie.full_name, "an id of a reader")

    assert sent(careless(meddling, YES)) == {}
    assert refused == {"careless": 1}


@pytest.mark.parametrize("value", ["an-id-of-a-reader" * 9, *FORGED])
def test_nothing_but_a_choice_goes_out_in_the_cookie_of_the_choice(careless, value):
    def misusing(request, response):
        response.set_cookie(CONSENT.full_name, value)

    response = careless(misusing)

    assert sent(response) == {}
    assert CONSENT.full_name in expired(response)


def test_choice_that_a_view_makes_does_not_outdo_the_privacy_signal(careless):
    def choosing(request, response):
        response.set_cookie(CONSENT.full_name, YES.as_cookie())
        response.set_cookie(VISIT.full_name, "abc")

    response = careless(choosing, has_signal=True)

    assert sent(response) == {CONSENT.full_name: "preferences.1.accepted~analytics.1.declined"}


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


@pytest.mark.parametrize("address", ["/", "/static/staff/icon.svg"])
def test_answer_with_a_cookie_is_for_no_cache_on_the_way(client, address):
    for held, expected in (("", set()), (f"{DISPLAY.full_name}=large", {DISPLAY.full_name})):
        response = client.get(address, headers={"cookie": held})

        assert expired(response) == expected
        if expected:
            assert response.headers["Cache-Control"] == "no-store"
            assert response.headers["CDN-Cache-Control"] == "no-store"


def test_privacy_signal_expires_what_counts_visits(client):
    client.cookies[CONSENT.full_name] = YES.as_cookie()
    client.cookies[VISIT.full_name] = "abc"

    response = client.post("/visits/", {"page": "/"}, headers={"sec-gpc": "1"})

    assert VISIT.full_name in expired(response)
