"""Where a request comes from, as far as the counts need it: bytes that only name a bucket."""

import ipaddress
import re
from collections.abc import Mapping

from django.conf import settings

# One household or one server has a whole /64, and changes its address within it at will.
IPV6_PREFIX = 64


def client_of(meta: Mapping[str, str]) -> bytes | None:
    """The address of ``request.META`` packed, an IPv6 one by its /64; never kept or shown, only
    given to ``Watch``. None where it cannot be told apart from others', so that nobody answers
    for them.

    On https the site stands behind a proxy, which writes the address of whoever asks it at the
    end of ``X-Forwarded-For``; what stands before that anybody may have made up.
    """
    if settings.SITE_IS_HTTPS:
        written = meta.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    else:
        written = meta.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(_without_port(written.strip()))
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return address.packed
    if address.ipv4_mapped:
        return address.ipv4_mapped.packed
    return address.packed[: IPV6_PREFIX // 8]


def _without_port(written: str) -> str:
    """Some proxies write ``192.0.2.1:4711`` or ``[2001:db8::1]:4711``."""
    found = re.fullmatch(r"\[(.+)\](?::\d+)?|([\d.]+):\d+", written)
    return (found[1] or found[2]) if found else written
