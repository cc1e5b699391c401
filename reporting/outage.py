"""Whether the database was found not to answer a moment ago, so that reporters do not all wait
for it one by one. Each process finds out for itself."""

import time

PAUSE_SECONDS = 5.0


class _Memory:
    until: float = 0.0  # by time.monotonic()


def begin() -> None:
    """The database has just failed to answer."""
    _Memory.until = time.monotonic() + PAUSE_SECONDS


def is_on() -> bool:
    return time.monotonic() < _Memory.until


def end() -> None:
    """The database has just answered."""
    _Memory.until = 0.0
