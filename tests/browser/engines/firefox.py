"""Debian's Firefox, driven by WebDriver BiDi; the chrome scope tells what pages cannot."""

import atexit
import contextlib
import functools
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.browser.engines.bidi import KEYS, Connection, Failure, keyboard
from tests.browser.engines.firefox_preferences import write_preferences
from tests.browser.engines.place import place_of
from tests.browser.engines.waiting import LIMIT, until

FIREFOX = "/usr/bin/firefox-esr"
ARGUMENTS = ["-no-remote", "--remote-debugging-port=0", "--remote-allow-system-access"]
PORT_FILE = "WebDriverBiDiServer.json"  # written when the browser listens

OWN_CACHES = [
    "startupCache",
    "compatibility.ini",  # without it the startup cache counts as another version's
    "addonStartup.json.lz4",
    "extensions.json",
    "search.json.mozlz4",
    "prefs.js",
    "cert9.db",
    "key4.db",
]

START_SECONDS = 60.0  # a limit for a broken start, not a wait
QUIET_SECONDS = 0.15

# Remembers each tab's last request for a document. A navigation that begins while its page is
# still being loaded is "loading" to nothing else here until its answer comes.
WATCH = """(() => {
  window.requests = new Map();
  Services.obs.addObserver((request) => {
    const channel = request.QueryInterface(Ci.nsIChannel);
    const { externalContentPolicyType, targetBrowsingContext } = channel.loadInfo;
    if (externalContentPolicyType === Ci.nsIContentPolicy.TYPE_DOCUMENT)
      window.requests.set(targetBrowsingContext.browserId, channel);
  }, "http-on-opening-request");
})()"""

BROWSER = """ChromeUtils.importESModule(
  "chrome://remote/content/shared/NavigableManager.sys.mjs").NavigableManager.getBrowserById(%s)"""

# What the parent process knows of a tab, and keeps knowing while the page is busy or gone.
STATE = """(({ browsingContext: context }) => {
  const { sessionHistory: history, currentWindowGlobal: page } = context;
  if (!history || !page) return null;
  const loading = context.webProgress.isLoadingDocument
    || Boolean(window.requests.get(context.browserId)?.isPending());
  const entries = Array.from({ length: history.count }, (_, at) =>
    history.getEntryAtIndex(at).URI.spec);
  const url = context.currentURI.spec;
  // Between two processes an empty document stands in for the one to come.
  const shown = entries[history.index] ?? url;
  if (loading && url === "about:blank" && shown !== url) return null;
  return { entries, index: history.index, url, document: page.innerWindowId, loading };
})"""

TYPED = """ChromeUtils.importESModule("resource://gre/modules/PlacesUtils.sys.mjs")
  .PlacesUtils.history.markPageAsTyped(Services.io.newURI(%s))"""


class Firefox:
    """See ``Engine``. Headless, or with a window on an X display."""

    name = "firefox"

    def __init__(self, profile: Path, display: str | None = None, *, worn_in: bool = True) -> None:
        """``worn_in``: with the caches of the program itself, which halve the time to start."""
        self.profile = profile
        profile.mkdir(parents=True, exist_ok=True)
        if worn_in:
            shutil.copytree(_worn_in(), profile, dirs_exist_ok=True)
        self._tabs: list[str] = []
        self._resources = contextlib.ExitStack()
        try:
            self._process = self._start(display)
            self._resources.callback(self._kill)
            self._bidi = self._connect()
            session = self._bidi.call(
                "session.new",
                {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": True}}},
                within=START_SECONDS,
            )
            self.version: str = session["capabilities"]["browserVersion"]
            tree = self._bidi.call("browsingContext.getTree", {"moz:scope": "chrome"})
            self._chrome: str = tree["contexts"][0]["context"]
            self._ask_browser(WATCH)
            self._tab = self.tabs()[0]
        except BaseException:
            self._resources.close()
            raise

    def _start(self, display: str | None) -> subprocess.Popen[bytes]:
        write_preferences(self.profile)
        mode = [] if display else ["-headless"]
        return subprocess.Popen(
            [FIREFOX, *mode, *ARGUMENTS, "-profile", str(self.profile), "about:blank"],
            env={
                **os.environ,
                **({"DISPLAY": display} if display else {}),
                "MOZ_CRASHREPORTER_DISABLE": "1",
                "NO_AT_BRIDGE": "1",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _kill(self) -> None:
        """Ends whatever is left of the browser and its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _connect(self) -> Connection:
        port = until(self._port, "Firefox did not start", within=START_SECONDS)
        return Connection(
            self._resources.enter_context(
                connect(
                    f"ws://127.0.0.1:{port}/session",
                    proxy=None,
                    compression=None,
                    max_size=None,
                    open_timeout=LIMIT,
                )
            )
        )

    def _port(self) -> int | None:
        if self._process.poll() is not None:
            raise RuntimeError(f"Firefox ended with {self._process.returncode} when started")
        try:
            return json.loads((self.profile / PORT_FILE).read_text())["ws_port"]
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def _ask_browser(self, expression: str) -> Any:
        return self._bidi.evaluate(self._chrome, expression)

    @property
    def _browser(self) -> str:
        """The expression in the chrome scope for the element that holds the tab's pages."""
        return BROWSER % json.dumps(self._tab)

    def _state(self) -> dict[str, Any]:
        return until(
            lambda: self._ask_browser(f"{STATE}({self._browser})"),
            "the state of the tab was not told",
        )

    def _rest(self, otherwise: str) -> None:
        """Waits for a loaded document that stays the same for a short while."""
        last: dict[str, Any] = {}
        since = 0.0

        def rested() -> bool:
            nonlocal last, since
            state = self._state()
            if state["loading"] or state != last:
                last, since = state, time.monotonic()
                return False
            return time.monotonic() - since > QUIET_SECONDS

        until(rested, otherwise)

    def goto(self, url: str) -> None:
        self._ask_browser(TYPED % json.dumps(url))
        # The keyboard goes from the address bar to the page, as after Enter.
        self._ask_browser(f"{self._browser}.focus()")
        # Failed and overtaken navigations are errors here, and no matter to the caller.
        with contextlib.suppress(Failure):
            self._bidi.call(
                "browsingContext.navigate", {"context": self._tab, "url": url, "wait": "complete"}
            )
        self._rest(f"{url} did not come to rest")

    def evaluate(self, expression: str) -> Any:
        return self._bidi.evaluate(self._tab, expression)

    def click(self, selector: str, *, control: bool = False) -> None:
        x, y = until(
            lambda: self.evaluate(place_of(selector)),
            f"{selector!r} could not be clicked",
        )
        wait = {"type": "pause"}
        hand = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        control_key = [
            {"type": "keyDown", "value": KEYS["Control"]},
            *[wait for _ in hand],
            {"type": "keyUp", "value": KEYS["Control"]},
        ]
        self._act(
            {"type": "pointer", "id": "mouse", "actions": [wait, *hand]},
            {"type": "key", "id": "keyboard", "actions": control_key if control else []},
        )

    def press(self, key: str) -> None:
        self._act(keyboard(KEYS.get(key, key)))

    def type(self, text: str) -> None:
        self._act(keyboard(*text))

    def _act(self, *sources: dict[str, Any]) -> None:
        self._bidi.call("input.performActions", {"context": self._tab, "actions": sources})

    def back(self) -> bool:
        return self._go(-1, "Back did not come to rest")

    def forward(self) -> bool:
        return self._go(+1, "Forward did not come to rest")

    def _go(self, step: int, otherwise: str) -> bool:
        """To the neighbouring entry, as from the menu of the button.

        The button itself passes over entries that got no user activation; this does not.
        """
        before = self._state()
        wanted = before["index"] + step
        if not 0 <= wanted < len(before["entries"]):
            return False
        self._ask_browser(f"{self._browser}.browsingContext.goToIndex({wanted})")
        place = ("index", "document", "entries")
        until(lambda: any(self._state()[key] != before[key] for key in place), otherwise)
        self._rest(otherwise)
        return True

    def reload(self) -> None:
        with contextlib.suppress(Failure):
            self._bidi.call("browsingContext.reload", {"context": self._tab, "wait": "complete"})
        self._rest("Reload did not come to rest")

    def url(self) -> str:
        return self._state()["url"]

    def entries(self) -> list[str]:
        return self._state()["entries"]

    def tabs(self) -> list[str]:
        tree = self._bidi.call("browsingContext.getTree", {"maxDepth": 0})
        there = [context["context"] for context in tree["contexts"]]
        known = [tab for tab in self._tabs if tab in there]
        self._tabs = known + [tab for tab in there if tab not in known]
        return list(self._tabs)

    def look_at(self, tab: str) -> None:
        self._bidi.call("browsingContext.activate", {"context": tab})
        self._tab = tab

    def set_offline(self, is_offline: bool) -> None:
        """Takes the browser's network away, or gives it back."""
        # Otherwise this machine itself can still be reached.
        self._ask_browser('Services.prefs.setBoolPref("network.dns.offline-localhost", false)')
        self._ask_browser(f"Services.io.offline = {json.dumps(is_offline)}")

    def close(self) -> None:
        """Ends the browser by force where it does not end by itself."""
        try:
            # The connection may be gone before the answer.
            with contextlib.suppress(ConnectionClosed):
                self._bidi.call("browser.close")
            self._process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"Firefox did not close in {LIMIT:g} seconds") from None
        finally:
            self._resources.close()


@functools.cache
def _worn_in() -> Path:
    """What a Firefox that ran once keeps of itself; nothing of pages, it has shown none."""
    folder = Path(tempfile.mkdtemp(prefix="firefox-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="firefox-") as profile:
        Firefox(Path(profile), worn_in=False).close()
        for kept in OWN_CACHES:
            found = Path(profile, kept)
            if found.is_dir():
                shutil.copytree(found, folder / kept)
            elif found.exists():
                shutil.copy(found, folder)
    return folder
