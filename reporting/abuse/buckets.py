"""How much there was of something lately, by name: leaky buckets, in bounded memory."""

import heapq
from dataclasses import dataclass
from operator import itemgetter

MOST_BUCKETS = 10_000  # about 1 MB
# Clocks are floating point numbers: what fits exactly must not fail by the last digit.
TICK = 0.001  # seconds


@dataclass(frozen=True)
class Limit:
    """So many at once, and from then on one every so many seconds."""

    at_once: int
    seconds: float

    @property
    def capacity(self) -> float:
        """Seconds after which a full bucket is empty again."""
        return self.at_once * self.seconds


class Buckets:
    """A bucket for each name. Each has room for ``at_once`` and leaks one every ``seconds``.

    Where there would be more than ``most``, those that would be empty soonest are forgotten first.
    So a flood of new names pushes out itself, and not a bucket that has filled up. Not safe for
    several threads by itself; ``Watch`` sees to that. ``now`` is seconds since 1970.
    """

    def __init__(self, limit: Limit, most: int = MOST_BUCKETS) -> None:
        self.limit = limit
        self.most = most
        self._empty_at: dict[bytes, float] = {}

    def add(self, name: bytes, now: float) -> None:
        """One more. A full bucket stays full: what runs over is not held against anybody."""
        fuller = now + self._left(name, now) + self.limit.seconds
        self._empty_at[name] = min(fuller, now + self.limit.capacity)
        if len(self._empty_at) > self.most:
            # Not one by one, or each new name would cost a look at all of them.
            kept = heapq.nlargest(self.most * 3 // 4, self._empty_at.items(), itemgetter(1))
            self._empty_at = dict(kept)

    def has_room(self, name: bytes, now: float) -> bool:
        """Whether one more fits in."""
        return self._left(name, now) + self.limit.seconds <= self.limit.capacity + TICK

    def is_half_full(self, name: bytes, now: float) -> bool:
        return self._left(name, now) >= self.limit.capacity / 2 - TICK

    def clear(self) -> None:
        self._empty_at.clear()

    def __len__(self) -> int:
        return len(self._empty_at)

    def _left(self, name: bytes, now: float) -> float:
        """Seconds until it is empty."""
        return max(0.0, self._empty_at.get(name, now) - now)
