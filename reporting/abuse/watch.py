"""The verbs that views call: is this suspicious, what does a form carry, may this be looked up.

All that is counted stays in this object and is forgotten a day after it began.
"""

import time
from dataclasses import dataclass
from threading import Lock

from reporting.abuse import haste, honeypot, work
from reporting.abuse.buckets import Buckets, Limit
from reporting.abuse.daily_key import DailyKey
from reporting.abuse.lately import Lately

# Reports that are sent. A full bucket costs a second of unseen work, so these may be low. There
# are some two reports a day; a class that reports together shares an address.
REPORTS_OF_ONE = Limit(at_once=6, seconds=10 * 60)
REPORTS_OF_ALL = Limit(at_once=20, seconds=60)

# Look-ups of a code. A full bucket costs waiting, so these are high, but for guesses at one
# report from one place. docs/reporting-abuse.md says what an attacker can do with each.
LOOK_UPS_OF_ONE_AT_ONE = Limit(at_once=12, seconds=3 * 60)
LOOK_UPS_AT_ONE = Limit(at_once=60, seconds=20)
LOOK_UPS_OF_ONE = Limit(at_once=60, seconds=10)

ALL = b""


@dataclass(frozen=True)
class FormFields:
    """What ``reporting/abuse_fields.html`` shows as ``abuse``. ``challenge`` is JSON, or None where
    no work is asked for."""

    challenge: str | None
    honeypot: str = honeypot.HONEYPOT
    solution: str = work.SOLUTION


class Watch:
    """Counts for one process, for all its threads.

    ``client`` is what ``client_of`` gives; None is nobody in particular, and has no counts of its
    own. ``now`` is seconds since 1970, for tests; it is the present where it is left out.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._key = DailyKey()
        self._reports_of_one = Buckets(REPORTS_OF_ONE)
        self._reports_of_all = Buckets(REPORTS_OF_ALL)
        self._look_ups_of_one_at_one = Buckets(LOOK_UPS_OF_ONE_AT_ONE)
        self._look_ups_at_one = Buckets(LOOK_UPS_AT_ONE)
        self._look_ups_of_one = Buckets(LOOK_UPS_OF_ONE)
        self._judged = Lately()
        self._spent = Lately()

    def form_fields(self, client: bytes | None, *, now: float | None = None) -> FormFields:
        """What a form that is given to this client carries against abuse.

        Work is asked for from half full on, but needed only when full: whoever was given a form
        before has time to send it as it is.
        """
        now = time.time() if now is None else now
        with self._lock:
            self._renew(now)
            is_warm = any(
                buckets.is_half_full(name, now) for buckets, name in self._reports(client)
            )
        return FormFields(work.challenge(now) if is_warm else None)

    def is_suspicious(
        self,
        *,
        honeypot: str,
        solution: str,
        age: float | None,
        report: bytes,
        client: bytes | None,
        now: float | None = None,
    ) -> bool:
        """Whether a report that is about to be stored should go to the unchecked ones. Counts it.

        ``honeypot`` and ``solution`` are what was posted in the fields of these names, ``age`` is
        the journey's. ``report`` is the journey's secret for these answers: the same report sent
        again, as after a failure, gets the same answer, and is not counted again. No more than a
        name made of it is kept.
        """
        now = time.time() if now is None else now
        # One at a time, the check of a solution included (1 ms, and only while it is hot), or two
        # presses at once would spend one solution twice.
        with self._lock:
            self._renew(now)
            name = self._key.name(b"report", report)
            verdict = self._judged.get(name)
            if verdict is None:
                verdict = self._judge(honeypot, solution, age, client, now)
                self._judged.put(name, verdict)
        return verdict

    def look_up_is_allowed(
        self, client: bytes | None, reference: str | None, *, now: float | None = None
    ) -> bool:
        """Whether a code may be tried at this reference now. Counts the try where it may.

        Ask before anything is looked up, so that there is no difference between right and wrong,
        there and not there. ``reference`` is what ``codes.parse_reference`` gives, or None where
        that was none. Where the answer is no, there is room again after three minutes at the most,
        unless others take it.
        """
        now = time.time() if now is None else now
        with self._lock:
            self._renew(now)
            asked = self._look_ups(client, (reference or "").encode())
            is_allowed = all(buckets.has_room(name, now) for buckets, name in asked)
            if is_allowed:
                for buckets, name in asked:
                    buckets.add(name, now)
        return is_allowed

    def forget(self) -> None:
        """Everything, as when a process starts."""
        with self._lock:
            self._forget_names()
            self._spent.clear()

    def _judge(
        self, filled: str, solution: str, age: float | None, client: bytes | None, now: float
    ) -> bool:
        asked = self._reports(client)
        is_hot = not all(buckets.has_room(name, now) for buckets, name in asked)
        for buckets, name in asked:
            buckets.add(name, now)
        return (
            honeypot.is_filled(filled)
            or haste.is_too_fast(age)
            or (is_hot and not self._is_worked_for(solution, now))
        )

    def _is_worked_for(self, solution: str, now: float) -> bool:
        nonce = work.solved(solution, now)
        if nonce is None or self._spent.get(nonce):
            return False
        self._spent.put(nonce, True)
        return True

    def _reports(self, client: bytes | None) -> list[tuple[Buckets, bytes]]:
        found = [(self._reports_of_all, ALL)]
        if client is not None:
            found.append((self._reports_of_one, self._key.name(b"reports of", client)))
        return found

    def _look_ups(self, client: bytes | None, reference: bytes) -> list[tuple[Buckets, bytes]]:
        found = []
        if reference:
            found.append((self._look_ups_at_one, self._key.name(b"look-ups at", reference)))
        if client is not None:
            found.append((self._look_ups_of_one, self._key.name(b"look-ups of", client)))
        if client is not None and reference:
            both = self._key.name(b"look-ups of, at", client, reference)
            found.append((self._look_ups_of_one_at_one, both))
        return found

    def _renew(self, now: float) -> None:
        if self._key.renew(now):
            self._forget_names()

    def _forget_names(self) -> None:
        """All that has a name under the key. Spent challenges have their own random ones, and stay,
        or each would count once more after the change."""
        for memory in (
            self._reports_of_one,
            self._reports_of_all,
            self._look_ups_of_one_at_one,
            self._look_ups_at_one,
            self._look_ups_of_one,
            self._judged,
        ):
            memory.clear()
