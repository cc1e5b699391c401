"""Asks another site whether an address answers, and nothing else.

An editor chooses the address, and this server asks it from inside the force's network. So only
https to a public address is asked, at the very address that was looked at, and no redirect is
followed: nobody learns by a link what answers inside.
"""

import http.client
import ipaddress
import socket
import ssl
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

SECONDS = 3.0


class Answer(Enum):
    GOOD = "good"
    MOVED = "moved"
    GONE = "gone"
    REFUSES = "refuses"
    SILENT = "silent"


class PublicHTTPSConnection(http.client.HTTPSConnection):
    """Connects to public addresses alone."""

    def connect(self) -> None:
        address = public_address(self.host, self.port)
        plain = socket.create_connection(address, timeout=SECONDS)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


def public_address(host: str, port: int) -> tuple[str, int]:
    """Where to connect to. Raises OSError where any of the host's addresses is not public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(ipaddress.ip_address(one).is_global for one in addresses):
        raise OSError("not a public address")
    return addresses[0], port


def ask(link: str) -> Answer:
    """HEAD, and GET where a site does not know that. Never raises."""
    try:
        status = _status(link, "HEAD")
        if status in {403, 405, 501}:
            status = _status(link, "GET")
    except (OSError, ValueError, http.client.HTTPException):
        return Answer.SILENT
    return answer_of(status)


def answer_of(status: int) -> Answer:
    if status in {301, 308}:
        return Answer.MOVED
    if status in {404, 410}:
        return Answer.GONE
    if status in {401, 403, 429}:
        return Answer.REFUSES
    return Answer.GOOD if status < 400 else Answer.SILENT


def _status(link: str, method: str) -> int:
    parts = urlsplit(link)
    if parts.scheme != "https" or not parts.hostname or parts.username:
        raise ValueError(link)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection: Any = PublicHTTPSConnection(parts.hostname, parts.port or 443, timeout=SECONDS)
    try:
        connection.request(method, path, headers={"User-Agent": "Mozilla/5.0", "Accept": "*/*"})
        return int(connection.getresponse().status)
    finally:
        connection.close()
