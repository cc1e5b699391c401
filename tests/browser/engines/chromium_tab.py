"""One tab of Chromium, and whether it has come to rest."""

import asyncio
import base64
import time
from collections.abc import Callable
from typing import Any

from playwright.async_api import CDPSession, Error, Page

from tests.browser.engines.loop import Loop

QUIET_SECONDS = 0.15
LOOK_SECONDS = 0.02
PICTURE_SECONDS = 2.0
BEGINNINGS = ("frameScheduledNavigation", "frameStartedNavigating", "frameStartedLoading")
ENDINGS = ("frameNavigated", "navigatedWithinDocument", "frameStoppedLoading")
BETWEEN_PAGES = "Not attached to an active page"  # said while one document takes over from another


class Session:
    """A DevTools session as the tests use it.

    While a navigation waits for its answer Chromium keeps every command for the page's process,
    ``Runtime.evaluate`` among them, until the navigation has ended. Input, the session history
    and ``Page.captureScreenshot`` are the browser's own and are served meanwhile.
    """

    def __init__(self, loop: Loop, cdp: CDPSession) -> None:
        self._loop = loop
        self._cdp = cdp

    def send(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        return self._loop.run(
            self._cdp.send(method, params),
            f"{method} was not answered, perhaps because of a navigation that waits,",
        )

    def on(self, event: str, handler: Callable[[dict[str, Any]], None]) -> None:
        """The handler is called in another thread, at once, not when the test next calls."""
        self._cdp.on(event, handler)


class Tab:
    """A tab whose navigations are followed."""

    def __init__(self, page: Page, cdp: CDPSession) -> None:
        self.page = page
        self.cdp = cdp
        self._stirred = time.monotonic()
        self._endings = 0
        for event in BEGINNINGS:
            cdp.on(f"Page.{event}", self._begun)
        for event in ENDINGS:
            cdp.on(f"Page.{event}", self._ended)

    @classmethod
    async def of(cls, page: Page) -> "Tab":
        tab = cls(page, await page.context.new_cdp_session(page))
        await tab.cdp.send("Page.enable")
        return tab

    def _begun(self, event: object) -> None:
        self._stirred = time.monotonic()

    def _ended(self, event: object) -> None:
        self._stirred = time.monotonic()
        self._endings += 1

    async def navigate(self, method: str, params: dict[str, Any]) -> None:
        """Sends a command that navigates, and waits until the tab has come to rest."""
        before = self._endings
        # Page.navigate answers only when the navigation ends; a page that never comes would
        # hold the call, and one that is overtaken answers with an error that says nothing new.
        command = asyncio.ensure_future(self.cdp.send(method, params))
        try:
            while self._endings == before:
                if command.done() and (error := command.exception()):
                    raise error
                await asyncio.sleep(LOOK_SECONDS)
            await self._rest()
        finally:
            command.cancel()
            await asyncio.gather(command, return_exceptions=True)

    async def _rest(self) -> None:
        """Waits for a complete document with no navigation begun for a short while.

        A navigation that waits for its answer holds the question up, so that the document that
        is about to go is not taken for one at rest.
        """
        while True:
            asked = time.monotonic()
            complete = await self._complete()
            if complete and asked - self._stirred > QUIET_SECONDS:
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _complete(self) -> bool:
        try:
            return await self.evaluate("document.readyState") == "complete"
        except Error:  # the document went while it was asked
            return False

    async def evaluate(self, expression: str) -> Any:
        answer = await self.cdp.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "userGesture": False,
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        if thrown := answer.get("exceptionDetails"):
            raise RuntimeError(thrown.get("exception", {}).get("description") or thrown["text"])
        return answer["result"].get("value")

    async def picture(self) -> bytes:
        """What the tab shows, as PNG. A picture that a new document interrupts is never told."""
        while True:
            try:
                shot = self.cdp.send("Page.captureScreenshot")
                return base64.b64decode((await asyncio.wait_for(shot, PICTURE_SECONDS))["data"])
            except (Error, TimeoutError):
                await asyncio.sleep(LOOK_SECONDS)

    async def history(self) -> tuple[int, list[dict[str, Any]]]:
        """The place in the session history, and its entries."""
        while True:
            try:
                history = await self.cdp.send("Page.getNavigationHistory")
            except Error as error:
                if BETWEEN_PAGES not in error.message:
                    raise
                await asyncio.sleep(LOOK_SECONDS)
            else:
                return history["currentIndex"], history["entries"]
