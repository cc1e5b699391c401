"""What is suspicious, what a form carries, and what may be looked up."""

import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from reporting.abuse import Watch
from reporting.abuse.daily_key import CLOCK_TOLERANCE, DAY
from reporting.abuse.haste import LEAST_SECONDS
from reporting.abuse.watch import (
    LOOK_UPS_AT_ONE,
    LOOK_UPS_OF_ONE,
    LOOK_UPS_OF_ONE_AT_ONE,
    REPORTS_OF_ALL,
    REPORTS_OF_ONE,
)
from tests.reporting.test_abuse_work import solution_of

NOW = time.time()
HERE, THERE = bytes([198, 51, 100, 7]), bytes([203, 0, 113, 9])
REFERENCE, OTHER_REFERENCE = "NS-0000-0000", "NS-1111-1111"

Send = Callable[..., bool]


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def send(watch: Watch) -> Send:
    """Whether a report is suspicious; it is one like any other but for what is given."""
    numbers = itertools.count()

    def sent(**given: object) -> bool:
        usual = {
            "honeypot": "",
            "solution": "",
            "age": 300.0,
            "report": next(numbers).to_bytes(32),
            "client": HERE,
            "now": NOW,
        }
        return watch.is_suspicious(**(usual | given))  # type: ignore[arg-type]  # a test's own

    return sent


@pytest.fixture
def hot(watch: Watch, send: Send) -> Watch:
    """After so many reports of one address that one more needs work."""
    for _report in range(REPORTS_OF_ONE.at_once):
        assert not send()
    return watch


def challenge_for(watch: Watch, client: bytes | None, now: float = NOW) -> str:
    challenge = watch.form_fields(client, now=now).challenge
    assert challenge is not None
    return challenge


# --- One report ---


def test_ordinary_report_is_not_suspicious(send: Send):
    assert not send()


@pytest.mark.parametrize("typed", ["https://example.org/", " "])
def test_filled_honeypot_is_suspicious(send: Send, typed: str):
    assert send(honeypot=typed)


@pytest.mark.parametrize(
    ("age", "is_suspicious"),
    [
        (None, True),
        (-1.0, True),
        (LEAST_SECONDS - 0.1, True),
        (float(LEAST_SECONDS), False),
        (30 * 86_400.0, False),
    ],
)
def test_report_needs_a_genuine_token_and_time_to_answer(
    send: Send, age: float | None, is_suspicious: bool
):
    assert send(age=age) is is_suspicious


def test_present_is_meant_where_no_time_is_given(watch: Watch):
    assert not watch.is_suspicious(honeypot="", solution="", age=300.0, report=b"1", client=HERE)
    assert watch.form_fields(HERE).challenge is None
    assert watch.look_up_is_allowed(HERE, REFERENCE)


# --- Many reports ---


def test_many_reports_of_one_address_need_work(hot: Watch, send: Send):
    assert send()
    assert not send(solution=solution_of(challenge_for(hot, HERE)))


def test_other_addresses_need_none_meanwhile(hot: Watch, send: Send):
    assert hot.form_fields(THERE, now=NOW).challenge is None
    assert not send(client=THERE)


def test_many_reports_of_many_addresses_need_work_of_everybody(watch: Watch, send: Send):
    for number in range(REPORTS_OF_ALL.at_once):
        assert not send(client=number.to_bytes(4))

    assert send(client=THERE)
    assert not send(client=THERE, solution=solution_of(challenge_for(watch, THERE)))


def test_work_is_asked_for_before_it_is_needed(watch: Watch, send: Send):
    """Or whoever was given a form just before could not have done it."""
    for _report in range(REPORTS_OF_ONE.at_once // 2):
        assert watch.form_fields(HERE, now=NOW).challenge is None
        send()

    assert watch.form_fields(HERE, now=NOW).challenge is not None
    assert not send()


def test_no_work_is_needed_once_it_is_quiet_again(hot: Watch, send: Send):
    later = NOW + REPORTS_OF_ONE.capacity

    assert hot.form_fields(HERE, now=later).challenge is None
    assert not send(now=later)


def test_nobody_in_particular_has_no_limit_but_everybodys(send: Send):
    """As behind a proxy that names no address: nobody answers for all the others."""
    for _report in range(REPORTS_OF_ALL.at_once):
        assert not send(client=None)

    assert send(client=None)


@pytest.mark.parametrize("solution", ["", "wrong", "e30="])
def test_missing_or_wrong_solution_is_suspicious_while_work_is_needed(
    hot: Watch, send: Send, solution: str
):
    assert send(solution=solution)


@pytest.mark.parametrize("solution", ["", "wrong"])
def test_no_solution_is_asked_of_anybody_while_it_is_quiet(send: Send, solution: str):
    assert not send(solution=solution)


def test_solution_counts_once(hot: Watch, send: Send):
    solution = solution_of(challenge_for(hot, HERE))

    assert not send(solution=solution)
    assert send(solution=solution)


def test_solution_counts_once_over_a_change_of_the_key_too(watch: Watch, send: Send):
    watch.form_fields(HERE, now=NOW - DAY + 60)  # the key changes a minute from now
    for now in (NOW, NOW + 60):
        for _report in range(REPORTS_OF_ONE.at_once):
            assert not send(now=now)
        if now == NOW:
            solution = solution_of(challenge_for(watch, HERE))
            assert not send(solution=solution)

    assert send(solution=solution, now=NOW + 60)


def test_same_report_sent_again_gets_the_same_answer_and_counts_once(hot: Watch, send: Send):
    solution = solution_of(challenge_for(hot, HERE))

    answers = [send(report=b"again", solution=solution) for _press in range(50)]

    assert answers == [False] * 50
    assert not send(now=NOW + 2 * REPORTS_OF_ONE.seconds)


def test_suspicious_report_sent_again_stays_suspicious(send: Send):
    assert send(report=b"again", honeypot="filled")
    assert send(report=b"again")


def test_suspicious_reports_are_counted_too(watch: Watch, send: Send):
    for _report in range(REPORTS_OF_ONE.at_once):
        send(honeypot="filled")

    assert watch.form_fields(HERE, now=NOW).challenge is not None


# --- Look-ups ---


def allowed(watch: Watch, client: bytes | None, reference: str | None, now: float = NOW) -> bool:
    return watch.look_up_is_allowed(client, reference, now=now)


def how_many_allowed(
    watch: Watch, client: bytes | None, reference: str | None, tries: int, now: float = NOW
) -> int:
    return sum(allowed(watch, client, reference, now) for _try in range(tries))


def test_guesses_at_one_reference_from_one_place_are_limited(watch: Watch):
    assert how_many_allowed(watch, HERE, REFERENCE, 1_000) == LOOK_UPS_OF_ONE_AT_ONE.at_once


def test_guessing_somewhere_does_not_lock_the_owner_out_elsewhere(watch: Watch):
    how_many_allowed(watch, HERE, REFERENCE, 1_000)

    assert allowed(watch, THERE, REFERENCE)


def test_guessing_at_one_reference_leaves_others_open_from_the_same_place(watch: Watch):
    how_many_allowed(watch, HERE, REFERENCE, 1_000)

    assert allowed(watch, HERE, OTHER_REFERENCE)


def test_owner_in_the_same_place_gets_in_minutes_after_the_guessing(watch: Watch):
    """What was refused is not added up, so more guessing locks nobody out for longer."""
    how_many_allowed(watch, HERE, REFERENCE, 10_000)

    assert not allowed(watch, HERE, REFERENCE, NOW + LOOK_UPS_OF_ONE_AT_ONE.seconds - 1)
    assert allowed(watch, HERE, REFERENCE, NOW + LOOK_UPS_OF_ONE_AT_ONE.seconds)
    assert LOOK_UPS_OF_ONE_AT_ONE.seconds <= 180


def test_guesses_at_one_reference_from_everywhere_are_limited_and_end_in_seconds(watch: Watch):
    guessed = sum(allowed(watch, number.to_bytes(4), REFERENCE) for number in range(1_000))

    assert guessed == LOOK_UPS_AT_ONE.at_once
    assert not allowed(watch, THERE, REFERENCE)
    assert allowed(watch, THERE, REFERENCE, NOW + LOOK_UPS_AT_ONE.seconds)
    assert LOOK_UPS_AT_ONE.seconds <= 20


def test_look_ups_from_one_place_are_limited_whatever_they_ask_for(watch: Watch):
    references = itertools.cycle(["NS-2222-2222", None, *(f"NS-{n:04}-0000" for n in range(50))])

    asked = sum(allowed(watch, HERE, next(references)) for _try in range(1_000))

    assert asked == LOOK_UPS_OF_ONE.at_once
    assert allowed(watch, THERE, OTHER_REFERENCE)


def test_flood_from_everywhere_at_other_references_keeps_nobody_out(watch: Watch):
    for number in range(1_000):
        assert allowed(watch, number.to_bytes(4), f"NS-{number:04}-0000")

    assert allowed(watch, HERE, REFERENCE)


def test_nobody_in_particular_may_look_up_as_long_as_everybody_may(watch: Watch):
    """Behind a proxy that names no address one reader's guesses are not all the others'."""
    assert how_many_allowed(watch, None, REFERENCE, 1_000) == LOOK_UPS_AT_ONE.at_once
    assert allowed(watch, None, OTHER_REFERENCE)


def test_look_ups_and_reports_are_counted_apart(watch: Watch, send: Send):
    how_many_allowed(watch, HERE, REFERENCE, 1_000)

    assert not send()
    assert watch.form_fields(HERE, now=NOW).challenge is None


# --- Day, clock, threads ---


def test_all_that_has_a_name_is_forgotten_with_the_key_after_a_day(watch: Watch, send: Send):
    assert send(report=b"again", honeypot="filled")
    for _try in range(100):
        send(now=NOW + DAY - 1)
        allowed(watch, HERE, REFERENCE, NOW + DAY - 1)
    assert send(report=b"again", now=NOW + DAY - 1)
    assert not allowed(watch, HERE, REFERENCE, NOW + DAY - 1)

    watch.form_fields(HERE, now=NOW + DAY)

    assert held(watch) == set()
    assert not send(report=b"again", now=NOW + DAY)
    assert allowed(watch, HERE, REFERENCE, NOW + DAY)


def held(watch: Watch) -> set[int]:
    """How much is in each of the memories."""
    return {len(it) for it in vars(watch).values() if hasattr(it, "__len__") and len(it)}


def test_nothing_counted_before_midnight_of_the_key_has_a_name_after_it(watch: Watch):
    watch.form_fields(HERE, now=NOW)
    before = watch._key.name(b"reports of", HERE)
    watch.form_fields(HERE, now=NOW + DAY - 1)
    assert watch._key.name(b"reports of", HERE) == before

    watch.form_fields(HERE, now=NOW + DAY)

    assert watch._key.name(b"reports of", HERE) != before


def test_clock_that_was_set_back_makes_nobody_wait(watch: Watch):
    how_many_allowed(watch, HERE, REFERENCE, 100)
    assert not allowed(watch, HERE, REFERENCE, NOW - CLOCK_TOLERANCE)

    assert allowed(watch, HERE, REFERENCE, NOW - CLOCK_TOLERANCE - 1)


def test_clock_that_was_set_back_is_believed_from_then_on(watch: Watch):
    how_many_allowed(watch, HERE, REFERENCE, 100, NOW)
    back = NOW - 3_600

    assert how_many_allowed(watch, HERE, REFERENCE, 100, back) == LOOK_UPS_OF_ONE_AT_ONE.at_once


def test_everything_can_be_forgotten(hot: Watch, send: Send):
    send(solution=solution_of(challenge_for(hot, HERE)))

    hot.forget()

    assert held(hot) == set()
    assert not send()


def test_names_do_not_run_together(watch: Watch):
    watch.form_fields(HERE, now=NOW)

    assert watch._key.name(b"ab", b"c") != watch._key.name(b"a", b"bc")


def test_each_process_names_things_in_its_own_way():
    names = set()
    for watch in (Watch(), Watch()):
        watch.form_fields(HERE, now=NOW)
        names.add(watch._key.name(b"reports of", HERE))

    assert len(names) == 2


def test_many_threads_together_get_no_more_than_the_limit(watch: Watch):
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda _try: allowed(watch, HERE, REFERENCE), range(2_000)))

    assert sum(answers) == LOOK_UPS_OF_ONE_AT_ONE.at_once


def test_two_presses_at_once_spend_one_solution_once(hot: Watch, send: Send):
    solution = solution_of(challenge_for(hot, HERE))

    with ThreadPoolExecutor(16) as threads:
        answers = list(
            threads.map(lambda _press: send(report=b"again", solution=solution), range(64))
        )

    assert answers == [False] * 64


def test_flood_of_addresses_and_references_stays_within_its_memory(watch: Watch, send: Send):
    for memory in vars(watch).values():
        if hasattr(memory, "most"):
            memory.most = 500
    how_many_allowed(watch, HERE, REFERENCE, 100)

    for number in range(2_000):
        client, now = number.to_bytes(4), NOW + 30 + number * 0.1
        send(client=client, now=now)
        assert allowed(watch, client, f"NS-{number:04}-2222", now)

    assert max(held(watch)) <= 500
    # Of 12 tries two have leaked out since: the flood has pushed out itself, not this.
    assert how_many_allowed(watch, HERE, REFERENCE, 100, now) <= 2
