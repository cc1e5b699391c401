"""Reading a form out of a page, with what a browser without script sends of it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

CHOSEN = {"radio", "checkbox"}
PRESSED = {"submit", "button", "reset"}


@dataclass
class Form:
    """``values`` are sent as they stand unless they are filled in; ``choices`` are the boxes that
    may be ticked, none of which is."""

    action: str
    values: dict[str, str] = field(default_factory=dict, repr=False)
    choices: set[tuple[str, str]] = field(default_factory=set)

    def filled(self, answers: dict[str, str]) -> dict[str, list[str]]:
        """What is sent with these answers; KeyError where the form does not ask for one."""
        sent = dict(self.values)
        for name, answer in answers.items():
            if name not in self.values and (name, answer) not in self.choices:
                raise KeyError(name)
            sent[name] = answer
        return {name: [value] for name, value in sent.items()}


def form_of(page: str, form_id: str) -> Form | None:
    """The form with this id, None where the page has none."""
    reader = _Reader(form_id)
    reader.feed(page)
    reader.close()
    return reader.form


class _Reader(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form: Form | None = None
        self._form_id = form_id
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form" and has.get("id") == self._form_id:
            self.form = self._open = Form(has.get("action", ""))
        elif tag in {"input", "textarea"} and self._open and "name" in has:
            self._add(self._open, has)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None

    def _add(self, form: Form, control: dict[str, str]) -> None:
        kind, name = control.get("type"), control["name"]
        if kind in CHOSEN:
            form.choices.add((name, control.get("value", "on")))
        elif kind not in PRESSED:
            form.values[name] = control.get("value", "")
