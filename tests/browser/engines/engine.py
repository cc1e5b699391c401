"""What a test may ask of a browser, whichever engine it has."""

from pathlib import Path
from typing import Any, Protocol


class Engine(Protocol):
    """One running browser with a fresh profile, looking at one of its tabs.

    Every wait inside has a limit of some ten seconds and raises ``TimeoutError`` with words.
    """

    name: str  # "chromium", "firefox" or "webkit"
    version: str  # as the browser says it
    profile: Path  # where the browser keeps what it keeps

    def goto(self, url: str) -> None:
        """Opens an address as if typed: the browser itself navigates, and adds an entry.

        Returns when the document is loaded, and also when the load failed or was overtaken by
        another navigation.
        """

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page, without giving it user activation.

        A promise is awaited. The value must be such as JSON can hold.
        """

    def click(self, selector: str, *, control: bool = False) -> None:
        """A real pointer, moved, pressed and let go in the middle of the element.

        The element is scrolled into view first. ``control``: with the Control key held, which
        opens a link in a new background tab. Returns at once: what follows is waited for by
        the test.
        """

    def press(self, key: str) -> None:
        """Presses and lets go of a key as WebDriver names it: "Escape", "Enter", "Tab", "a"."""

    def type(self, text: str) -> None:
        """Types into what has the focus."""

    def back(self) -> bool:
        """The browser's own Back. False where there is nothing to go back to.

        Returns when the entry that was asked for, or what has replaced it, has settled: it is
        loaded and no other navigation has begun for a short while.
        """

    def forward(self) -> bool:
        """The browser's own Forward, as ``back``."""

    def reload(self) -> None:
        """The browser's own Reload; returns when the document is loaded."""

    def url(self) -> str:
        """The address of the document that the tab shows."""

    def entries(self) -> list[str] | None:
        """The addresses of the tab's session history, oldest first; None where it is not told."""

    def tabs(self) -> list[str]:
        """Names of the open tabs, in the order of opening. They stay the same while open."""

    def look_at(self, tab: str) -> None:
        """Makes another tab the one that the calls above speak of, and brings it to the front."""

    def close(self) -> None:
        """Closes the browser in the ordinary way, so that it writes what it keeps, and waits."""
