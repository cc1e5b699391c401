"""A browser's answers about cookies, and a site with a careless view."""

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from sextortion_site.consent import refusals
from sextortion_site.consent.choice import Choice
from sextortion_site.consent.register import CONSENT
from tests.consent import careless_site


@pytest.fixture(autouse=True)
def nothing_refused_yet() -> None:
    refusals.refused.clear()


@pytest.fixture
def careless(settings, client: Client) -> Iterator[Callable[..., HttpResponse]]:
    """Asks the careless view, which does what it is told: ``careless(do, choice, **cookies)``."""
    settings.ROOT_URLCONF = "tests.consent.careless_site"

    def ask(
        do: careless_site.Careless,
        choice: Choice | None = None,
        address: str = "/careless/",
        has_signal: bool = False,
        **cookies: str,
    ) -> HttpResponse:
        careless_site.do = do
        client.cookies.clear()
        for name, value in cookies.items():
            client.cookies[name] = value
        if choice is not None:
            client.cookies[CONSENT.full_name] = choice.as_cookie()
        return client.get(address, headers={"sec-gpc": "1"} if has_signal else {})

    yield ask
    careless_site.do = careless_site.leave_it


def sent(response: HttpResponse) -> dict[str, str]:
    """The cookies that reach a browser as set, by name; those that are expired are not."""
    return {
        name: morsel.value for name, morsel in response.cookies.items() if morsel["max-age"] != 0
    }


def expired(response: HttpResponse) -> set[str]:
    return {name for name, morsel in response.cookies.items() if morsel["max-age"] == 0}
