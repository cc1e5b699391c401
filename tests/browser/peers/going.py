"""Rows on the way out: how fast, how hidden, how certain."""

import json
import os
import re
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Callable

from tests.browser.engines.chromium import Chromium
from tests.browser.engines.display import press_for_real
from tests.browser.engines.engine import Engine
from tests.browser.left import wait_until_elsewhere
from tests.browser.patience import eventually
from tests.browser.peers import probe
from tests.browser.peers.stalling import StallingLine
from tests.browser.peers.trial import NEVER, Trial, seconds_until

TIMES = 5
TRIES = 3
SLOW, SLOWER = 0.7, 1.5  # seconds before the destination answers


def key_to_request(trial: Trial) -> str:
    taken = []
    with trial.browser() as engine:
        for _ in range(TIMES):
            trial.destination.reset()
            trial.subject.open(engine)
            trial.subject.prepare_to_leave(engine)
            pressed = time.monotonic()
            engine.press(trial.subject.key.name)
            taken.append(trial.wait_for_request() - pressed)
            wait_until_elsewhere(engine, trial.destination)
    return f"{1000 * statistics.median(taken):.0f} ms ({trial.subject.key})"


def first_frame(trial: Trial) -> str:
    subject = trial.subject
    ways = {
        "key": ("keyup", subject.key.presses, subject.leave_by_key),
        "control": ("pointerup", 1, subject.leave_by_control),
    }
    seen = {}
    for way, (event, presses, leave) in ways.items():
        # Each in a browser of its own: a page that has nothing to go to asks again and again.
        with trial.browser() as engine:
            trial.destination.has_nothing = True
            subject.open(engine)
            engine.evaluate(probe.FIRST_FRAME % {"event": event, "presses": presses})
            leave(engine)
            seen[way] = eventually(lambda: engine.evaluate(probe.ANSWER), "the next frame")
    return ", ".join(f"{way} {frame}" for way, frame in seen.items())


def own_key_again(trial: Trial) -> str:
    keys = [trial.subject.key.x_name] * trial.subject.key.presses
    return _counted(lambda: key_while_leaving(trial, keys, by_real_key=True))


def escape_while_leaving(trial: Trial) -> str:
    return _counted(lambda: key_while_leaving(trial, ["Escape"]))


def key_while_leaving(trial: Trial, keys: list[str], *, by_real_key: bool = False) -> str:
    """By real keys: those that a driver sends to a page never reach the browser's own Stop."""
    with trial.browser(window=True) as engine:
        while True:
            trial.destination.reset()
            trial.subject.open(engine)
            trial.destination.delay = SLOW
            if by_real_key:
                trial.subject.leave_by_real_key(trial.display)
            else:
                trial.subject.leave_by_control(engine)
            if seconds_until(lambda: bool(trial.destination.arrivals), NEVER) is None:
                return "the first press does nothing"
            for key in keys:
                press_for_real(trial.display, key)
            if time.monotonic() < trial.destination.arrivals[0] + SLOW:
                return _end(trial, engine)


def _counted(once: Callable[[], str]) -> str:
    ends = Counter(once() for _ in range(TRIES))
    return ", ".join(f"{end} ({times} of {TRIES})" for end, times in ends.items())


def _end(trial: Trial, engine: Engine) -> str:
    """What became of the tab."""
    seconds_until(lambda: engine.url() == trial.destination.url, NEVER)
    ends = {trial.destination.url: "leaves", "about:blank": "blank tab"}
    return ends.get(engine.url(), "stays")


def slow_destination(trial: Trial) -> str:
    with trial.browser() as engine:
        trial.subject.open(engine)
        trial.destination.delay = SLOWER
        trial.subject.leave_by_key(engine)
        trial.wait_for_request()
        return _end(trial, engine)


def silent_destination(trial: Trial) -> str:
    address = trial.subject.address
    with trial.browser() as engine:
        trial.subject.open(engine)
        trial.destination.hangs = True
        trial.subject.leave_by_key(engine)
        trial.wait_for_request()
        try:
            gone = seconds_until(lambda: not engine.url().startswith(address), NEVER)
        except TimeoutError:  # WebKit's driver says nothing as long as the navigation waits
            gone = None
    return "yes" if gone is None else f"no, gone after {gone:.1f} s"


def stalled_body(trial: Trial) -> str:
    """The driver's keys: while a page loads, some browsers' own bars take a real Escape.

    The window's name says that the page is there: WebKit's driver waits for loaded pages.
    """
    subject = trial.subject
    with StallingLine(subject.address).running() as slow, trial.browser(window=True) as engine:
        subject.open(engine)
        title = engine.evaluate("document.title")
        engine.goto(trial.destination.outside("about:blank"))
        eventually(lambda: not _windows(trial.display, title), "a window with another title")
        engine.evaluate(f"location.href = '{slow.address}{subject.read[0]}', true")
        eventually(lambda: _windows(trial.display, title), "a window with the page's title")
        subject.leave_by_key(engine)
        gone = seconds_until(lambda: bool(trial.destination.arrivals), NEVER)
    return "no" if gone is None else "yes"


def _windows(display: str, title: str) -> list[str]:
    said = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", re.escape(title)],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
    )
    return said.stdout.split()


def without_script(trial: Trial) -> str:
    subject = trial.subject
    with trial.browser() as engine:
        _without_script(engine)
        subject.open(engine)
        # By keyboard: without script no frame tells where the control has come to rest.
        engine.evaluate(f"document.querySelector({json.dumps(subject.control)}).focus(), true")
        engine.press("Enter")
        trial.wait_for_request()
        wait_until_elsewhere(engine, trial.destination)
        engine.back()
        back = "the page" if engine.url().startswith(subject.address) else "nothing of the site"
    return f"control leaves; Back shows {back}"


def _without_script(engine: Engine) -> None:
    assert isinstance(engine, Chromium)
    engine.session.send("Emulation.setScriptExecutionDisabled", {"value": True})
