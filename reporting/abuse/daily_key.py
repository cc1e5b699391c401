"""The key under which buckets are named, for a day, in memory alone."""

import hmac
import math
import secrets

DAY = 24 * 60 * 60  # seconds
# Threads read the clock in one order and get here in another; more than this, and it was set back.
CLOCK_TOLERANCE = 60  # seconds


class DailyKey:
    """Names things so that nobody without the key can tell what was named.

    There is no key before the first ``renew``: a server that makes its processes by forking would
    give all of them the one that it had made before, and keep that for good.
    """

    def __init__(self) -> None:
        self._key = b""
        self._made_at = self._latest = -math.inf

    def renew(self, now: float) -> bool:
        """Makes a new key where the old one is a day old, or the clock was set back; whether it
        did. What was named under the old key has to be forgotten then."""
        was_set_back = now < self._latest - CLOCK_TOLERANCE
        self._latest = now if was_set_back else max(now, self._latest)
        if not was_set_back and now - self._made_at < DAY:
            return False
        self._key = secrets.token_bytes(32)
        self._made_at = now
        return True

    def name(self, *parts: bytes) -> bytes:
        """16 bytes for these parts, the same while the key is."""
        framed = b"".join(len(part).to_bytes(4) + part for part in parts)
        return hmac.digest(self._key, framed, "sha256")[:16]

    def __reduce__(self) -> str:
        raise TypeError("the key stays in memory")
