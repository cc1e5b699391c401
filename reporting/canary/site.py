"""Asking the site over HTTP, from outside, as a browser does."""

import http.client
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from reporting.canary.failures import StepFailed

FORM = "application/x-www-form-urlencoded"
LIMIT_SECONDS = 30
MOST_BYTES = 2 * 1024 * 1024  # of an answer; the form has some 100 kB


@dataclass(frozen=True)
class Answer:
    status: int
    text: str = field(repr=False)


@dataclass(frozen=True)
class Site:
    """A site by its address, such as ``https://site.example``. A certificate that does not hold
    is a failure, and a redirect is not followed: it would lead the words elsewhere."""

    address: str

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, list[str]]) -> Answer:
        """Sends a form."""
        headers = {"Content-Type": FORM, "Origin": self.address}
        return self._ask("POST", path, urlencode(fields, doseq=True).encode(), headers)

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = {}
    ) -> Answer:
        try:
            with closing(self._connection()) as connection:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                return Answer(answer.status, answer.read(MOST_BYTES).decode(errors="replace"))
        # Its text may hold a part of the answer, so only its kind is told.
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise StepFailed(
                f"{self.address} does not answer as a site does ({type(error).__name__})."
            ) from None

    def _connection(self) -> http.client.HTTPConnection:
        kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        parts = urlsplit(self.address)
        if parts.scheme not in kinds:
            raise StepFailed(f"{self.address} begins with neither https:// nor http://.")
        return kinds[parts.scheme](parts.netloc, timeout=LIMIT_SECONDS)
