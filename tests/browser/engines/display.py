"""A display of its own for a browser with a window, and keys that go through the window system.

The browser acts on such keys itself: Escape is Stop. Keys that are sent to a page are not.
"""

import os
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

BROWSERS = "chromium|firefox|minibrowser"  # window classes; xdotool ignores case
MORTAL = ["setpriv", "--pdeathsig", "TERM"]  # ends with a run of tests that is killed
SIZE = "1280x900x24"
LIMIT = 10.0  # seconds
LOOK_SECONDS = 0.02


@contextmanager
def virtual_display() -> Iterator[str]:
    """The name of a display, such as ``:7``, with a window manager to give windows the focus."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as told:
        # The server itself picks a number that is free and says it when it is ready for clients.
        try:
            server = subprocess.Popen(
                [*MORTAL, "Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE],
                pass_fds=[writing],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        finally:
            os.close(writing)
        with _ended(server):
            # An end without a number means that the server has ended.
            ready, _, _ = select.select([told], [], [], LIMIT)
            number = told.readline().strip() if ready else ""
            if not number:
                raise RuntimeError("Xvfb did not start")
            display = f":{number}"
            manager = subprocess.Popen(
                [*MORTAL, "openbox", "--sm-disable"],
                env={**os.environ, "DISPLAY": display},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            with _ended(manager):
                _until(lambda: _managed(display), "openbox did not take the display")
                yield display


def press_for_real(display: str, key: str) -> None:
    """Presses and lets go of a key, by its X name, in the browser's window."""
    _focus_browser(display)
    _send(display, "key", key)


def hold_for_real(display: str, key: str, seconds: float) -> None:
    """Holds a key down; the display repeats it as a keyboard does."""
    _focus_browser(display)
    _send(display, "keydown", key)
    try:
        time.sleep(seconds)
    finally:
        _send(display, "keyup", key)


def click_for_real(display: str) -> None:
    """Clicks in the middle of the browser's window, so that its page has the keyboard."""
    _focus_browser(display)
    width, height, _ = map(int, SIZE.split("x"))
    _send(display, "mousemove", str(width // 2), str(height // 2), "click", "1")


def _focus_browser(display: str) -> None:
    def focused() -> bool:
        windows = _ask(display, "search", "--onlyvisible", "--class", BROWSERS).split()
        if not windows:
            return False
        if _ask(display, "getwindowfocus") in windows:
            return True
        _ask(display, "windowactivate", windows[-1])
        return False

    _until(focused, "no browser window took the focus")


def _managed(display: str) -> bool:
    """Whether the window manager answers; only then does xdotool know of an active desktop."""
    return _ask(display, "get_desktop").isdigit()


def _send(display: str, *arguments: str) -> None:
    done = _xdotool(display, *arguments)
    if done.returncode or done.stderr:
        raise RuntimeError(f"xdotool {' '.join(arguments)}: {done.stderr.strip()}")


def _ask(display: str, *arguments: str) -> str:
    """What xdotool says. Its errors are silence: windows come and go while it looks."""
    return _xdotool(display, *arguments).stdout.strip()


def _xdotool(display: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["xdotool", *arguments],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )


def _until(holds: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + LIMIT
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(otherwise)
        time.sleep(LOOK_SECONDS)


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
