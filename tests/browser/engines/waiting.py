"""Short polling with a limit, for what no engine announces."""

import time
from collections.abc import Callable
from typing import TypeVar

LIMIT = 15.0  # seconds; longer than the ten for which the tests' slowest network is silent
LOOK_SECONDS = 0.01

Found = TypeVar("Found")


def until(look: Callable[[], Found | None], otherwise: str, *, within: float = LIMIT) -> Found:
    """What ``look`` finds; TimeoutError with the given words when it takes too long."""
    deadline = time.monotonic() + within
    while not (found := look()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{otherwise} in {within:g} seconds")
        time.sleep(LOOK_SECONDS)
    return found
