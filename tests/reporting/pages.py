"""What a reader's browser makes of the form: its controls, and what it would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from reporting.abuse import HONEYPOT, SOLUTION


@dataclass
class Page(HTMLParser):
    """``controls`` are (name, value) of every control that can be sent, chosen or not, in order;
    ``sent`` are those that a browser sends; ``links`` are (address, target)."""

    html: str
    controls: list[tuple[str, str]] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str | None]] = field(default_factory=list)
    _textarea: str | None = None
    _is_in_form: bool = False

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self._is_in_form |= given.get("id") == "report"
        if not self._is_in_form:
            return
        if tag == "a":
            self.links.append((given["href"], given.get("target")))
        elif tag == "textarea":
            self._textarea = given["name"]
            self.controls.append((given["name"], ""))
        elif tag == "input" and "name" in given:
            self._add(given)

    def _add(self, given: dict[str, Any]) -> None:
        control = (given["name"], given.get("value", ""))
        self.controls.append(control)
        if given.get("type") not in {"radio", "checkbox"} or "checked" in given:
            self.sent.append(control)

    def handle_data(self, data: str) -> None:
        if self._textarea:
            # HTML drops one line break at the beginning.
            self.sent.append((self._textarea, data.removeprefix("\n")))
            self._textarea = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_in_form = False
        if tag == "textarea":
            self._textarea = None

    def words(self) -> dict[str, list[str]]:
        """What was typed and chosen, by the name of the control."""
        found: dict[str, list[str]] = {}
        for name, value in self.sent:
            if value and name not in {"journey", HONEYPOT, SOLUTION}:
                found.setdefault(name, []).append(value)
        return found
