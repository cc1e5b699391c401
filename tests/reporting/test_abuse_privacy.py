"""Nothing that is counted gives away an address, a reference or a report's secret."""

import gc
import io
import logging
import pickle
import time
from collections.abc import Iterator

import pytest

from reporting.abuse import Watch, client_of
from reporting.abuse.daily_key import DailyKey
from reporting.abuse.watch import REPORTS_OF_ONE

NOW = time.time()
ADDRESS = "198.51.100.77"
REFERENCE = "NS-7K3M-Q2WX"
SECRET = b"a report's secret of 32 bytes..."
MARKS = [ADDRESS.encode(), bytes([198, 51, 100, 77]), REFERENCE.encode(), SECRET]


def everything_in(thing: object) -> Iterator[object]:
    """What can be reached from it, but for code."""
    code = (type, type(io), type(everything_in), type("".join))
    seen: dict[int, object] = {}
    waiting = [thing]
    while waiting:
        it = waiting.pop()
        if id(it) not in seen and not isinstance(it, code):
            seen[id(it)] = it
            waiting += gc.get_referents(it)
            yield it


def given_away(thing: object) -> list[bytes]:
    """Which of the marks stand in the texts and bytes that can be reached from it."""
    texts = [
        it.encode() if isinstance(it, str) else it
        for it in everything_in(thing)
        if isinstance(it, (str, bytes))
    ]
    return [mark for mark in MARKS if any(mark in text for text in texts)]


@pytest.fixture
def used() -> Watch:
    """Has seen all of the marks, in each of its memories."""
    watch = Watch()
    client = client_of({"REMOTE_ADDR": ADDRESS})
    assert client in MARKS
    for number in range(REPORTS_OF_ONE.at_once + 2):
        watch.is_suspicious(
            honeypot="",
            solution="",
            age=9.0,
            report=SECRET + bytes([number]),
            client=client,
            now=NOW,
        )
    watch.form_fields(client, now=NOW)
    assert watch.look_up_is_allowed(client, REFERENCE, now=NOW)
    return watch


def test_a_leak_would_be_found():
    watch = Watch()
    for number, mark in enumerate(MARKS):
        watch._judged.put(mark + bytes([number]), True)

    assert given_away(watch) == MARKS


def test_memory_holds_no_address_reference_or_secret(used: Watch):
    held = [it for it in vars(used).values() if hasattr(it, "__len__") and len(it)]

    assert len(held) == 6  # all but the spent solutions
    assert given_away(used) == []


def test_repr_shows_nothing(used: Watch):
    for it in (used, *vars(used).values()):
        assert given_away(repr(it)) == []
        assert used._key._key.hex() not in repr(it)
        assert repr(used._key._key) not in repr(it)


def test_counts_and_key_cannot_be_pickled(used: Watch):
    with pytest.raises(TypeError):
        pickle.dumps(used)
    with pytest.raises(TypeError, match="stays in memory"):
        pickle.dumps(used._key)


def test_pickled_buckets_alone_give_nothing_away(used: Watch):
    memories = [it for it in vars(used).values() if hasattr(it, "__len__")]

    assert given_away(pickle.dumps(memories)) == []


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    watch = Watch()

    for _try in range(50):
        watch.look_up_is_allowed(client_of({"REMOTE_ADDR": ADDRESS}), REFERENCE, now=NOW)
        watch.is_suspicious(
            honeypot="x", solution="x", age=None, report=SECRET, client=b"1", now=NOW
        )

    assert caplog.records == []


def test_there_is_no_key_before_the_first_count():
    """It would be made before the server forks, be all its processes', and never be replaced."""
    assert Watch()._key._key == DailyKey()._key == b""
