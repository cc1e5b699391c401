"""A form whose sender went away in the middle is no form."""

import socket

import pytest

from tests.conftest import SiteFolders, running_site

BODY = b"message=They+want+money"


@pytest.mark.parametrize("path", ["/report/", "/report/code/", "/feedback/"])
def test_body_that_was_cut_short_is_not_taken(path: str, new_site_folder: SiteFolders):
    with running_site(new_site_folder()) as site:
        answer = cut_short(site.address, path)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Leave this site" in answer


def cut_short(address: str, path: str) -> bytes:
    """The answer to a body of which half has come."""
    host, port = address.removeprefix("http://").split(":")
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {2 * len(BODY)}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(head.encode() + BODY)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))
