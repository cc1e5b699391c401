"""Messages both ways: sealed to both sides, stored once, closed to what was tampered with."""

import json

import pytest
from django.db import IntegrityError, OperationalError
from django.db.models import F

from reporting import outage
from reporting.keystore import KeyStoreError
from reporting.mailbox import (
    LONGEST,
    Full,
    Unavailable,
    ask_for_deletion,
    messages,
    read,
    reply,
    write,
)
from reporting.models import Mailbox, Message
from reporting.models.hours import this_hour
from reporting.sealing import CannotOpen, encrypt_to, open_part, pad
from tests.reporting.key_sets import IDENTITY, RECOVERY, TEAM
from tests.reporting.mailboxes import new_way, opened, sent_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report_keys", "spool_folder")]

WORDS = "They wrote again \u202e\U0001f600\n£50"


@pytest.fixture
def mine():
    return opened(sent_report())


@pytest.fixture
def theirs():
    return opened(sent_report())


def told(mine) -> list[tuple[bool, str | None, str]]:
    return [(message.is_from_reporter, message.kind, message.text) for message in read(mine)]


def for_officers(message: Message, keys=TEAM) -> dict[str, str]:
    return json.loads(open_part(bytes(message.for_team), message.message_id.bytes, "body", keys))


def test_both_sides_read_what_either_wrote_in_order(mine):
    write(mine, WORDS, new_way())
    reply(mine.mailbox, "Thank you. Please don't pay.", new_way())
    write(mine, "I won't", new_way())

    assert told(mine) == [
        (True, "text", WORDS),
        (False, "text", "Thank you. Please don't pay."),
        (True, "text", "I won't"),
    ]
    assert [for_officers(message)["text"] for message in Message.objects.all()] == [
        WORDS,
        "Thank you. Please don't pay.",
        "I won't",
    ]


def test_officers_read_which_report_it_is_of_and_what_it_is(mine):
    write(mine, WORDS, new_way())
    ask_for_deletion(mine, new_way())

    text, deletion = Message.objects.all()
    report = mine.mailbox.report_id.hex
    assert for_officers(text) == {"report": report, "kind": "text", "text": WORDS}
    assert for_officers(deletion, RECOVERY) == {"report": report, "kind": "deletion", "text": ""}
    with pytest.raises(CannotOpen):
        for_officers(text, IDENTITY)


def test_row_says_no_more_than_direction_and_hour_and_looks_like_any_other(mine):
    write(mine, "No", new_way())
    ask_for_deletion(mine, new_way())
    reply(mine.mailbox, "We have got that. An officer will look at it today.", new_way())

    rows = list(Message.objects.all())
    assert len({len(row.for_team) for row in rows}) == 1
    assert len({len(row.for_reporter) for row in rows}) == 1
    assert {row.sent_at for row in rows} == {this_hour()}
    assert rows[0].message_id.bytes not in bytes(rows[0].for_reporter)


def test_same_text_on_the_same_way_is_stored_once(mine):
    way = new_way()
    for _ in range(2):
        write(mine, WORDS, way)
        reply(mine.mailbox, WORDS, way)

    assert [is_mine for is_mine, _kind, _text in told(mine)] == [True, False]


def test_other_text_another_way_and_another_report_make_a_message_of_their_own(mine, theirs):
    way = new_way()
    write(mine, WORDS, way)
    write(mine, WORDS + ".", way)
    write(mine, WORDS, new_way())
    write(theirs, WORDS, way)

    assert len(read(mine)) == 3
    assert len(read(theirs)) == 1


def test_second_press_at_once_is_stored_once(mine, monkeypatch):
    """Both have looked, and found nothing, before either stores."""
    way = new_way()
    write(mine, WORDS, way)
    stored = Message.objects.get()
    monkeypatch.setattr(messages, "_message_id", lambda *said: stored.message_id)
    reply(mine.mailbox, "other", way)

    assert Message.objects.count() == 1


def test_deletion_is_asked_for_once_whatever_the_way(mine):
    ask_for_deletion(mine, new_way())
    ask_for_deletion(mine, new_way())

    assert told(mine) == [(True, "deletion", "")]


def test_full_mailbox_says_so_takes_a_second_press_and_a_wish_to_delete(mine, monkeypatch):
    monkeypatch.setattr(messages, "MOST_FROM_REPORTER", 2)
    way = new_way()
    write(mine, "one", new_way())
    reply(mine.mailbox, "answers are not counted", new_way())
    write(mine, "two", way)

    with pytest.raises(Full):
        write(mine, "three", new_way())
    write(mine, "two", way)
    ask_for_deletion(mine, new_way())

    assert [kind for _mine, kind, _text in told(mine)] == ["text", "text", "text", "deletion"]


def test_messages_are_read_in_one_query_without_the_officers_envelopes(
    mine, django_assert_num_queries
):
    for number in range(5):
        write(mine, str(number), new_way())

    with django_assert_num_queries(1) as asked:
        read(mine)

    assert "for_team" not in asked.captured_queries[0]["sql"]


def test_longest_message_of_the_widest_letters_fits(mine):
    for letter in ("\x01", "\U0001f600", "\\"):
        write(mine, letter * LONGEST, new_way())

    assert [text for _mine, _kind, text in told(mine)] == [
        letter * LONGEST for letter in ("\x01", "\U0001f600", "\\")
    ]


# --- Tampering ---


def damaged(mine) -> list[bool]:
    return [message.kind is None for message in read(mine)]


def test_message_that_was_moved_to_another_mailbox_is_damaged_and_the_others_are_not(mine, theirs):
    write(mine, WORDS, new_way())
    write(theirs, "mine", new_way())
    Message.objects.filter(mailbox=mine.mailbox).update(mailbox=theirs.mailbox)

    assert damaged(theirs) == [True, False]
    assert read(theirs)[0].text == ""


def test_message_that_was_turned_round_is_damaged(mine):
    reply(mine.mailbox, WORDS, new_way())
    write(mine, WORDS, new_way())
    Message.objects.update(is_from_reporter=~F("is_from_reporter"))

    assert damaged(mine) == [True, True]


def test_sealed_words_in_another_message_s_row_are_damaged(mine):
    write(mine, "yes", new_way())
    write(mine, "no", new_way())
    first, second = Message.objects.all()
    Message.objects.filter(pk=second.pk).update(for_reporter=bytes(first.for_reporter))

    assert damaged(mine) == [False, True]


def test_officers_envelope_under_another_message_s_id_does_not_open(mine):
    write(mine, "yes", new_way())
    write(mine, "no", new_way())
    first, second = Message.objects.all()
    second.for_team = first.for_team

    with pytest.raises(CannotOpen):
        for_officers(second)


@pytest.mark.parametrize("is_mine", [True, False])
def test_what_this_version_has_sealed_opens_for_ever(mine, is_mine):
    """The context spelled out: a change of it would close every message that is stored."""
    reply(mine.mailbox, WORDS, new_way())
    row = Message.objects.get()
    direction = b"from reporter" if is_mine else b"to reporter  "
    context = (
        b"sextortion-site mailbox message 1 "
        + mine.mailbox.report_id.bytes
        + row.message_id.bytes
        + direction
    )
    padded = pad(b'{"report":"","kind":"text","text":"Stay"}', (4096, 16384, 65536, 131072))
    row.for_reporter = encrypt_to(bytes(Mailbox.objects.get().public_key), padded, context)
    row.is_from_reporter = is_mine
    row.save()

    assert told(mine) == [(is_mine, "text", "Stay")]


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'"text"',
        b"\xff",
        b'{"kind":"text"}',
        b'{"kind":"shout","text":"a"}',
        b'{"kind":["text"],"text":"a"}',
        b"[" * 60_000,
        b'{"kind":"text","text":1' + b"0" * 5000 + b"}",
    ],
)
def test_rubbish_that_was_sealed_to_the_mailbox_is_damaged(mine, said):
    reply(mine.mailbox, WORDS, new_way())
    row = Message.objects.get()
    context = messages._context(mine.mailbox.report_id, row.message_id, False)
    padded = pad(said, messages.SIZES_FOR_REPORTER)
    row.for_reporter = encrypt_to(bytes(Mailbox.objects.get().public_key), padded, context)
    row.save()

    assert damaged(mine) == [True]


def test_words_that_cannot_be_shown_are_mended(mine):
    reply(mine.mailbox, WORDS, new_way())
    row = Message.objects.get()
    context = messages._context(mine.mailbox.report_id, row.message_id, False)
    padded = pad(b'{"kind":"text","text":"a\\ud800b"}', messages.SIZES_FOR_REPORTER)
    row.for_reporter = encrypt_to(bytes(Mailbox.objects.get().public_key), padded, context)
    row.save()

    assert told(mine) == [(False, "text", "a\ufffdb")]


def test_reply_is_made_fit_to_be_kept(mine):
    reply(mine.mailbox, "one\r\ntwo\x00", new_way())

    assert told(mine) == [(False, "text", "one\ntwo\ufffd")]
    assert for_officers(Message.objects.get())["text"] == "one\ntwo\ufffd"


def test_who_changes_the_public_key_cannot_read_what_the_reporter_writes(mine, theirs):
    Mailbox.objects.filter(pk=mine.mailbox.pk).update(
        public_key=bytes(Mailbox.objects.get(pk=theirs.mailbox.pk).public_key)
    )
    write(mine, WORDS, new_way())

    assert told(mine) == [(True, "text", WORDS)]


def test_reply_to_a_mailbox_whose_public_key_is_damaged_is_not_stored(mine):
    mine.mailbox.public_key = b"damaged"

    with pytest.raises(ValueError, match="key"):
        reply(mine.mailbox, WORDS, new_way())

    assert Message.objects.count() == 0


# --- Failures ---


@pytest.mark.parametrize("act", ["write", "ask_for_deletion", "reply"])
def test_without_keys_nothing_is_stored(mine, monkeypatch, act):
    def no_keys() -> None:
        raise KeyStoreError

    monkeypatch.setattr(messages.recipients, "current", no_keys)
    acts = {
        "write": lambda: write(mine, WORDS, new_way()),
        "ask_for_deletion": lambda: ask_for_deletion(mine, new_way()),
        "reply": lambda: reply(mine.mailbox, WORDS, new_way()),
    }

    with pytest.raises(Unavailable) as told_:
        acts[act]()

    assert told_.value.__suppress_context__
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("error", "is_outage"), [(OperationalError, True), (IntegrityError, False)]
)
def test_database_that_does_not_take_a_message_is_told_without_its_words(
    mine, monkeypatch, caplog, error, is_outage
):
    def fail(*args: object, **kwargs: object) -> None:
        raise error(WORDS)

    monkeypatch.setattr(Message.objects, "bulk_create", fail)

    with pytest.raises(Unavailable) as told_:
        write(mine, WORDS, new_way())

    assert told_.value.__suppress_context__
    assert outage.is_on() == is_outage
    assert error.__name__ in caplog.text
    assert "They wrote" not in caplog.text


def test_database_that_does_not_answer_shows_no_messages(mine):
    outage.begin()

    with pytest.raises(Unavailable):
        read(mine)


def test_what_was_read_does_not_print_its_words(mine):
    write(mine, WORDS, new_way())

    assert "They wrote" not in repr(read(mine))
