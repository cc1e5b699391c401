"""The Escape matrix: presses, networks and states of the page, by real keys in each engine.

A test run takes each pair of state and network once, with the presses in turn, so that every
pair of any two is met; ``EVERY_CELL=1`` takes every cell, as ``script/soak`` does.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import pytest

from tests.browser.engines.chromium import Chromium
from tests.browser.engines.display import click_for_real, hold_for_real, press_for_real
from tests.browser.engines.engine import Engine
from tests.browser.engines.firefox import Firefox
from tests.browser.engines.start import started
from tests.browser.neutral_site import NeutralSite, destination_that_is_down
from tests.browser.patience import eventually
from tests.browser.rigged_site import Rig, RiggedSite

pytestmark = pytest.mark.browser

EVERY_CELL = bool(os.environ.get("EVERY_CELL"))
# The watchdog takes over after two seconds; the rest is the machine's.
GONE_SECONDS = 8.0
LATE_SECONDS = 0.7
# Listens from the first time on.
HEARS_KEYS = "(window.onkeydown ??= () => { window.hasHeard = true; }, !!window.hasHeard)"

STATES = {
    "before first paint": Rig(stall="head"),
    "loading": Rig(stall="main"),
    "loaded": Rig(),
    "in an input": Rig(focus="input"),
    "in a textarea": Rig(focus="textarea"),
    "in a select": Rig(focus="select"),
    "in a dialog": Rig(focus="dialog"),
}


class Keyboard(Protocol):
    def press(self) -> None: ...

    def hold(self) -> None: ...


@dataclass(frozen=True)
class RealKeyboard:
    """Through the window system, so that the browser's own Escape is pressed too."""

    display: str

    def press(self) -> None:
        press_for_real(self.display, "Escape")

    def hold(self) -> None:
        hold_for_real(self.display, "Escape", 1.0)


@dataclass(frozen=True)
class DriverKeyboard:
    """To the page alone: while a page loads, MiniBrowser and Firefox's bar take a real Escape."""

    engine: Engine

    def press(self) -> None:
        self.engine.press("Escape")

    def hold(self) -> None:
        for _ in range(10):
            self.engine.press("Escape")


def once(keyboard: Keyboard) -> None:
    keyboard.press()


def three_times(keyboard: Keyboard) -> None:
    for _ in range(3):
        keyboard.press()


def held(keyboard: Keyboard) -> None:
    keyboard.hold()


def again_late(keyboard: Keyboard) -> None:
    keyboard.press()
    time.sleep(LATE_SECONDS)  # what the reader does, not a wait for the page
    keyboard.press()


Presses = Callable[[Keyboard], None]
Cell = tuple[str, Presses]  # a network, and how Escape is pressed
PRESSES: list[Presses] = [once, three_times, held, again_late]
NETWORKS = ["at once", "after 2 s", "after 10 s", "never", "down", "offline"]


@dataclass(frozen=True)
class Place:
    """Where a cell is tried."""

    engine: Engine
    display: str
    site: RiggedSite
    neutral: NeutralSite
    down: str  # an address whose port refuses


@pytest.fixture
def rigged(site: str) -> Iterator[RiggedSite]:
    with RiggedSite(site).running() as server:
        yield server


@pytest.mark.parametrize("state", STATES)
def test_escape_hides_and_leaves_whatever_the_page_and_the_network_do(
    engine_name: str, display: str, rigged: RiggedSite, neutral_site: NeutralSite, state: str
):
    rig = STATES[state]
    if rig.stall == "head" and engine_name != "chromium":
        rig = Rig(stall="body")  # the others deliver no key before there is a body
    faults = []

    cells = list(cells_of(engine_name, list(STATES).index(state)))
    while cells:
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
            started(engine_name, Path(folder), display) as engine,
            destination_that_is_down() as down,
        ):
            place = Place(engine, display, rigged, neutral_site, down)
            faults += tried_in_one_browser(place, rig, cells)

    assert faults == []


def tried_in_one_browser(place: Place, rig: Rig, cells: list[Cell]) -> list[str]:
    """What went wrong; takes the cells that were tried from the list.

    A tab that was emptied keeps an entry, so what is left is for another browser.
    """
    faults = []
    while cells:
        network, presses = cells.pop(0)
        if fault := cell(place, rig, network, presses):
            faults.append(f"{network}, {presses.__name__}: {fault}")
        if is_emptied_by_stop(place, network, presses):
            break
    return faults


def cells_of(engine_name: str, first: int) -> Iterator[Cell]:
    for number, network in enumerate(NETWORKS):
        if network == "offline" and engine_name == "webkit":
            continue  # its driver has no switch for the network
        for presses in PRESSES if EVERY_CELL else [PRESSES[(first + number) % len(PRESSES)]]:
            yield network, presses


def cell(place: Place, rig: Rig, network: str, presses: Presses) -> str:
    """What went wrong; "" where nothing did."""
    place.neutral.reset()
    place.engine.goto(place.neutral.outside(place.site.address))
    if place.engine.name == "firefox":
        # Its address bar keeps the keyboard once an empty page was shown.
        click_for_real(place.display)
        wait_for_the_keyboard(place)
    place.neutral.delay = {"after 2 s": 2.0, "after 10 s": 10.0}.get(network, 0.0)
    place.neutral.hangs = network == "never"
    destination = place.down if network == "down" else place.neutral.url
    is_offline = network == "offline"
    # Shares the storage where an offline page keeps what it tells. The test itself goes there, so
    # in later cells of the same browser it is an entry that is none of the visit's.
    notes = f"{place.site.address}/robots.txt"
    keyboard: Keyboard = RealKeyboard(place.display)
    if rig.stall and place.engine.name != "chromium":
        keyboard = DriverKeyboard(place.engine)
    visit = place.site.rig(replace(rig, destination=destination, keeps=is_offline))
    # Not typed: a page that is stalled would keep the driver waiting.
    place.engine.evaluate(f"location.href = '{place.site.address}/help-now/', true")
    if is_offline:
        wait_until_there(place)
    elif not place.site.heard(visit, "ready"):
        return "the page did not come"
    if place.engine.name == "firefox" and not rig.stall:
        wait_for_the_keyboard(place)

    with without_network(place.engine, is_offline):
        presses(keyboard)
        is_emptied = False
        try:
            eventually(
                lambda: not place.engine.url().startswith(place.site.address), "gone", GONE_SECONDS
            )
        except TimeoutError as error:
            is_emptied = is_emptied_by_stop(place, network, presses)
            if not is_emptied:
                return f"{error}; told of the key: {place.site.heard(visit, 'key', within=0.0)}"
    entries = [
        url
        for url in place.engine.entries() or []
        if url.startswith(place.site.address) and url != notes
    ]
    if is_emptied:
        entries = entries[1:]
    if is_offline:
        place.engine.goto(notes)
        place.site.hear(place.engine.evaluate("localStorage.told || ''"))
    # Of the time from the key to the end. Some engines lose a page's last words; then of its first
    # frame, or, where it was gone before that, of the moment after the key.
    told = (
        place.site.heard(visit, "gone", within=1.0)
        or place.site.heard(visit, "frame", within=0.0)
        or place.site.heard(visit, "key", within=0.0)
    )
    if not told and not (is_offline and place.engine.name == "firefox"):  # which keeps nothing then
        return "nothing was told of the key"
    if told and told["bare"]:
        return f"not covered: {told}"
    if entries:
        return f"entries stay: {entries}"
    if set(place.neutral.referrers) - {None}:
        return f"referrers: {place.neutral.referrers}"
    return ""


def is_emptied_by_stop(place: Place, network: str, presses: Presses) -> bool:
    """Whether Firefox's own Stop has ended what the page had begun; see docs/safe-exit.md.

    Where the destination refuses, a further Escape may find Firefox between the page and its error
    page, when no page hears it: the tab is empty, and one entry still names the site.
    """
    may_be = place.engine.name == "firefox" and network == "down" and presses is not once
    return may_be and place.engine.evaluate("location.href") == "about:blank"


def wait_until_there(place: Place) -> None:
    """For a page whose recorder keeps what it has to tell."""
    ready = "(localStorage.told || '').includes('ready')"
    eventually(lambda: place.engine.evaluate(ready), "the page")


def wait_for_the_keyboard(place: Place) -> None:
    """Firefox hands it on from process to process some time after the page says it has the focus.

    A key that does nothing is pressed until the page hears it.
    """

    def is_heard() -> bool:
        if place.engine.evaluate(HEARS_KEYS):
            return True
        press_for_real(place.display, "Shift_L")
        return False

    eventually(is_heard, "the keyboard in the page")


@contextmanager
def without_network(engine: Engine, is_offline: bool) -> Iterator[None]:
    if not is_offline:
        yield
        return
    assert isinstance(engine, Chromium | Firefox)
    engine.set_offline(True)
    try:
        yield
    finally:
        engine.set_offline(False)
