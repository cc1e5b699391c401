"""Waiting for what a browser will show in its own time."""

import time
from collections.abc import Callable
from typing import TypeVar

LIMIT_SECONDS = 30.0  # for a busy machine; nothing waits so long where all is well
LOOK_SECONDS = 0.02

Value = TypeVar("Value")


def eventually(ask: Callable[[], Value], what: str, limit: float = LIMIT_SECONDS) -> Value:
    """The first true answer; TimeoutError with the words where none comes in time.

    A question that fails is asked again: the document may be going while it is asked.
    """
    deadline = time.monotonic() + limit
    last: object = None
    while time.monotonic() < deadline:
        try:
            last = ask()
        except Exception as error:  # each engine has its own for a document gone
            last = error
        else:
            if last:
                return last  # type: ignore[return-value]  # it is the answer
        time.sleep(LOOK_SECONDS)
    raise TimeoutError(f"{what}: not in {limit:g} seconds; last seen: {last!r}")
