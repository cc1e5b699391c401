"""Sending reports to a running site as a browser without script does."""

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"
LIMIT_SECONDS = 30
JOURNEY = re.compile(r'name="journey" value="([^"]+)"')
REFERENCE = re.compile(r"NS-[0-9A-Z]{4}-[0-9A-Z]{4}")
CODE = re.compile(r'data-code="([a-z ]+)"')

Fields = dict[str, str | list[str]]


@dataclass(frozen=True)
class Sent:
    """What came back. ``reference`` and ``code`` are empty where nothing was confirmed."""

    status: int
    body: str = field(repr=False)
    reference: str = ""
    code: str = ""


def ask(site: str, method: str, path: str, body: bytes | None = None, **headers: str) -> Sent:
    """One request; OSError or HTTPException where the server does not answer."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=LIMIT_SECONDS)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
    finally:
        connection.close()
    reference, code = REFERENCE.search(text), CODE.search(text)
    if answer.status != 200 or method != "POST" or not reference or not code:
        return Sent(answer.status, text)
    return Sent(answer.status, text, reference[0], code[1])


def journey_of(site: str) -> str:
    """The token of a form that the site gives out."""
    found = JOURNEY.search(ask(site, "GET", "/report/").body)
    assert found, "the form has no journey"
    return found[1]


def send(site: str, fields: Fields, path: str = "/report/") -> Sent:
    """Posts a form."""
    body = urlencode(fields, doseq=True).encode()
    return ask(site, "POST", path, body, **{"Content-Type": FORM})
