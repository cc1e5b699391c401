"""A reader's choice: accepted, declined or undecided, for each category that is asked about.

It lies in one cookie, such as ``preferences.1.accepted~analytics.1.declined``; the number is the
version of the purpose that was agreed to. ``static/consent/consent.js`` reads the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sextortion_site.consent.register import CONSENT, PURPOSES, Category

LONGEST = 100  # characters; ours has some 45
PART = re.compile(r"([a-z]+)\.([0-9]+)\.(accepted|declined)", re.ASCII)


class State(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Choice:
    """What the reader has said. A category that is not named is undecided, which means no."""

    states: Mapping[Category, State] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def for_all(cls, state: State) -> "Choice":
        return cls(dict.fromkeys(PURPOSES, state))

    @classmethod
    def from_cookie(cls, value: str) -> "Choice":
        """Reads a cookie. One that this site cannot have written says nothing at all."""
        states: dict[Category, State] = {}
        if not value or len(value) > LONGEST:
            return cls()
        for part in value.split("~"):
            found = PART.fullmatch(part)
            if found is None or found[1] not in PURPOSES or found[1] in states:
                return cls()
            category = Category(found[1])
            is_of_today = found[2] == str(PURPOSES[category].version)
            states[category] = State(found[3]) if is_of_today else State.UNDECIDED
        return cls(states)

    def as_cookie(self) -> str:
        return "~".join(
            f"{category}.{PURPOSES[category].version}.{state}"
            for category, state in self.states.items()
            if state != State.UNDECIDED
        )

    def state(self, category: Category) -> State:
        return self.states.get(category, State.UNDECIDED)

    def allows(self, category: Category) -> bool:
        return category not in PURPOSES or self.state(category) == State.ACCEPTED

    def under_privacy_signal_of(self, request: HttpRequest) -> "Choice":
        """The same, but that counting is declined where the browser asks every site not to track
        (Global Privacy Control, https://w3c.github.io/gpc/)."""
        if request.headers.get("Sec-GPC") != "1":
            return self
        return Choice({**self.states, Category.ANALYTICS: State.DECLINED})


def choice_of(request: HttpRequest) -> Choice:
    """What the reader of this request has said before."""
    choice = Choice.from_cookie(request.COOKIES.get(CONSENT.full_name, ""))
    return choice.under_privacy_signal_of(request)


def save(choice: Choice, request: HttpRequest, response: HttpResponseBase) -> None:
    """Has the browser keep the choice, or forget it where nothing is decided; the middleware then
    expires what it does not allow."""
    value = choice.under_privacy_signal_of(request).as_cookie()
    if value:
        CONSENT.assign(response, value)
    else:
        CONSENT.expire(response)


def forget(request: HttpRequest, response: HttpResponseBase) -> None:
    """Takes the choice out of the browser, and with it all that it allowed."""
    if CONSENT.full_name in request.COOKIES:
        CONSENT.expire(response)
