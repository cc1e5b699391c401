"""WebKitGTK's MiniBrowser, driven by WebDriver."""

import contextlib
import itertools
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import urllib3
from selenium.common.exceptions import (
    JavascriptException,
    TimeoutException,
    WebDriverException,
)
from selenium.webdriver import ActionChains, Remote
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.common.proxy import Proxy, ProxyType
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.engines.waiting import LIMIT, until

DRIVER = "/usr/bin/WebKitWebDriver"
MINIBROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"

ANSWER_SECONDS = 30  # a limit for a driver that says nothing at all
QUIET_SECONDS = 0.15
FOCUS_SECONDS = 0.5  # in which the page of a window that was brought up knows it

# An element, once it lies where a pointer reaches it. The driver aims at the middle of its first
# line. Scrolls only where something else is at that place. What was scrolled, by this or by the
# page before, is where the pointer comes down only once it has been drawn.
REACH = """return (async (selector) => {
  const element = document.querySelector(selector);
  if (!element) return null;
  const drawn = () => new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
  await drawn();
  const reached = () => {
    const box = element.getClientRects()[0];
    return box && box.width && box.height && element.contains(
      document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
  };
  if (reached()) return element;
  element.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
  await drawn();
  return element.getClientRects().length ? element : null;
})(arguments[0])
"""

# A document is known by the moment of its beginning, which one from bfcache keeps.
STATE = "return [performance.timeOrigin, location.href, document.readyState]"

# What shows whether Back or Forward went anywhere: the mark is gone with its document, and a
# step within the document says so itself.
MARK = """
  const mark = {name: arguments[0], passed: false};
  window[Symbol.for("mark")] = mark;
  addEventListener("popstate", () => { mark.passed = true; }, {capture: true, once: true});
"""
STAYED = """
  const mark = window[Symbol.for("mark")];
  return Boolean(mark) && mark.name === arguments[0] && !mark.passed;
"""

# MiniBrowser follows a click with Control in place. The page still gets the click; where it does
# not act on it, the link is noted for a window of its own.
NOTE_LINK = """
  window[Symbol.for("link")] = null;
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    window[Symbol.for("link")] = link.href;
  }, {once: true});
"""
NOTED_LINK = """return window[Symbol.for("link")]"""


class WebKit:
    """See ``Engine``. Has a window on an X display for each of its tabs.

    While a navigation waits for its answer the driver keeps the commands for the page until the
    navigation has ended. Nothing but caches of the graphics libraries is kept in the profile:
    MiniBrowser gives an automated session no place on the disk.
    """

    name = "webkit"

    def __init__(self, profile: Path, display: str) -> None:
        self.profile = profile
        self._display = display
        self._marks = itertools.count(1)
        self._tabs: list[str] = []
        self._resources = contextlib.ExitStack()
        try:
            self._start()
        except BaseException:
            self._resources.close()
            raise

    def _start(self) -> None:
        self.profile.mkdir(parents=True, exist_ok=True)
        home = str(self.profile)
        service = Service(
            DRIVER,
            env={
                **os.environ,
                "DISPLAY": self._display,
                "HOME": home,
                "XDG_CACHE_HOME": f"{home}/cache",
                "XDG_CONFIG_HOME": f"{home}/config",
                "XDG_DATA_HOME": f"{home}/data",
                "NO_AT_BRIDGE": "1",
            },
            popen_kw={"start_new_session": True},
        )
        self._resources.callback(_kill, service)
        options = Options()
        options.binary_location = MINIBROWSER
        options.add_argument("--automation")
        options.accept_insecure_certs = True
        service.start()
        self._resources.callback(service.stop)
        # What webdriver.WebKitGTK does, with a limit for the answers of a driver that hangs.
        client = ClientConfig(
            service.service_url,
            proxy=Proxy({"proxyType": ProxyType.DIRECT}),
            timeout=ANSWER_SECONDS,
        )
        with _limited("MiniBrowser did not start"):
            self._driver = Remote(RemoteConnection(client_config=client), options=options)
        self._resources.callback(self._driver.quit)
        self._driver.set_page_load_timeout(LIMIT)
        self._driver.set_script_timeout(LIMIT)
        self.version: str = self._driver.capabilities["browserVersion"]
        self.tabs()

    def _rest(self, otherwise: str) -> None:
        """Waits for a complete document that stays the same for a short while.

        A navigation that waits for its answer holds the question up, so that the document that
        is about to go is not taken for one at rest.
        """
        last: list[Any] = []
        since = 0.0

        def rested() -> bool:
            nonlocal last, since
            state: list[Any] = []
            with _failures_ignored():  # the document went while it was asked
                state = self._run(STATE)
            if state[-1:] != ["complete"] or state != last:
                last, since = state, time.monotonic()
                return False
            return time.monotonic() - since > QUIET_SECONDS

        until(rested, otherwise)

    def _run(self, script: str, *arguments: Any) -> Any:
        return self._driver.execute_script(script, *arguments)

    def goto(self, url: str) -> None:
        otherwise = f"{url} did not come to rest"
        with _limited(otherwise):
            # Failed and overtaken navigations are errors here, and no matter to the caller.
            with _failures_ignored():
                self._driver.get(url)
            self._rest(otherwise)

    def evaluate(self, expression: str) -> Any:
        with _limited(f"{expression!r} has no value"):
            try:
                return self._run(f"return (async () => (\n{expression}\n))()")
            except JavascriptException as error:
                raise RuntimeError(error.msg) from None

    def click(self, selector: str, *, control: bool = False) -> None:
        otherwise = f"{selector!r} could not be clicked"
        with _limited(otherwise):
            element: WebElement = until(lambda: self._run(REACH, selector), otherwise)
            if control:
                self._click_with_control(element)
            else:
                ActionChains(self._driver, duration=0).click(element).perform()

    def _click_with_control(self, element: WebElement) -> None:
        self._run(NOTE_LINK)
        hand = ActionChains(self._driver, duration=0)
        hand.key_down(Keys.CONTROL).click(element).key_up(Keys.CONTROL).perform()
        if link := self._run(NOTED_LINK):
            here = self._driver.current_window_handle
            self._driver.switch_to.new_window("window")
            self._driver.get(link)
            self._driver.switch_to.window(here)

    def press(self, key: str) -> None:
        self.type(getattr(Keys, _constant(key), key))

    def type(self, text: str) -> None:
        with _limited(f"{text!r} could not be typed"):
            ActionChains(self._driver).send_keys(text).perform()

    def back(self) -> bool:
        return self._go(self._driver.back, "Back did not come to rest")

    def forward(self) -> bool:
        return self._go(self._driver.forward, "Forward did not come to rest")

    def _go(self, step: Callable[[], None], otherwise: str) -> bool:
        """The driver says nothing at the ends of the history, where nothing happens."""
        mark = next(self._marks)
        with _limited(otherwise):
            self._run(MARK, mark)
            with _failures_ignored():
                step()
            self._rest(otherwise)
            return not self._run(STAYED, mark)

    def reload(self) -> None:
        otherwise = "Reload did not come to rest"
        with _limited(otherwise):
            with _failures_ignored():
                self._driver.refresh()
            self._rest(otherwise)

    def url(self) -> str:
        """By script: the driver would give the address of a navigation that still waits."""
        return self.evaluate("location.href")

    def entries(self) -> None:
        return None

    def tabs(self) -> list[str]:
        there = self._driver.window_handles
        known = [tab for tab in self._tabs if tab in there]
        self._tabs = known + [tab for tab in there if tab not in known]
        return list(self._tabs)

    def look_at(self, tab: str) -> None:
        """Brings the windows up in turn: the driver does not say which of them is the tab's."""
        self._driver.switch_to.window(tab)
        turns = itertools.count()

        def focused() -> bool:
            return self.evaluate("document.hasFocus()")

        def next_focused() -> bool:
            # A search while a window changes hands may find none.
            windows = self._xdotool("search", "--onlyvisible", "--class", "minibrowser")
            if windows:
                self._xdotool("windowactivate", "--sync", windows[next(turns) % len(windows)])
            with contextlib.suppress(TimeoutError):
                return until(focused, "", within=FOCUS_SECONDS)
            return False

        if not focused():
            until(next_focused, f"{tab} did not come to the front")

    def _xdotool(self, *arguments: str) -> list[str]:
        said = subprocess.run(
            ["xdotool", *arguments],
            env={**os.environ, "DISPLAY": self._display},
            capture_output=True,
            text=True,
            timeout=LIMIT,
        )
        return said.stdout.split()

    def close(self) -> None:
        self._resources.close()


def _kill(service: Service) -> None:
    """Ends whatever is left of the driver, the browser and its children."""
    process = getattr(service, "process", None)  # none where it never started
    if process:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _constant(key: str) -> str:
    """The name that selenium has for a key: ``PAGE_DOWN`` for ``PageDown``."""
    return "".join(f"_{letter}" if letter.isupper() else letter for letter in key)[1:].upper()


@contextlib.contextmanager
def _limited(otherwise: str) -> Iterator[None]:
    try:
        yield
    except (TimeoutException, urllib3.exceptions.TimeoutError):
        raise TimeoutError(f"{otherwise} in time") from None


@contextlib.contextmanager
def _failures_ignored() -> Iterator[None]:
    try:
        yield
    except TimeoutException:
        raise
    except WebDriverException:
        pass
