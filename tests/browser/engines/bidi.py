"""WebDriver BiDi: commands, their answers, and how it writes keys."""

import itertools
import json
import time
from typing import Any

from websockets.sync.client import ClientConnection

from tests.browser.engines.waiting import LIMIT

# How WebDriver writes keys that have a name and no character.
KEYS = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Alt": "\ue00a",
    "Escape": "\ue00c",
    "PageUp": "\ue00e",
    "PageDown": "\ue00f",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Delete": "\ue017",
}


class Failure(Exception):
    """What the browser answered instead of a result."""


class Connection:
    """Commands of WebDriver BiDi and their answers, one after the other."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)

    def call(
        self, method: str, params: dict[str, Any] | None = None, *, within: float = LIMIT
    ) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params or {}}))
        deadline = time.monotonic() + within
        while True:
            try:
                answer = json.loads(self._socket.recv(max(0.0, deadline - time.monotonic())))
            except TimeoutError:
                raise TimeoutError(f"{method} was not answered in {within:g} seconds") from None
            # Late answers to commands that were given up are passed over.
            if answer.get("id") == number:
                break
        if answer["type"] == "error":
            raise Failure(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def evaluate(self, context: str, expression: str) -> Any:
        """Works under any Content-Security-Policy: the debugger evaluates, not the page."""
        answer = self.call(
            "script.evaluate",
            {
                "expression": f"(async () => JSON.stringify(await (\n{expression}\n)))()",
                "target": {"context": context},
                "awaitPromise": True,
                "userActivation": False,
            },
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        text = answer["result"].get("value")  # nothing where the value is undefined
        return None if text is None else json.loads(text)


def keyboard(*keys: str) -> dict[str, Any]:
    strokes = [{"type": stroke, "value": key} for key in keys for stroke in ("keyDown", "keyUp")]
    return {"type": "key", "id": "keyboard", "actions": strokes}
