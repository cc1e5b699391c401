"""Counts by name: how they fill, leak and stay within their memory."""

import pytest

from reporting.abuse.buckets import Buckets, Limit
from reporting.abuse.lately import Lately

NOW = 1_800_000_000.0
THREE = Limit(at_once=3, seconds=60)


def filled(buckets: Buckets, name: bytes, times: int, now: float = NOW) -> Buckets:
    for _time in range(times):
        buckets.add(name, now)
    return buckets


def test_bucket_has_room_for_as_many_at_once_as_its_limit_says():
    buckets = filled(Buckets(THREE), b"one", 2)
    assert buckets.has_room(b"one", NOW)

    buckets.add(b"one", NOW)

    assert not buckets.has_room(b"one", NOW)
    assert buckets.has_room(b"another", NOW)


def test_full_bucket_has_room_for_one_more_after_its_time_and_not_before():
    buckets = filled(Buckets(THREE), b"one", 3)

    assert not buckets.has_room(b"one", NOW + 59)
    assert buckets.has_room(b"one", NOW + 60)
    buckets.add(b"one", NOW + 60)
    assert not buckets.has_room(b"one", NOW + 61)


def test_what_runs_over_is_not_held_against_anybody():
    buckets = filled(Buckets(THREE), b"one", 1_000)

    assert buckets.has_room(b"one", NOW + 60)
    assert not buckets.is_half_full(b"one", NOW + 180)


def test_bucket_that_stood_empty_has_saved_up_no_room():
    buckets = filled(Buckets(THREE), b"one", 1)

    filled(buckets, b"one", 3, NOW + 86_000)

    assert not buckets.has_room(b"one", NOW + 86_000)


def test_bucket_is_half_full_from_the_half_of_its_capacity_on():
    buckets = Buckets(Limit(at_once=6, seconds=10))
    filled(buckets, b"one", 2)
    assert not buckets.is_half_full(b"one", NOW)

    buckets.add(b"one", NOW)

    assert buckets.is_half_full(b"one", NOW)
    assert not buckets.is_half_full(b"one", NOW + 1)


def test_flood_of_new_names_stays_within_its_memory_and_leaves_full_buckets_full():
    buckets = filled(Buckets(THREE, most=100), b"guessed at", 3)

    longest = 0
    for number in range(10_000):
        buckets.add(number.to_bytes(4), NOW)
        longest = max(longest, len(buckets))

    assert longest <= 100
    assert not buckets.has_room(b"guessed at", NOW)


def test_bucket_that_would_be_empty_soonest_is_forgotten_first():
    buckets = Buckets(Limit(at_once=1, seconds=60), most=4)
    names = [b"first", b"second", b"third", b"fourth", b"fifth"]
    for number, name in enumerate(names):
        buckets.add(name, NOW + number)

    kept = [name for name in names if not buckets.has_room(name, NOW + 5)]

    assert kept == [b"third", b"fourth", b"fifth"]


def test_cleared_buckets_hold_nothing():
    buckets = filled(Buckets(THREE), b"one", 3)

    buckets.clear()

    assert len(buckets) == 0
    assert buckets.has_room(b"one", NOW)


@pytest.mark.parametrize("decision", [True, False])
def test_what_was_decided_is_known_again(decision: bool):
    lately = Lately()
    assert lately.get(b"one") is None

    lately.put(b"one", decision)

    assert lately.get(b"one") is decision


def test_what_was_decided_first_is_forgotten_first_when_the_memory_is_full():
    lately = Lately(most=100)

    for number in range(1_000):
        lately.put(number.to_bytes(4), True)

    assert len(lately) == 100
    assert lately.get((899).to_bytes(4)) is None
    assert lately.get((900).to_bytes(4)) is True
