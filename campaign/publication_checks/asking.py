"""Asks another site whether an address answers, and nothing else.

An editor chooses the address, and this server asks it from inside the force's network. So only
https to a public address is asked, at the very address that was looked at, and no redirect is
followed: nobody learns by a link what answers inside.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri

SECONDS = 3.0
# All that is given out to the open internet so far (RFC 4291). Outside it are the addresses of one
# house, of one link, and those that hold an IPv4 one: mapped, compatible, translated by a gateway.
OPEN_INTERNET = ipaddress.ip_network("2000::/3")


class Answer(Enum):
    GOOD = "good"
    MOVED = "moved"
    GONE = "gone"
    REFUSES = "refuses"
    SILENT = "silent"


class PublicHTTPSConnection(http.client.HTTPSConnection):
    """Connects to public addresses alone."""

    sock: Any = None

    def connect(self) -> None:
        address = public_address(self.host, self.port)
        plain = socket.create_connection(address, timeout=SECONDS)
        # Held before the first greeting, so that hang_up can end that too.
        self.sock = trusted().wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock.do_handshake()

    def hang_up(self) -> None:
        """Ends what another thread waits for: a timeout alone begins again with each byte."""
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


def public_address(host: str, port: int) -> tuple[str, int]:
    """Where to connect to. Raises OSError where any of the host's addresses is not public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(map(is_public, addresses)):
        raise OSError("not a public address")
    return addresses[0], port


def is_public(address: str) -> bool:
    """Not of this house, and no address of this house inside one that looks public."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address) and (
        found not in OPEN_INTERNET or found.sixtofour or found.teredo
    ):
        return False
    return found.is_global and not found.is_multicast


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
    parts = urlsplit(iri_to_uri(link))
    if parts.scheme != "https" or not parts.hostname or parts.username:
        raise ValueError(link)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection = PublicHTTPSConnection(parts.hostname, parts.port or 443, timeout=SECONDS)
    alarm = threading.Timer(SECONDS, connection.hang_up)
    alarm.start()
    try:
        connection.request(method, path, headers={"User-Agent": "Mozilla/5.0", "Accept": "*/*"})
        return int(connection.getresponse().status)
    finally:
        alarm.cancel()
        connection.close()
