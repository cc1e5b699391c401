"""Reports that come at a steady rate, whether or not the site keeps up."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.reporting.sender import Sent, journey_of, send

AT_ONCE = 100


@dataclass(frozen=True)
class Load:
    """Times in seconds, from the moment at which a report was due, so that a queue counts."""

    sent: list[Sent]
    times: list[float]

    @property
    def summary(self) -> str:
        cuts = statistics.quantiles(self.times, n=100)
        return (
            f"{len(self.sent)} reports, {len(self.confirmed)} confirmed; median {cuts[49]:.3f} s,"
            f" p95 {cuts[94]:.3f} s, p99 {cuts[98]:.3f} s, longest {max(self.times):.3f} s"
        )

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=100)[94]

    @property
    def confirmed(self) -> set[str]:
        return {sent.reference for sent in self.sent if sent.reference}


def load(site: str, rate: int, seconds: int) -> Load:
    """Sends so many reports a second, each with answers of its own."""
    journey = journey_of(site)
    began = time.monotonic() + 0.5

    def one(number: int) -> tuple[Sent, float]:
        due = began + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        story = f"Report {number}. " + "They want money by tonight, and they have my friends. " * 9
        fields = {"journey": journey, "danger": "no", "who": "me", "age": "16_17", "story": story}
        sent = send(site, fields)
        return sent, time.monotonic() - due

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(one, range(rate * seconds)))
    return Load([sent for sent, _ in done], [taken for _, taken in done])
