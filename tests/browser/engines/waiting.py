"""Short polling with a limit, for what no engine announces."""

import time
from collections.abc import Callable
from typing import TypeVar

LIMIT = 30.0  # seconds; for a busy machine, and a network that is silent for ten
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
