"""Kills a process at every step of taking a report in, and looks at what is left.

A program of its own, since it forks: the environment says which site it works on. It prints one
JSON object. A step is a line of the code that spools and stores, or of Django's that commits.

    python -m tests.reporting.killed_acceptance submit|drain EVERY

kills at every EVERY-th step.
"""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from types import FrameType
from typing import Any
from uuid import UUID

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django comes first
from django.db import connections, transaction  # noqa: E402

from reporting import draining, journey, outage, record, spool, submission  # noqa: E402
from reporting.keystore import DEVELOPMENT_OFFICER, DEVELOPMENT_PASSPHRASE, unlock  # noqa: E402
from reporting.models import Report  # noqa: E402
from reporting.sealing import PrivateKeys, open_part  # noqa: E402

WATCHED = {module.__file__ for module in (draining, record, spool, submission, transaction)}
BASE = {"danger": "no", "who": "me"}


@dataclass
class Findings:
    """What came of it. The three lists must stay empty."""

    steps: int = 0  # there are about so many
    killed: int = 0
    acknowledged: int = 0
    # The steps at which it went wrong.
    lost: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)
    unlike: list[int] = field(default_factory=list)  # a retry that was told something else


def in_a_child(step: int, work: Callable[[], str]) -> tuple[str, bool]:
    """What a child tells that is killed at its step-th line, and whether it was killed."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            sys.settrace(killer(step))
            told = work()
            sys.settrace(None)
            os.write(writing, told.encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    return told, status == signal.SIGKILL


def killer(step: int) -> Callable[..., Any]:
    """A trace that ends the process, as a power cut would, at the step-th watched line."""
    left = [step]

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
        return trace

    return trace


class Stored:
    """What is in the database: how often each reference, readable, with a mailbox."""

    def __init__(self, keys: PrivateKeys) -> None:
        self.keys = keys
        self.references: dict[UUID, str] = {}

    def __call__(self) -> Counter[str]:
        for report in Report.objects.exclude(pk__in=self.references).select_related("mailbox"):
            assert report.mailbox.lookup
            words = open_part(bytes(report.envelope), report.pk.bytes, "triage", self.keys)
            self.references[report.pk] = json.loads(words)["reference"]
        assert Report.objects.count() == len(self.references)
        return Counter(self.references.values())


def new_report(story: str) -> Callable[[], str]:
    """A reporter who may press Send again and again; gives the reference that they are told."""
    way, answers = journey.read(journey.issue()), BASE | {"story": story}
    return lambda: submission.submit(answers, way).reference


def kill_submit(stored: Stored, every: int) -> Findings:
    findings = Findings()
    was_killed = True
    while was_killed:
        step = findings.steps
        press = new_report(f"story {step}")
        told, was_killed = in_a_child(step, press)
        draining.drain()
        if told:
            findings.acknowledged += 1
            if told not in stored():
                findings.lost.append(step)
        again = press()
        if told and told != again:
            findings.unlike.append(step)
        if stored()[again] != 1 or stored().total() != step // every + 1:
            findings.doubled.append(step)
        findings.steps += every
        findings.killed += was_killed
    return findings


def kill_drain(stored: Stored, every: int) -> Findings:
    findings = Findings()
    told: set[str] = set()
    was_killed = True
    while was_killed:
        step = findings.steps
        outage.begin()
        told |= {new_report(f"story {step} {number}")() for number in range(2)}
        outage.end()
        _, was_killed = in_a_child(step, lambda: str(draining.drain()))
        draining.drain()
        if told - set(stored()) or list(settings.REPORT_SPOOL_DIR.iterdir()):
            findings.lost.append(step)
        if stored().total() != len(told):
            findings.doubled.append(step)
        findings.steps += every
        findings.killed += was_killed
    findings.acknowledged = len(told)
    return findings


if __name__ == "__main__":
    team = unlock(settings.REPORT_KEYS_DIR, DEVELOPMENT_OFFICER, DEVELOPMENT_PASSPHRASE)
    verb = {"submit": kill_submit, "drain": kill_drain}[sys.argv[1]]
    print(json.dumps(asdict(verb(Stored(team), int(sys.argv[2])))))
