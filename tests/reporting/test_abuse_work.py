"""Proof of work: what counts as a solution, and for how long."""

import base64
import json
import time

import altcha
import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from reporting.abuse import work

NOW = int(time.time())  # altcha looks at the real clock as well


def given_out(challenge: str) -> altcha.Challenge:
    return altcha.Challenge.from_dict(json.loads(challenge))


def solution_of(challenge: str) -> str:
    given_challenge = given_out(challenge)
    solution = altcha.solve_challenge(given_challenge)
    assert solution is not None
    return altcha.Payload(given_challenge, solution).to_base64()


def changed(solution: str, path: list[str], value: object) -> str:
    whole = json.loads(base64.b64decode(solution))
    part = whole
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    return base64.b64encode(json.dumps(whole).encode()).decode()


def test_right_solution_names_its_challenge_alone():
    first, second = solution_of(work.challenge(NOW)), solution_of(work.challenge(NOW))

    assert work.solved(first, NOW) == work.solved(first, NOW) is not None
    assert work.solved(first, NOW) != work.solved(second, NOW)


def test_work_stays_within_its_bounds():
    tries = [
        json.loads(base64.b64decode(solution_of(work.challenge(NOW))))["solution"]["counter"]
        for _challenge in range(8)
    ]

    assert all(work.FEWEST_TRIES <= number < work.MOST_TRIES for number in tries)
    assert len(set(tries)) > 1


def test_solution_fits_into_what_is_read_of_it():
    assert len(solution_of(work.challenge(NOW))) < work.LONGEST_SOLUTION / 2


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["solution", "counter"], 1),
        (["solution", "counter"], "1"),
        (["solution", "derivedKey"], "00" * 32),
        (["challenge", "signature"], "00" * 32),
        (["challenge", "signature"], None),
        (["challenge", "parameters", "cost"], 1),
        (["challenge", "parameters", "keyPrefix"], ""),
        (["challenge", "parameters", "nonce"], "00" * 16),
        (["challenge", "parameters", "expiresAt"], 4_000_000_000),
        (["challenge", "parameters", "expiresAt"], None),
    ],
)
def test_changed_solution_does_not_count(path: list[str], value: object):
    right = solution_of(work.challenge(NOW))

    assert work.solved(right, NOW)
    assert work.solved(changed(right, path, value), NOW) is None


def test_solution_counts_until_its_challenge_expires():
    right = solution_of(work.challenge(NOW))

    assert work.solved(right, NOW + work.VALID_SECONDS - 1)
    assert work.solved(right, NOW + work.VALID_SECONDS) is None


def test_solution_that_expired_by_the_real_clock_does_not_count():
    long_ago = NOW - work.VALID_SECONDS - 10

    assert work.solved(solution_of(work.challenge(long_ago)), long_ago) is None


def test_challenge_of_another_site_does_not_count(settings: LazySettings):
    foreign = solution_of(work.challenge(NOW))
    assert work.solved(foreign, NOW)

    settings.SECRET_KEY = "another site's key, which is as long as a key has to be"  # noqa: S105 - made up

    assert work.solved(foreign, NOW) is None


def test_challenge_signed_with_the_site_key_itself_does_not_count(settings: LazySettings):
    made = altcha.create_challenge(
        work.ALGORITHM, 1, counter=1, expires_at=int(NOW) + 60, hmac_secret=settings.SECRET_KEY
    )

    assert work.solved(solution_of(json.dumps(made.to_dict())), NOW) is None


def test_challenge_without_an_end_does_not_count():
    made = altcha.create_challenge(work.ALGORITHM, 1, counter=1, hmac_secret=work._secret())

    assert work.solved(solution_of(json.dumps(made.to_dict())), NOW) is None


def test_longer_text_than_a_solution_is_not_even_read():
    right = solution_of(work.challenge(NOW))
    padded = base64.b64encode(base64.b64decode(right) + b" " * work.LONGEST_SOLUTION).decode()

    assert altcha.verify_solution(padded, work._secret()).verified
    assert work.solved(padded, NOW) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=9,
)


@given(
    st.text()
    | st.binary().map(lambda content: base64.b64encode(content).decode())
    | JSON.map(lambda value: base64.b64encode(json.dumps(value).encode()).decode())
    | st.builds(
        lambda challenge, solution: base64.b64encode(
            json.dumps({"challenge": challenge, "solution": solution}).encode()
        ).decode(),
        JSON,
        JSON,
    )
    | st.builds(
        lambda parameters, signature: base64.b64encode(
            json.dumps(
                {
                    "challenge": {"parameters": parameters, "signature": signature},
                    "solution": {"counter": 1, "derivedKey": "00"},
                }
            ).encode()
        ).decode(),
        st.fixed_dictionaries(
            {"algorithm": JSON, "nonce": JSON, "salt": JSON, "cost": JSON},
            optional={"expiresAt": JSON, "data": JSON, "keyLength": JSON},
        )
        | JSON,
        JSON,
    )
)
def test_nonsense_does_not_count_and_is_no_error(nonsense: str):
    assert work.solved(nonsense, NOW) is None
