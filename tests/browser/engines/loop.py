"""An event loop in a thread of its own, for asynchronous clients behind ordinary calls.

The thread of the tests stays free of a running loop, so that Django and pytest-playwright, which
has one of its own there, are not disturbed. Every call has a limit.
"""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from tests.browser.engines.waiting import LIMIT

Value = TypeVar("Value")


class Loop:
    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(
        self, work: Coroutine[Any, Any, Value], otherwise: str, *, within: float = LIMIT
    ) -> Value:
        """What the coroutine returns; TimeoutError with the given words when it takes too long."""
        try:
            return asyncio.run_coroutine_threadsafe(
                asyncio.wait_for(work, within), self._loop
            ).result()
        except TimeoutError:
            raise TimeoutError(f"{otherwise} in {within:g} seconds") from None

    def close(self) -> None:
        if self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
