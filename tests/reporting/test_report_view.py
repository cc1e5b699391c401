"""Sending the form: taken and confirmed, or every word shown again with what is wrong."""

import logging
import time

import brotli
import pytest
from django.test import Client
from django.utils.http import urlencode

from campaign.models import Page as EditorsPage
from reporting import submission
from reporting.abuse import HONEYPOT
from reporting.forms import refusals
from reporting.models import Report
from reporting.questions import QUESTIONS, Kind, clean, control_names
from tests.forms import FORM
from tests.reporting.opened import opened
from tests.reporting.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report_keys", "spool_folder")]

ENOUGH = {"danger": "no", "who": "me", "story": "They want money by tonight."}
MARKER = "quince-marmalade"
PICTURE = "iVBORw0KGgo1" * 100


def send(client: Client, fields: dict, **options):
    return client.post("/report/", urlencode(fields, doseq=True), content_type=FORM, **options)


def page_of(response) -> Page:
    return Page(response.content.decode())


def every_control() -> dict[str, list[str]]:
    """Something in every control."""
    filled = {}
    for question in QUESTIONS:
        fields = question.fields or (question,)
        for name in control_names(question):
            field = next(field for field in fields if name.endswith(field.key))
            filled[name] = [field.choices[-1].value] if field.choices else [f"{MARKER} {name}"]
    return filled


# --- What is taken ---


def test_form_is_there_for_get_and_head_and_nobody_caches_it(client):
    for method in (client.get, client.head):
        response = method("/report/")

        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["CDN-Cache-Control"] == "no-store"
    assert client.put("/report/", b"picture").status_code == 405


def test_each_form_has_a_journey_of_its_own(client):
    first, second = (dict(page_of(client.get("/report/")).sent)["journey"] for _ in range(2))

    assert first != second


def test_report_is_stored_as_it_was_typed_and_confirmed(client):
    story = " \u202e\u05e9\u05dc\u05d5\u05dd\u202c 😀 caf\u00e9\r\n<b>tonight</b> "

    response = send(client, {**ENOUGH, "story": story, "accounts-3-handle": "bad_person"})

    body = opened(Report.objects.get())["body"]
    page = response.content.decode()
    assert response.status_code == 200
    assert body["story"] == story.replace("\r\n", "\n")
    assert body["accounts"] == [{"handle": "bad_person"}]
    assert "Your report is with us" in page
    assert opened(Report.objects.get())["triage"]["reference"] in page
    assert response.headers["CDN-Cache-Control"] == "no-store"


def test_second_press_shows_the_same_confirmation_and_stores_once(client):
    journey = dict(page_of(client.get("/report/")).sent)["journey"]

    first, second = (send(client, {**ENOUGH, "journey": journey}) for _ in range(2))

    assert first.content == second.content
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("extra", "is_unchecked"), [({}, False), ({HONEYPOT: "x"}, True), ({"journey": "forged"}, True)]
)
def test_report_that_looks_made_by_a_machine_is_taken_like_any_other_and_marked(
    client, monkeypatch, extra, is_unchecked
):
    token = dict(page_of(client.get("/report/")).sent)["journey"]
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 60)

    response = send(client, {**ENOUGH, "journey": token, **extra})

    assert "Your report is with us" in response.content.decode()
    assert Report.objects.get().is_unchecked == is_unchecked


def test_page_of_a_reload_after_sending_is_the_same_for_everybody_and_kept_nowhere(client):
    response = client.get("/report/sent/")
    page = response.content.decode()

    assert response.status_code == 200
    assert response.content == Client().get("/report/sent/").content
    assert response.headers["Cache-Control"] == response.headers["CDN-Cache-Control"] == "no-store"
    assert response.cookies == {}
    assert '<meta name="robots" content="noindex">' in page
    assert "We can't show the six words again." in page
    for way_on in ('href="/report/code/"', 'href="/report/"', "tel:101"):
        assert way_on in page[page.index("<main") :]
    assert client.post("/report/sent/", "a=b", content_type=FORM).status_code == 405


def test_confirmation_alone_names_that_page_for_a_reload(client):
    named = 'rel="canonical" href="/report/sent/"'

    assert named in send(client, ENOUGH).content.decode()
    assert named not in send(client, {}).content.decode()
    assert named not in client.get("/report/").content.decode()


# --- What is not ---


def test_errors_keep_every_word_and_store_nothing(client):
    filled = every_control() | {"story": ["x" * 4001], "who": ["pupil"], "length": []}

    response = send(client, filled)

    assert response.status_code == 422
    assert page_of(response).words() == {name: values for name, values in filled.items() if values}
    assert not Report.objects.exists()


def test_errors_keep_the_journey(client):
    journey = dict(page_of(client.get("/report/")).sent)["journey"]

    again = page_of(send(client, {"journey": journey}))

    assert dict(again.sent)["journey"] == journey


def test_words_for_which_there_is_no_row_come_back_under_their_own_names(client):
    sent = {**ENOUGH, "accounts-5-handle": "sam.06", "accounts-9-app": f"\n{MARKER}"}

    page = send(client, sent).content.decode()

    assert Page(page).words() == {name: [value] for name, value in sent.items()}
    assert '<a href="#accounts-5-handle">' in page
    assert '<label for="accounts-9-app">What did not fit</label>' in page


def test_rows_beyond_the_last_cost_no_more_than_what_was_sent(client):
    many = {f"accounts-{row}-app": "x" for row in range(5, 900)}

    page = send(client, ENOUGH | many).content

    assert len(page) < len(send(client, {}).content) + 250 * len(many)


@pytest.mark.parametrize("token", ["", "forged", "<b>" * 500, "\udce4"])
def test_journey_that_is_spoilt_is_replaced_by_a_sound_one(client, token):
    again = page_of(send(client, {"journey": token.encode(errors="surrogateescape")}))

    assert len(dict(again.sent)["journey"]) > 40
    assert "forged" not in dict(again.sent)["journey"]


@pytest.mark.parametrize(
    ("answer", "is_first"), [("danger", True), ("prefer_not", True), ("no", False)]
)
def test_whoever_may_be_in_danger_is_told_whom_to_call_before_anything_else(
    client, answer, is_first
):
    page = send(client, ENOUGH | {"danger": answer}).content.decode()

    assert page.count("Don't wait for us.") == 1
    assert (page.index("Don't wait for us.") < page.index("data-code")) is is_first


@pytest.mark.parametrize("name", ["danger", "who", "story"])
def test_what_is_needed_is_asked_for_first_thing_on_the_page(client, name):
    response = send(client, {key: value for key, value in ENOUGH.items() if key != name})

    page = response.content.decode()
    assert response.status_code == 422
    assert page.index('class="error-summary" role="alert"') < page.index("<h1>")
    assert f'id="{name}-error"' in page
    assert "<title>Error: Report it to the police" in page


@pytest.mark.parametrize(
    ("name", "value"),
    [("story", PICTURE), ("holiday", PICTURE), ("journey2", f"data:image/png;base64,{PICTURE}")],
)
def test_picture_as_text_is_refused_kindly_under_any_name_and_not_shown_again(client, name, value):
    response = send(client, {**ENOUGH, "town": MARKER, name: value})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Please don&#x27;t send it" in page
    assert PICTURE not in page
    assert MARKER in page
    assert not Report.objects.exists()


@pytest.mark.parametrize("content_type", ["multipart/form-data; boundary=B", "image/png", ""])
def test_file_is_refused_unread(client, content_type):
    response = client.post("/report/", b"--B\r\n\xff\xd8\xff", content_type=content_type)

    assert response.status_code == 415
    page = response.content.decode()
    assert "You have done nothing wrong." in page
    assert "take files or pictures here, so nothing was kept." in page
    assert "send the picture to anyone, not even to help" in page
    assert 'href="/report/">Tell us in words' in page
    assert 'call <a href="tel:101">101</a>' in page
    assert not Report.objects.exists()


def test_report_of_more_than_64_kibibytes_is_not_taken_and_keeps_its_words(client):
    long = {name: ["😀" * 1000] for name in ("story", "shared_where")}
    long |= {f"accounts-{row}-link": ["😀" * 1000] for row in range(5)}
    assert clean(ENOUGH | long).is_valid

    response = send(client, ENOUGH | long)

    page = response.content.decode()
    assert response.status_code == 413
    assert str(refusals.TOO_LARGE) in page
    assert long.items() <= Page(page).words().items()
    assert not Report.objects.exists()


def test_body_that_is_too_large_to_read_gets_a_clear_page(client):
    response = send(client, {**ENOUGH, "story": "x" * 2_000_000})

    assert response.status_code == 413
    assert "That is too much to send at once" in response.content.decode()
    assert not Report.objects.exists()


def test_every_question_filled_to_its_limit_is_taken(client):
    full = {"who": ["pupil"], "reply": ["someone_else"], "danger": ["no"], "area": ["uk"]}
    full |= {"paid": ["money"], "shared": ["yes"]}
    for question in QUESTIONS:
        for field in question.fields or (question,):
            for name in control_names(question):
                if field.kind in {Kind.SHORT, Kind.LONG, Kind.DATE} and name.endswith(field.key):
                    full[name] = ["a b " * (field.limit // 4)]

    response = send(client, full)

    assert response.status_code == 200
    assert Report.objects.count() == 1


# --- What cannot be taken now ---


def test_report_that_cannot_be_stored_stays_on_the_page_with_other_ways(client, monkeypatch):
    filled = every_control() | {"who": ["pupil"], "reply": ["contact"], "danger": ["no"]}
    filled |= {"length": ["full"]}
    assert clean(filled).is_valid

    def nowhere(*args: object, **kwargs: object) -> None:
        raise submission.NotStored

    monkeypatch.setattr("reporting.views.submit", nowhere)
    response = send(client, filled)

    page = response.content.decode()
    alert = page[page.index('role="alert"') : page.index("<h1>")]
    assert response.status_code == 503
    assert Page(page).words() == filled
    assert "Your words are still here" in alert
    assert "tel:999" in alert
    assert "tel:101" in alert
    assert "Try again" in alert


def test_without_keys_the_page_says_that_nothing_has_arrived(client, settings, tmp_path):
    settings.REPORT_KEYS_DIR = tmp_path / "none"

    response = send(client, {**ENOUGH, "town": MARKER})

    assert response.status_code == 503
    assert MARKER in response.content.decode()


def test_closed_form_shows_the_other_ways(client, settings):
    settings.REPORT_FORM_IS_OPEN = False

    response = client.get("/report/")

    assert response.status_code == 200
    assert EditorsPage.objects.get(slug="report").title in response.content.decode()
    assert "<textarea" not in response.content.decode()


def test_report_sent_to_a_closed_form_loses_no_word(client, settings):
    settings.REPORT_FORM_IS_OPEN = False

    response = send(client, {**ENOUGH, "town": MARKER})

    page = response.content.decode()
    assert response.status_code == 503
    assert Page(page).words() == {name: [value] for name, value in ENOUGH.items()} | {
        "town": [MARKER]
    }
    assert 'href="/report/other-ways/"' in page
    assert not Report.objects.exists()


# --- What nobody else hears ---


@pytest.mark.parametrize("extra", [{}, {"story": [""]}, {"story": [MARKER * 400]}])
def test_no_answer_is_in_a_log_line_or_a_header(client, caplog, extra):
    caplog.set_level(logging.DEBUG)

    response = send(client, {**ENOUGH, "town": MARKER, "name": MARKER} | extra)

    assert MARKER not in caplog.text
    assert MARKER not in str(response.headers)
    assert MARKER not in str(response.cookies)


def test_confirmation_holds_no_answer(client):
    page = send(client, {**ENOUGH, "story": MARKER, "name": MARKER}).content.decode()

    assert MARKER not in page


# --- What stands around it ---


@pytest.mark.parametrize("address", ["/", "/parents/"])
def test_way_to_ones_report_stands_in_the_first_list_at_the_foot_of_each_page(client, address):
    page = client.get(address).content.decode()

    first_list = page[page.index("<footer") :].partition("</ul>")[0]
    assert '<a href="/report/code/">Open your report</a>' in first_list
    assert page.count('href="/report/code/"') == 1


def test_start_leads_who_has_sent_a_report_to_it_in_this_tab_and_tells_of_new_tabs(client):
    start = client.get("/report/").content.decode().partition('id="q-')[0]

    assert 'Already told us? <a href="/report/code/">Open your report</a>' in start
    assert "open in a new tab" in start
    assert "Your browser lists each of those pages." in start


def test_page_around_the_form_leads_nowhere_by_menus_and_asks_nothing_about_cookies(client):
    page = client.get("/report/").content.decode()

    assert page.count("<nav") == 0
    assert "cookie-banner" not in page.partition("<body>")[2].replace(".cookie-banner", "")
    assert page.index("tel:999") < page.index("<main")


def test_form_is_for_readers_alone_and_not_for_search(client):
    assert '<meta name="robots" content="noindex">' in client.get("/report/").content.decode()
    assert "/report/</loc>" not in client.get("/sitemap.xml").content.decode()
    assert "/report/other-ways/</loc>" in client.get("/sitemap.xml").content.decode()


def test_editors_words_on_reporting_have_an_address_beside_the_form(client, settings):
    page = client.get("/report/other-ways/").content.decode()

    assert f'rel="canonical" href="{settings.SITE_URL}/report/other-ways/"' in page
    assert 'href="/report/"' in page[page.index("<main") :]


def test_first_round_trip_brings_the_way_out_the_style_and_the_first_questions(client):
    """The rest comes while they are read. A new form is this reader's alone, so it is compressed
    quickly."""
    sent = client.get("/report/", headers={"Accept-Encoding": "br"}).content

    decompressor = brotli.Decompressor()
    pieces = [decompressor.process(sent[:14_600])]
    while pieces[-1]:
        pieces.append(decompressor.process(b""))
    begun = b"".join(pieces).decode(errors="ignore")

    assert len(sent) < 24_000
    assert 'href="/leave/"' in begun
    assert "Nobody will ask you for the picture." in begun
    assert begun.index("</style>") < begun.index('id="q-happening"')
