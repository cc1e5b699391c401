"""A site under comparison: what a reader does on it, told as data so that all are asked alike."""

from dataclasses import dataclass

from tests.browser.engines.display import press_for_real
from tests.browser.engines.engine import Engine
from tests.browser.patience import eventually
from tests.browser.peers import govuk_site

# Marks the heading that is there, so that the next one can be told from it, loaded or swapped in.
MARK = "document.querySelector('h1').dataset.seen = '', true"
ARRIVED = "document.readyState === 'complete' && !!document.querySelector('h1:not([data-seen])')"
HEADING = "document.querySelector('h1').textContent.trim()"
SHOWN = "document.readyState === 'complete' && !!document.querySelector('h1')"


@dataclass(frozen=True)
class Key:
    """The key that leaves: as WebDriver and as X name it, and how many presses it takes."""

    name: str
    x_name: str
    presses: int = 1

    def __str__(self) -> str:
        return self.name if self.presses == 1 else f"{self.name} {self.presses} times"


@dataclass(frozen=True)
class Subject:
    name: str
    address: str  # without a slash at its end
    read: tuple[str, ...]  # pages that a visit reads, each linked from the one before
    form: str  # linked from the last of them
    link: str  # selector of a link, to be filled with its path
    field: str
    send: str
    control: str
    key: Key
    explains: str  # what it says about itself where it is offered
    advises: str  # whether it brings a page on staying safe

    # --- What a reader does ---

    def open(self, engine: Engine) -> None:
        engine.goto(self.address + self.read[0])
        self.wait_until_shown(engine)

    def wait_until_shown(self, engine: Engine) -> None:
        eventually(lambda: engine.evaluate(SHOWN), f"a page of {self.name}")

    def follow_from_outside(self, engine: Engine) -> str:
        engine.click("a")
        self.wait_until_shown(engine)
        return engine.evaluate(HEADING)

    def follow(self, engine: Engine, path: str) -> str:
        """The heading of the page to which the link leads."""
        return self._arrive(engine, self.link % path)

    def send_form(self, engine: Engine, words: str) -> str:
        engine.click(self.field)
        engine.type(words)
        return self._arrive(engine, self.send)

    def _arrive(self, engine: Engine, selector: str) -> str:
        engine.evaluate(MARK)
        engine.click(selector)
        eventually(lambda: engine.evaluate(ARRIVED), f"the page after {selector}")
        return engine.evaluate(HEADING)

    def prepare_to_leave(self, engine: Engine) -> None:
        """All presses of the key but the last, which leaves."""
        for _ in range(self.key.presses - 1):
            engine.press(self.key.name)

    def leave_by_key(self, engine: Engine) -> None:
        self.prepare_to_leave(engine)
        engine.press(self.key.name)

    def leave_by_real_key(self, display: str) -> None:
        for _ in range(self.key.presses):
            press_for_real(display, self.key.x_name)

    def leave_by_control(self, engine: Engine) -> None:
        engine.click(self.control)


def ours(address: str) -> Subject:
    return Subject(
        name="this site",
        address=address,
        read=("/", "/help-now/", "/warning-signs/", "/support/"),
        form="/feedback/",
        link=".site-footer nav a[href='%s']",
        field="textarea",
        send="form button",
        control=".leave-control",
        key=Key("Escape", "Escape"),
        explains="yes, beside the control on every page",
        advises="yes, *Hide your visit*",
    )


def govuk(address: str) -> Subject:
    return Subject(
        name="GOV.UK",
        address=address,
        read=tuple(govuk_site.PAGES),
        form=govuk_site.FORM,
        link="nav a[href='%s']",
        field="textarea",
        send="form button",
        control=".govuk-js-exit-this-page-button",
        key=Key("Shift", "Shift_L", 3),
        explains="left to the service: its guidance asks for an interruption page",
        advises="left to the service: its guidance asks for a safety content page",
    )
