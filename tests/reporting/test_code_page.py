"""The page of the mailbox, as a browser posts to it."""

import logging
import re
import time
from pathlib import Path
from statistics import median
from urllib.parse import quote_from_bytes

import pytest
from django.conf import LazySettings
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DatabaseTestCase

from campaign.reading_age import YOUNG_GRADE, readability
from reporting import codes, outage, recipients
from reporting.abuse import watch
from reporting.lookup import lookup_of
from reporting.mailbox import LONGEST, messages, opening, reply
from reporting.models import Mailbox, Message, Report, State
from tests.forms import FORM, post_form
from tests.reporting.mailboxes import new_way, opened, other_code, sent_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report_keys", "spool_folder")]

ADDRESS = "/report/code/"
WORDS = "They wrote again <b>& said</b> \u202e£50"
SHOWN = "They wrote again &lt;b&gt;&amp; said&lt;/b&gt; \u202e£50"
NOBODYS = codes.derive(b"n" * 32)
REFUSED = "do not open a report"


@pytest.fixture
def receipt():
    return sent_report()


@pytest.fixture
def keys(receipt) -> dict[str, str]:
    return {"reference": receipt.reference, "code": receipt.code}


def page(response) -> str:
    return response.content.decode()


def hidden(response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page(response))
    assert found, f"no {name}"
    return found[1]


def writing(keys: dict[str, str], client: Client, words: str = WORDS) -> dict[str, str]:
    """What the form of the open mailbox sends."""
    journey = hidden(post_form(client, ADDRESS, keys), "journey")
    return {**keys, "act": "write", "journey": journey, "message": words}


def words_of(response) -> str:
    """The page as it is read: no markup, and each run of spaces one."""
    return " ".join(re.sub(r"<[^>]+>", " ", page(response).split("<main")[1]).split())


# --- Opening ---


def test_page_asks_for_reference_and_words_and_remembers_nothing(client):
    response = client.get(ADDRESS)

    assert reverse("report-code") == ADDRESS
    assert response.status_code == 200
    assert response["Cache-Control"] == response["CDN-Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in page(response)
    assert response.cookies == {}
    for control in ('<input type="text" name="reference"', '<textarea name="code"'):
        attributes = page(response).split(control)[1].split(">")[0]
        assert 'autocapitalize="none"' in attributes
        assert 'autocomplete="off"' in attributes
        assert 'spellcheck="false"' in attributes
        assert "maxlength" not in attributes


def test_right_words_show_the_timeline_and_no_answer_yet(client, keys):
    response = post_form(client, ADDRESS, keys)

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "Your report" in page(response)
    assert "It is waiting for an officer to open it." in words_of(response)
    assert "You have not been forgotten." in words_of(response)
    assert response.cookies == {}


@pytest.mark.parametrize(
    ("state", "words", "done"),
    [
        (State.RECEIVED, "It is waiting for an officer to open it.", 1),
        (State.OPENED, "An officer has opened your report.", 2),
        (State.PASSED_ON, "is looking into it.", 3),
        (State.CLOSED, "We have finished our work on it.", 4),
    ],
)
def test_present_state_is_marked_and_told_in_words(client, keys, state, words, done):
    Report.objects.update(state=state)

    shown = page(post_form(client, ADDRESS, keys))

    steps = re.search(r'<ol class="how-far">(.*?)</ol>', shown, re.S)[1].split("</li>")[:-1]
    assert [str(label) in step for label, step in zip(State.labels, steps, strict=True)] == [
        True
    ] * 4
    assert ['aria-current="step"' in step for step in steps] == [
        number == done for number in range(1, 5)
    ]
    assert ['class="done"' in step for step in steps] == [number <= done for number in range(1, 5)]
    assert words in steps[done - 1]


def test_hour_is_told_in_words(client, keys):
    Report.objects.update(arrived_at="2026-07-01T14:00Z")

    assert "1 July 2026, after 3 p.m." in words_of(post_form(client, ADDRESS, keys))


@pytest.mark.parametrize(
    ("reference", "code", "told", "at"),
    [
        ("", "", "Please type your reference.", "reference"),
        ("", "", "Please type your six words.", "code"),
        ("NS-12", "", "NS and then 8 letters and numbers", "reference"),
        ("XX-1234-5678", "", "Our references start with NS.", "reference"),
        ("NS-1234-567U", "", "never a U", "reference"),
        ("NS-0000-0001", "", "One letter or number", "reference"),
        ("", "one two", "all six words", "code"),
        ("", "ability zzzz ability ability ability ability", "Word 2 is not one", "code"),
    ],
)
def test_what_cannot_be_right_is_told_at_its_field_and_kept(client, reference, code, told, at):
    response = post_form(client, ADDRESS, {"reference": reference, "code": code})

    assert response.status_code == 422
    assert page(response).split("<title>")[1].startswith("Error:")
    error = page(response).split(f'id="id_{at}_error"')[1].split("</div>")[0]
    assert told in error
    assert f'href="#id_{at}"' in page(response)
    assert f'value="{reference}"' in page(response) or not reference
    assert code in page(response)


def test_beginning_of_several_words_is_told_with_its_place(client):
    beginning = next(
        word[:3]
        for word, after in zip(codes.WORDS, codes.WORDS[1:], strict=False)
        if word[:3] == after[:3] and word[:3] not in codes.WORDS
    )
    words = ["ability"] * 4 + [beginning] + ["ability"]

    response = post_form(client, ADDRESS, {"reference": "", "code": " ".join(words)})

    assert "Word 5 could be more than one" in page(response)


def test_no_such_report_wrong_words_and_deleted_report_get_the_same_bytes(client):
    wrong = {"reference": NOBODYS.reference, "code": NOBODYS.code}
    nothing = post_form(client, ADDRESS, wrong)
    receipt = sent_report()
    Mailbox.objects.update(lookup=lookup_of(NOBODYS.reference))
    wrong_words = post_form(client, ADDRESS, wrong)
    right = {"reference": NOBODYS.reference, "code": receipt.code}
    assert post_form(client, ADDRESS, right).status_code == 200
    Report.objects.all().delete()
    deleted = post_form(client, ADDRESS, right)

    assert nothing.status_code == wrong_words.status_code == deleted.status_code == 422
    assert nothing.content == wrong_words.content
    assert nothing.headers == wrong_words.headers
    assert page(deleted).replace(receipt.code, NOBODYS.code) == page(nothing)
    assert REFUSED in page(nothing)


def test_refusal_takes_as_long_whether_there_is_a_report_or_not(client, keys, receipt):
    """Processor time of the whole answer, interleaved."""
    cases = [
        {"reference": NOBODYS.reference, "code": other_code(receipt)},
        {"reference": receipt.reference, "code": other_code(receipt)},
    ]
    taken: list[list[float]] = [[], []]
    for _ in range(40):
        for times, case in zip(taken, cases, strict=True):
            watch.forget()  # so many tries would have to wait
            begun = time.thread_time()
            response = post_form(client, ADDRESS, case)
            times.append(time.thread_time() - begun)
            assert response.status_code == 422

    nothing, wrong_words = map(median, taken)

    print(f"no report: {1000 * nothing:.2f} ms, wrong words: {1000 * wrong_words:.2f} ms")
    assert 1 / 1.1 < nothing / wrong_words < 1.1, (nothing, wrong_words)


# --- Messages ---


def test_message_is_stored_once_shown_and_thanked_for(client, keys):
    sent = writing(keys, client)

    first, second = (post_form(client, ADDRESS, sent) for _ in range(2))

    assert first.status_code == second.status_code == 200
    assert "We have your message." in words_of(first)
    assert page(first).count(SHOWN) == 1
    assert page(second).count(SHOWN) == 1
    assert Message.objects.count() == 1
    assert hidden(first, "journey") != sent["journey"]


def test_answer_is_shown_beside_the_reporters_words_in_order(client, keys, receipt):
    post_form(client, ADDRESS, writing(keys, client))
    reply(opened(receipt).mailbox, "Thank you. You did well.", new_way())

    response = post_form(client, ADDRESS, keys)

    you, officer = re.findall(r'<li class="(you|officer)">', page(response))
    assert (you, officer) == ("you", "officer")
    assert page(response).index(SHOWN) < page(response).index("You did well.")
    assert "You have not been forgotten" not in page(response)


def test_damaged_message_is_told_beside_the_others(client, keys, receipt):
    post_form(client, ADDRESS, writing(keys, client))
    Message.objects.update(is_from_reporter=False)
    reply(opened(receipt).mailbox, "You did well.", new_way())

    response = post_form(client, ADDRESS, keys)

    assert response.status_code == 200
    assert "This message is damaged" in page(response)
    assert "They wrote" not in page(response)
    assert "You did well." in page(response)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Please write a few words first."),
        (" \n ", "Please write a few words first."),
        ("é" * (LONGEST + 7), "This is 7 letters too long."),
        ("look data:image/png;base64,iVBORw0KGgo= there", "It looks like there is a picture"),
    ],
)
def test_message_that_cannot_be_taken_is_told_and_kept(client, keys, words, told):
    sent = writing(keys, client, words)

    response = post_form(client, ADDRESS, sent)

    assert response.status_code == 422
    assert page(response).split("<title>")[1].startswith("Error:")
    assert told in page(response).split('id="id_message_error"')[1]
    assert hidden(response, "journey") == sent["journey"]
    assert Message.objects.count() == 0
    assert (words.strip() in page(response)) != ("data:" in words)
    assert ("look (picture data was here) there" in page(response)) == ("data:" in words)


def test_longest_message_with_line_breaks_of_windows_is_taken(client, keys):
    words = "é\r\n" * (LONGEST // 2)

    assert post_form(client, ADDRESS, writing(keys, client, words)).status_code == 200
    assert Message.objects.count() == 1


def test_message_with_a_forged_token_is_stored_and_given_a_sound_one_where_it_is_not(client, keys):
    sent = writing(keys, client) | {"journey": "forged"}

    refused = post_form(client, ADDRESS, sent | {"message": ""})
    taken = post_form(client, ADDRESS, sent)

    assert hidden(refused, "journey") not in {"", "forged"}
    assert taken.status_code == 200
    assert Message.objects.count() == 1


def test_full_mailbox_keeps_the_words_and_says_what_else_to_do(client, keys, monkeypatch):
    monkeypatch.setattr(messages, "MOST_FROM_REPORTER", 0)

    response = post_form(client, ADDRESS, writing(keys, client))

    assert response.status_code == 422
    assert "can&#x27;t take more messages" in page(response)
    assert SHOWN in page(response)


@pytest.mark.parametrize("changed", [{"code": NOBODYS.code}, {"reference": "x"}, {"code": ""}])
def test_words_are_kept_where_the_mailbox_does_not_open(client, keys, changed):
    sent = writing(keys, client)

    response = post_form(client, ADDRESS, sent | changed)

    assert response.status_code == 422
    assert f'rows="6" dir="auto">\n{SHOWN}</textarea>' in page(response)
    assert hidden(response, "act") == "write"
    assert hidden(response, "journey") == sent["journey"]


@pytest.mark.parametrize("words", [WORDS, "\n two lines\n"])
def test_words_that_are_being_typed_come_back_after_a_look_with_their_token(client, keys, words):
    sent = writing(keys, client, words) | {"act": "look"}

    response = post_form(client, ADDRESS, sent)

    assert response.status_code == 200
    assert f">\n{escape(words)}</textarea>" in page(response)
    assert hidden(response, "journey") == sent["journey"]
    assert Message.objects.count() == 0


def test_picture_that_is_being_typed_is_not_shown_again(client, keys):
    sent = writing(keys, client, "look data:image/png;base64,iVBORw0KGgo= there")

    response = post_form(client, ADDRESS, sent | {"act": "look"})

    assert "iVBORw0KGgo" not in page(response)
    assert "look (picture data was here) there" in page(response)


def test_message_that_was_stored_leaves_the_box_empty_under_a_new_token(client, keys):
    sent = writing(keys, client)

    response = post_form(client, ADDRESS, sent)

    assert f"{SHOWN}</textarea>" not in page(response)
    assert hidden(response, "journey") != sent["journey"]


def test_look_with_typed_words_that_finds_no_database_is_no_message_at_the_next_try(client, keys):
    sent = writing(keys, client) | {"act": "look"}
    outage.begin()

    response = post_form(client, ADDRESS, sent)

    assert response.status_code == 503
    assert f"{SHOWN}</textarea>" in page(response)
    assert hidden(response, "act") == "look"
    assert Message.objects.count() == 0


# --- Deletion ---


def test_words_that_are_being_typed_go_through_the_question_about_deletion(client, keys):
    sent = writing(keys, client)
    asked = post_form(client, ADDRESS, sent | {"act": "ask"})
    assert page(asked).count(f'name="message" value="{SHOWN}"') == 2

    deleted = post_form(client, ADDRESS, sent | {"act": "delete"})

    assert f"{SHOWN}</textarea>" in page(deleted)
    assert Message.objects.count() == 1


def test_deletion_is_asked_for_after_one_question_more(client, keys):
    asked = post_form(client, ADDRESS, {**keys, "act": "ask"})
    assert "We may have to keep some or all of it." in words_of(asked)
    assert Message.objects.count() == 0

    sent = {**keys, "act": "delete", "journey": hidden(asked, "journey")}
    first, second = (post_form(client, ADDRESS, sent) for _ in range(2))

    assert "We have got that you want your report deleted." in words_of(first)
    assert page(second).count("You asked us to delete your report.") == 1
    assert "If you have changed your mind, write to us." in words_of(second)
    assert 'value="ask"' not in page(second)
    assert Message.objects.count() == 1
    assert Report.objects.count() == 1


# --- What fails ---


def test_where_the_database_does_not_answer_the_words_stay_with_numbers_to_call(
    client, keys, monkeypatch, caplog
):
    sent = writing(keys, client)

    def fail(*args: object) -> None:
        raise OperationalError(WORDS)

    monkeypatch.setattr(opening, "_mailboxes", fail)
    response = post_form(client, ADDRESS, sent)

    assert response.status_code == 503
    assert f'dir="auto">\n{SHOWN}</textarea>' in page(response)
    assert "tel:999" in page(response)
    assert "tel:101" in page(response)
    assert "Try again" in page(response)
    for name in ("reference", "code", "act", "journey"):
        assert hidden(response, name) == sent[name]
    assert "They wrote" not in caplog.text
    monkeypatch.undo()
    outage.end()
    assert post_form(client, ADDRESS, sent).status_code == 200
    assert Message.objects.count() == 1


def test_where_it_does_not_answer_a_look_and_a_wish_are_kept_too(client, keys):
    outage.begin()

    for act in ("look", "delete"):
        response = post_form(client, ADDRESS, {**keys, "act": act, "journey": "j"})
        assert response.status_code == 503
        assert hidden(response, "act") == act
        assert hidden(response, "journey") == "j"
        assert hidden(response, "code") == keys["code"]


def test_without_keys_to_seal_to_the_words_are_kept(
    client, keys, settings: LazySettings, tmp_path, monkeypatch
):
    sent = writing(keys, client)
    monkeypatch.setattr(recipients, "_memory", recipients._Memory())
    settings.REPORT_KEYS_DIR = tmp_path / "no keys"

    response = post_form(client, ADDRESS, sent)

    assert response.status_code == 503
    assert SHOWN in page(response)
    assert Message.objects.count() == 0


def test_too_many_tries_have_to_wait_whatever_is_right_and_keep_their_words(client, keys):
    sent = writing(keys, client)
    wrong = sent | {"code": NOBODYS.code}
    while post_form(client, ADDRESS, wrong).status_code == 422:
        assert Message.objects.count() == 0

    told_wrong, told_right = (post_form(client, ADDRESS, each) for each in (wrong, sent))

    assert told_wrong.status_code == told_right.status_code == 429
    assert page(told_wrong).replace(wrong["code"], sent["code"]) == page(told_right)
    assert SHOWN in page(told_right)
    assert "tel:999" in page(told_right)
    assert Message.objects.count() == 0
    watch.forget()
    assert post_form(client, ADDRESS, sent).status_code == 200


def test_too_much_is_refused_and_its_words_kept_where_they_were_read(client, keys):
    sent = writing(keys, client, "a" * 66_000)

    response = post_form(client, ADDRESS, sent)

    assert response.status_code == 413
    assert "a" * 66_000 in page(response)
    assert Message.objects.count() == 0


def test_far_too_much_is_not_read(client):
    response = post_form(client, ADDRESS, {"message": "a" * 1024 * 1024})

    assert response.status_code == 413
    assert "Start again" in page(response)
    assert "<form id=" not in page(response)


def test_only_a_plain_form_is_taken(client):
    assert client.post(ADDRESS, {"reference": "x"}).status_code == 415
    assert client.put(ADDRESS, b"x").status_code == 405
    assert client.head(ADDRESS).status_code == 200


def test_nothing_of_what_is_typed_comes_into_log_header_or_address(client, keys, caplog):
    caplog.set_level(logging.DEBUG)
    secret = {*keys["code"].split(), keys["reference"], "They wrote"}
    answers = [
        post_form(client, ADDRESS, keys),
        post_form(client, ADDRESS, writing(keys, client)),
        post_form(client, ADDRESS, {**keys, "act": "ask"}),
        post_form(client, ADDRESS, {**keys, "code": NOBODYS.code}),
    ]
    # The queries are what a log at this level would hold, with their values.
    told = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]

    for answer in answers:
        headers = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
        addresses = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page(answer)))
        assert not [word for word in secret if word in headers]
        assert not [word for word in secret if word in addresses]
    assert not [word for word in secret if word in " ".join(told)]


def test_every_form_is_kept_out_of_the_browsers_memory(client, keys):
    for act in ("look", "ask"):
        shown = page(post_form(client, ADDRESS, {**keys, "act": act}))
        for form in re.findall(r"<form[^>]*>", shown.split("<main")[1].split("</main")[0]):
            assert 'autocomplete="off"' in form


# --- Words ---

ROOT = Path(__file__).resolve().parents[2]


def test_words_of_every_page_can_be_read_at_eleven(client, keys):
    sent = writing(keys, client)
    pages = [client.get(ADDRESS), post_form(client, ADDRESS, {**keys, "act": "ask"})]
    for state in State:
        Report.objects.update(state=state)
        pages.append(post_form(client, ADDRESS, keys))
    pages += [
        post_form(client, ADDRESS, {**keys, "code": NOBODYS.code}),
        post_form(client, ADDRESS, {"reference": "NS-0000-0001", "code": "one"}),
        post_form(client, ADDRESS, sent | {"message": ""}),
        post_form(client, ADDRESS, sent | {"message": "x" * 66_000}),
    ]
    outage.begin()
    pages.append(post_form(client, ADDRESS, sent))

    grades = [readability(told(each)).grade for each in pages]

    assert [grade for grade in grades if grade > YOUNG_GRADE] == []


def told(response) -> str:
    """The site's own words in a page's main part."""
    main = page(response).split("<main")[1].split("</main>")[0]
    without = r"<style.*?</style>|<script.*?</script>|<textarea.*?</textarea>"
    return re.sub(without, "", f"<main{main}", flags=re.S)


def test_documentation_lists_only_sentences_that_are_said():
    table = (ROOT / "docs/reporting-mailbox.md").read_text().split("lawyer must clear")[1]
    sentences = re.findall(r"^\| (.+?) \| .+ \|$", table, re.M)[1:]
    templates = "".join(
        file.read_text() for file in sorted((ROOT / "templates/reporting").rglob("*.html"))
    )

    assert len(sentences) >= 5
    assert [sentence for sentence in sentences if sentence not in templates] == []


NAMES = st.sampled_from(["reference", "code", "act", "journey", "message", "csrf"])
BYTES = st.one_of(
    st.binary(max_size=200), st.text(max_size=60).map(lambda t: t.encode("utf-8", "surrogatepass"))
)


@pytest.mark.usefixtures("report_keys", "spool_folder")
class TestRubbish(DatabaseTestCase):
    def setup_example(self) -> None:
        super().setup_example()
        self.receipt = sent_report()

    @settings(max_examples=50)
    @given(
        fields=st.dictionaries(NAMES, BYTES),
        is_open=st.booleans(),
        raw=st.binary(min_size=1, max_size=100),
    )
    def test_no_bytes_bring_the_page_down(
        self, fields: dict[str, bytes], is_open: bool, raw: bytes
    ) -> None:
        if is_open:
            fields |= {
                "reference": self.receipt.reference.encode(),
                "code": self.receipt.code.encode(),
            }
        body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in fields.items())

        answers = [
            self.client.post(ADDRESS, sent, content_type=FORM)
            for sent in (body.encode() or b"a=", raw)
        ]

        assert {answer.status_code for answer in answers} <= {200, 422}
        assert all(answer.content.decode() for answer in answers)
