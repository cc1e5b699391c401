"""Whatever comes to the form's address: never a fault of the server, never a wrong report."""

from urllib.parse import quote_plus

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reporting.models import Report
from reporting.questions import QUESTIONS, control_names
from reporting.questions.text import kept
from tests.forms import FORM
from tests.reporting.opened import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report_keys", "spool_folder")]

# The fixtures hold for all of the cases: each case makes its own reports.
FOR_ALL = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)

NAMES = [name for question in QUESTIONS for name in control_names(question)]
CHARSETS = ["", "; charset=utf-7", "; charset=utf-16", "; charset=no-such"]

anything = st.text(st.characters(), max_size=60)  # lone surrogates and NUL among them
odd = st.sampled_from(
    ["😀", "\u202eabc\u202c", "\u200f", "\r\n\r", "\x00", "\ud83d", "\ufeff", "%"]
)
values = st.one_of(anything, odd, st.sampled_from(["no", "me", "money", "quick"]))
names = st.one_of(st.sampled_from(NAMES), anything, st.from_regex(r"accounts-\d{1,6}-[a-z]{1,8}"))


def encoded(pairs: list[tuple[str, str]]) -> bytes:
    """As a form sends it; lone surrogates as the three bytes that they would have."""

    def quoted(text: str) -> str:
        return quote_plus(text.encode(errors="surrogatepass"))

    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs).encode()


def post(client, body: bytes, charset: str = ""):
    # Not by post(), which would encode the body itself.
    return client.generic("POST", "/report/", body, CONTENT_TYPE=FORM + charset)


@FOR_ALL
@given(body=st.binary(max_size=400), charset=st.sampled_from(CHARSETS))
@example(body=b"story=%", charset="")
@example(body=b"story=%E2%82&who=%ED%A0%BD", charset="")
@example(body=b"story=%zz%u1234&&&=&=x&who", charset="; charset=utf-16")
@example(body=b"\xff\xfe\x00&\x00=\x00", charset="")
@example(body=b"a&" * 1200, charset="")
def test_no_bytes_are_a_fault_of_the_server(client, body, charset):
    response = post(client, body, charset)

    assert response.status_code in {400, 422}
    assert not Report.objects.exists()


@FOR_ALL
@given(pairs=st.lists(st.tuples(names, values), max_size=12), charset=st.sampled_from(CHARSETS))
def test_no_fields_are_a_fault_of_the_server(client, pairs, charset):
    assert post(client, encoded(pairs), charset).status_code in {200, 422}


@FOR_ALL
@given(
    story=st.text(st.characters(), min_size=1, max_size=300).filter(lambda text: text.strip()),
    town=st.one_of(st.just(""), odd, anything),
    noise=st.lists(st.tuples(anything.filter(lambda name: name not in NAMES), values), max_size=4),
)
def test_valid_report_is_stored_exactly_as_typed_whatever_stands_beside_it(
    client, story, town, noise
):
    Report.objects.all().delete()
    report = [("danger", "no"), ("who", "me"), ("story", story), ("area", "uk"), ("town", town)]

    response = post(client, encoded([*noise, *report]))

    # A lone surrogate comes as three bytes, of which each is read as U+FFFD.
    stored = opened(Report.objects.get())["body"]
    as_read = [
        text.encode(errors="surrogatepass").decode(errors="replace") for text in (story, town)
    ]
    assert response.status_code == 200
    assert stored["story"] == kept(as_read[0])
    assert stored.get("town", "") == (kept(as_read[1]) if as_read[1].strip() else "")
