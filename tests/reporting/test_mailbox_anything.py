"""Whatever is written comes back, whatever is damaged does not, and no other words open it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DatabaseTestCase

from reporting import codes
from reporting.mailbox import LONGEST, open_mailbox, read, reply, write
from reporting.models import Message
from reporting.questions.text import kept
from tests.reporting.mailboxes import new_way, opened, sent_report
from tests.reporting.test_mailbox_messages import for_officers

TEXTS = st.text(min_size=1, max_size=LONGEST).map(kept)
CODES = st.lists(st.sampled_from(codes.WORDS), min_size=6, max_size=6).map(" ".join)
# Each case seals a report of its own, and computes Argon2id for it.
some = settings(max_examples=25)


@pytest.mark.usefixtures("report_keys", "spool_folder")
class TestAnything(DatabaseTestCase):
    """A database that is as it was for each invented case."""

    def setup_example(self) -> None:
        super().setup_example()
        self.receipt = sent_report()
        self.mine = opened(self.receipt)

    @some
    @given(texts=st.lists(st.tuples(st.booleans(), TEXTS), max_size=4))
    def test_any_words_come_back_on_both_sides(self, texts: list[tuple[bool, str]]) -> None:
        for is_mine, text in texts:
            if is_mine:
                write(self.mine, text, new_way())
            else:
                reply(self.mine.mailbox, text, new_way())

        found = [(message.is_from_reporter, message.text) for message in read(self.mine)]
        assert found == texts
        assert [for_officers(row)["text"] for row in Message.objects.all()] == [
            text for _is_mine, text in texts
        ]

    @some
    @given(data=st.data())
    def test_any_damage_is_told_and_nothing_of_it_is_shown(self, data: st.DataObject) -> None:
        write(self.mine, "It was a secret", new_way())
        sealed = bytearray(Message.objects.get().for_reporter)
        at = data.draw(st.integers(0, len(sealed) - 1))
        if data.draw(st.booleans()):
            sealed[at] ^= data.draw(st.integers(1, 255))
        else:
            sealed = sealed[:at] or bytearray(b"\0")
        Message.objects.update(for_reporter=bytes(sealed))

        assert [(message.kind, message.text) for message in read(self.mine)] == [(None, "")]

    @some
    @given(code=CODES)
    def test_any_other_words_open_nothing(self, code: str) -> None:
        assert open_mailbox(self.receipt.reference, code) is None
