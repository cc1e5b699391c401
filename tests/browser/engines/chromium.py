"""Debian's Chromium, driven by its DevTools protocol and by real input events."""

import asyncio
import itertools
import os
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Page, Playwright, async_playwright

from tests.browser.engines.chromium_tab import LOOK_SECONDS, Session, Tab
from tests.browser.engines.loop import Loop
from tests.browser.engines.place import place_of

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60.0  # a limit for a broken start, not a wait


class Chromium:
    """See ``Engine``. Headless, or with a window on an X display."""

    name = "chromium"

    def __init__(self, profile: Path, display: str | None = None) -> None:
        self.profile = profile
        self._loop = Loop()
        self._playwright: Playwright | None = None
        self._context: BrowserContext | None = None
        self._numbers = itertools.count(1)
        self._names: dict[Page, str] = {}
        self._tabs: dict[Page, Tab] = {}
        try:
            self._loop.run(self._start(display), "Chromium did not start", within=START_SECONDS)
            self.version: str = self.session.send("Browser.getVersion")["product"]
        except BaseException:
            self.close()
            raise

    async def _start(self, display: str | None) -> None:
        self._playwright = await async_playwright().start()
        self._context = await self._playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=CHROMIUM,
            args=[*ARGUMENTS, "--window-size=1280,900"],
            ignore_default_args=["--disable-back-forward-cache"],
            headless=display is None,
            env=dict(os.environ) if display is None else {**os.environ, "DISPLAY": display},
            no_viewport=True,
            ignore_https_errors=True,
        )
        for page in self._context.pages:
            self._name(page)
        self._context.on("page", self._name)
        await self._look_at(self._context.pages[0])

    def _name(self, page: Page) -> None:
        self._names[page] = f"tab {next(self._numbers)}"

    async def _look_at(self, page: Page) -> None:
        await page.bring_to_front()
        if page not in self._tabs:
            self._tabs[page] = await Tab.of(page)
        self._tab = self._tabs[page]
        self.session = Session(self._loop, self._tab.cdp)

    def goto(self, url: str) -> None:
        self._loop.run(
            self._tab.navigate("Page.navigate", {"url": url, "transitionType": "typed"}),
            f"{url} did not come to rest",
        )

    def evaluate(self, expression: str) -> Any:
        return self._loop.run(
            self._tab.evaluate(expression),
            f"{expression!r} has no value, perhaps because of a navigation that waits,",
        )

    def click(self, selector: str, *, control: bool = False) -> None:
        self._loop.run(self._click(selector, control), f"{selector!r} could not be clicked")

    async def _click(self, selector: str, control: bool) -> None:
        while not (place := await self._tab.evaluate(place_of(selector))):
            await asyncio.sleep(LOOK_SECONDS)
        page = self._tab.page
        if control:
            await page.keyboard.down("Control")
        try:
            await page.mouse.click(*place)
        finally:
            if control:
                await page.keyboard.up("Control")

    def press(self, key: str) -> None:
        self._loop.run(self._tab.page.keyboard.press(key), f"{key} could not be pressed")

    def type(self, text: str) -> None:
        self._loop.run(self._tab.page.keyboard.type(text), f"{text!r} could not be typed")

    def back(self) -> bool:
        return self._loop.run(self._go(-1), "Back did not come to rest")

    def forward(self) -> bool:
        return self._loop.run(self._go(+1), "Forward did not come to rest")

    async def _go(self, step: int) -> bool:
        """By the neighbouring entry, as from the menu of the button.

        The button itself passes over entries that got no user activation; this does not.
        """
        index, entries = await self._tab.history()
        if not 0 <= index + step < len(entries):
            return False
        await self._tab.navigate(
            "Page.navigateToHistoryEntry", {"entryId": entries[index + step]["id"]}
        )
        return True

    def reload(self) -> None:
        self._loop.run(self._tab.navigate("Page.reload", {}), "Reload did not come to rest")

    def url(self) -> str:
        index, entries = self._loop.run(self._tab.history(), "the address was not told")
        return entries[index]["url"]

    def entries(self) -> list[str]:
        _, entries = self._loop.run(self._tab.history(), "the history was not told")
        return [entry["url"] for entry in entries]

    def tabs(self) -> list[str]:
        assert self._context
        return [self._names[page] for page in self._context.pages]

    def look_at(self, tab: str) -> None:
        assert self._context
        (page,) = (page for page in self._context.pages if self._names[page] == tab)
        self._loop.run(self._look_at(page), f"{tab} did not come to the front")

    def slow_down(self, factor: int) -> None:
        """Gives the tab's process a processor slower by the factor; 1 undoes it."""
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": factor})

    def set_offline(self, is_offline: bool) -> None:
        """Takes the tab's network away, or gives it back."""
        self.session.send("Network.enable")
        unlimited = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.session.send("Network.emulateNetworkConditions", {"offline": is_offline, **unlimited})

    def picture(self) -> bytes:
        """What the tab shows, as PNG; also while a navigation waits and nothing else answers."""
        return self._loop.run(self._tab.picture(), "no picture was given")

    def close(self) -> None:
        try:
            if self._context:
                self._loop.run(self._context.close(), "Chromium did not close")
        finally:
            self._context = None
            try:
                if self._playwright:  # also ends a browser that did not close
                    self._loop.run(self._playwright.stop(), "Playwright did not stop")
            finally:
                self._playwright = None
                self._loop.close()
