"""Random visits: what readers do, in any order, and what can be found of it afterwards.

A walk is told by its seed alone, so that one that failed can be walked again.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.addresses import PAGES
from tests.browser.engines.engine import Engine
from tests.browser.neutral_site import NeutralSite
from tests.browser.patience import eventually

SHOWS_ADDRESS = {"/parents/", "/schools/", "/campaign/"}
STEPS = (4, 9)  # at least, at most

# Marks what is there, so that what comes in its place can be told from it.
MARK = "document.querySelector('.page').dataset.seen = '', true"
ARRIVED = """document.readyState === 'complete'
    && !!document.querySelector('.page:not([data-seen]) h1')"""
# Of the links to this site that a reader could press, one gets a name to be pressed by. Those of
# the report form that open beside it are left alone: they are another visit.
PICK = """((number) => {
    document.querySelectorAll('[data-picked]').forEach(it => delete it.dataset.picked);
    const all = document.querySelectorAll('.page a[href^="/"]:not([target])');
    const links = [...all].filter(it => it.checkVisibility());
    const link = links[number %% links.length];
    link.dataset.picked = '';
    return link.getAttribute('href');
})(%d)"""

QUESTION = ".cookie-question"  # seen while no answer was given


@dataclass
class Walk:
    """One visit by one reader, from somewhere else to the moment before leaving."""

    seed: int
    engine: Engine
    site: str
    neutral: NeutralSite
    # Whether the walk keeps to what the site can keep in one entry.
    stays_in_one_entry: bool = False
    told: list[str] = field(default_factory=list)
    # Addresses that a history may list: the first, those that show themselves, those that the
    # reader brought into the address bar.
    listed: set[str] = field(default_factory=set)
    typed: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        return f"seed {self.seed}: {', '.join(self.told)}"

    def __post_init__(self) -> None:
        self.choose = random.Random(self.seed)  # noqa: S311 - it has to be told by its seed

    def begin(self) -> None:
        self.engine.goto(self.neutral.outside(f"{self.site}/"))
        if self.choose.random() < 0.5:
            self._open(self.choose.choice(PAGES))
        else:
            self.engine.click("a")
            self._arrive("/")
            self.listed.add("/")

    def go_on(self) -> None:
        steps: list[Callable[[], None]] = [
            *[self.follow_a_link] * 5,
            self.go_back_within_the_site,
            self.reload,
            self.skip_to_the_main_part,
            self.send_the_form,
            self.answer_about_cookies,
        ]
        if not self.stays_in_one_entry:
            steps += [
                self.type_an_address,
                self.type_a_hash,
                self.open_a_tab,
                self.go_outside_and_come_back,
                self.go_outside_and_return_anew,
            ]
        for _ in range(self.choose.randint(*STEPS)):
            self.choose.choice(steps)()

    def leave(self) -> None:
        if self.choose.random() < 0.5:
            self._tell("Escape")
            self.engine.press("Escape")
        else:
            self._tell("Leave this site")
            self.engine.click(".leave-control")

    # --- Steps ---

    def follow_a_link(self) -> None:
        href = self.engine.evaluate(PICK % self.choose.randrange(10_000))
        self._tell(f"follow {href}")
        self._mark()
        self.engine.click("[data-picked]")
        self._arrive(href)
        if href in SHOWS_ADDRESS:
            self.listed.add(href)

    def go_back_within_the_site(self) -> None:
        if self.engine.evaluate("document.querySelector('.visit-back').hidden"):
            return
        self._tell("the page's own Back")
        self._mark()
        self.engine.click(".visit-back")
        self._arrive()
        self.listed |= SHOWS_ADDRESS & {self._path()}

    def reload(self) -> None:
        title = self.engine.evaluate("document.title")
        self._tell("reload")
        self.engine.reload()
        self._come_back(title)

    def skip_to_the_main_part(self) -> None:
        self._tell("skip link")
        self.engine.evaluate("document.querySelector('.skip').focus(), true")
        self.engine.press("Enter")
        eventually(lambda: self.engine.evaluate("document.activeElement.id === 'main'"), "main")

    def send_the_form(self) -> None:
        if not self.engine.evaluate("!!document.querySelector('.site-footer nav')"):
            return  # the report form, around which there are no menus
        self._tell("feedback form")
        self._mark()
        self.engine.click('.site-footer nav a[href="/feedback/"]')
        self._arrive("/feedback/")
        words = f"zebra{self.choose.randrange(10**9)}"
        if self.choose.random() < 0.3:
            words = ""
        else:
            self.typed.append(words)
            self.engine.click("textarea")
            self.engine.type(words)
        if self.choose.random() < 0.7:
            self._mark()
            self.engine.click("form button")
            self._arrive()

    def answer_about_cookies(self) -> None:
        if not self.engine.evaluate(f"document.querySelector('{QUESTION}').checkVisibility()"):
            return
        answer = self.choose.choice(["accepted", "declined"])
        self._tell(f"cookies {answer}")
        self.engine.click(f'.cookie-answers [value="{answer}"]')
        said = f"document.querySelector('.cookie-banner').dataset.is === '{answer}'"
        eventually(lambda: self.engine.evaluate(said), f"cookies {answer} after {self.told}")

    def type_an_address(self) -> None:
        self._open(self.choose.choice(PAGES))

    def type_a_hash(self) -> None:
        self._tell("type #main behind the address")
        self.engine.goto(self.engine.url().split("#")[0] + "#main")
        self.listed.add(self._path() + "#main")

    def open_a_tab(self) -> None:
        href = self.engine.evaluate(PICK % self.choose.randrange(10_000))
        before = self.engine.tabs()
        self._tell(f"open {href} in a new tab")
        self.engine.click("[data-picked]", control=True)
        eventually(lambda: len(self.engine.tabs()) > len(before), "a new tab")
        (fresh,) = set(self.engine.tabs()) - set(before)
        old = before[0]
        self.engine.look_at(fresh)
        self._arrive(href)
        self.listed.add(href)
        if self.choose.random() < 0.5:
            self._tell("and go back to the first tab")
            self.engine.look_at(old)

    def go_outside_and_come_back(self) -> None:
        self._tell("outside, and Back")
        title = self.engine.evaluate("document.title")
        self.engine.goto(self.neutral.outside(f"{self.site}/"))
        self.engine.back()
        self._come_back(title)

    def go_outside_and_return_anew(self) -> None:
        address = self.choose.choice(PAGES)
        self._tell(f"outside, and by its link to {address}")
        self.engine.goto(self.neutral.outside(f"{self.site}{address}"))
        self.engine.click("a")
        self._arrive(address)
        self.listed.add(address)

    # ---

    def _open(self, address: str) -> None:
        self._tell(f"type {address}")
        self.engine.goto(f"{self.site}{address}")
        self._arrive(address)
        self.listed.add(address)

    def _come_back(self, title: str) -> None:
        """Waits for the page that was read: until it is there, another's links stand in its place,
        unseen, and go when it comes."""

        def is_back() -> bool:
            return self.engine.evaluate("document.title") == title and self.engine.evaluate(
                "!document.documentElement.dataset.visit"
            )

        eventually(is_back, f"the page again after {self.told}")

    def _tell(self, what: str) -> None:
        self.told.append(what)

    def _mark(self) -> None:
        self.engine.evaluate(MARK)

    def _arrive(self, address: str | None = None) -> None:
        what = f"{address or 'a page'} after {self.told}"
        eventually(lambda: self.engine.evaluate(ARRIVED), what)
        self.read.add(self.engine.evaluate("document.querySelector('h1').textContent.trim()"))

    def _path(self) -> str:
        return self.engine.evaluate("location.pathname")
