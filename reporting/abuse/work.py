"""Proof of work: a puzzle that costs whoever sends a form a little computing.

It is altcha's (its second version): find the number whose key, derived by PBKDF2, begins as the
challenge says. PBKDF2, because browsers have it built in and compute it beside the page, so that
nothing on the page waits; a number within bounds, because a search with luck in it takes some
people ten times as long.
"""

import json
import secrets

import altcha
from django.conf import settings
from django.utils.crypto import salted_hmac

SOLUTION = "altcha"  # the field's name

# docs/reporting-abuse.md has the measurement.
ALGORITHM = "PBKDF2/SHA-256"
ROUNDS = 5_000  # of one try; this server does them once for a challenge and once for a solution
FEWEST_TRIES, MOST_TRIES = 40, 80
# As long as somebody may need who writes everything down, with breaks.
VALID_SECONDS = 3 * 60 * 60
LONGEST_SOLUTION = 2_000  # characters; a genuine one has about 800


def challenge(now: float) -> str:
    """A new challenge as JSON, for ``data-challenge``; signed, and good for ``VALID_SECONDS``."""
    tries = FEWEST_TRIES + secrets.randbelow(MOST_TRIES - FEWEST_TRIES)
    made = altcha.create_challenge(
        ALGORITHM,
        ROUNDS,
        counter=tries,
        expires_at=int(now) + VALID_SECONDS,
        data={"tries": MOST_TRIES},
        hmac_secret=_secret(),
    )
    return json.dumps(made.to_dict(), separators=(",", ":"))


def solved(solution: str, now: float) -> bytes | None:
    """The name of the challenge that this solves, to be counted once; None where it is no right
    solution of a challenge of this site's that is still good."""
    if not solution or len(solution) > LONGEST_SOLUTION:
        return None
    if not altcha.verify_solution(solution, _secret()).verified:
        return None
    # Only now, since the signature says that the parameters are this site's own.
    parameters = altcha.Payload.from_base64(solution).challenge.parameters
    if parameters.expires_at is None or parameters.expires_at <= now:
        return None
    return bytes.fromhex(parameters.nonce)


def _secret() -> str:
    """Nothing else is signed by it, so nothing else can pass for a challenge."""
    return salted_hmac(
        "reporting.abuse.work", "", secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()
