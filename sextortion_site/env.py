"""Settings from the environment.

Each reader takes the variable's name and a default, and stops the start with
``ImproperlyConfigured`` naming the variable when its value makes no sense.
"""

import contextlib
import ipaddress
import os
import re
import secrets
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
PUBLIC_KEY = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
SECRET_LENGTH = 50  # characters at least
DATABASE_SCHEMES = {"sqlite", "postgres", "postgresql"}


def read(name: str, default: T, parse: Callable[[str], T]) -> T:
    """The variable's parsed value, or the default where it is unset or empty."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        return parse(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error


def text(name: str, default: str = "") -> str:
    return read(name, default, str)


def flag(name: str, default: bool = False) -> bool:
    """On or off: 1, true, yes, on; 0, false, no, off."""

    def parse(raw: str) -> bool:
        value = raw.lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        raise ValueError(f"{raw!r} is neither on nor off; use 1 or 0")

    return read(name, default, parse)


def whole_number(name: str, default: int, lowest: int, highest: int) -> int:
    def parse(raw: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", raw) or not lowest <= int(raw) <= highest:
            raise ValueError(f"{raw!r} is not a whole number from {lowest} to {highest}")
        return int(raw)

    return read(name, default, parse)


def one_of(name: str, default: str, choices: Collection[str]) -> str:
    """One of a few words."""

    def parse(raw: str) -> str:
        if raw not in choices:
            raise ValueError(f"{raw!r} is none of {', '.join(choices)}")
        return raw

    return read(name, default, parse)


def public_key(name: str) -> str:
    """A public key as 64 hex digits; empty where there is none."""

    def parse(raw: str) -> str:
        # Not repeated in the message: it may be another key, pasted by mistake.
        if not PUBLIC_KEY.fullmatch(raw):
            raise ValueError("is not 64 hex digits")
        return raw.lower()

    return read(name, "", parse)


def host(name: str, default: str) -> str:
    """A host name or an IP address, without scheme and port."""
    return read(name, default, _host)


def hosts(name: str) -> list[str]:
    """Host names or IP addresses, separated by commas."""
    return read(name, [], lambda raw: [_host(part.strip()) for part in raw.split(",")])


def _host(raw: str) -> str:
    value = raw.lower()
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        pass
    if not HOST_NAME.fullmatch(value):
        raise ValueError(f"{raw!r} is not a host name or an IP address")
    return value


def origin(name: str, default: str) -> str:
    """A scheme and a host with an optional port, such as ``https://example.org``."""

    def parse(raw: str) -> str:
        parts = urlsplit(raw)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{raw!r} is not an address that begins with https:// or http://")
        if parts.path not in {"", "/"} or parts.query or parts.fragment or "@" in parts.netloc:
            raise ValueError(f"{raw!r} has more than a scheme and a host")
        _host(parts.hostname)
        _ = parts.port  # raises ValueError where it is out of range
        return f"{parts.scheme}://{parts.netloc.lower()}"

    return read(name, default, parse)


def folder(name: str, default: Path) -> Path:
    """A folder that the site may write to; made where it is missing."""

    def parse(raw: str) -> Path:
        path = Path(raw).expanduser().resolve()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ValueError(f"{raw!r} cannot be made: {error.strerror}") from error
        if not os.access(path, os.W_OK | os.X_OK):
            raise ValueError(f"{raw!r} cannot be written to")
        return path

    value = read(name, None, parse)
    return parse(str(default)) if value is None else value


def private_folder(name: str, default: Path) -> Path:
    """A folder for this account alone. The default is made where it is missing; another is not,
    since it may lie on a disk that should be there and is not.
    """
    raw = text(name)
    if raw:
        return Path(raw).expanduser().resolve()
    try:
        default.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: {default}: {error.strerror}") from error
    return default


def database(name: str, default: dict[str, Any]) -> dict[str, Any]:
    """Django's database settings from a URL: ``postgresql://writer:password@host/name``."""

    def parse(raw: str) -> dict[str, Any]:
        # The URL may hold a password: it is not repeated in the message.
        if urlsplit(raw).scheme not in DATABASE_SCHEMES:
            raise ValueError("is not a URL that begins with postgresql:// or sqlite:///")
        settings = dict(environ.Env.db_url_config(raw))
        if settings.get("NAME") in {"", ":memory:"}:
            raise ValueError("names no database")
        return settings

    return read(name, default, parse)


def secret(name: str, kept_in: Path) -> str:
    """A secret from the environment, or one made once and kept in a file of mode 0600."""
    value = text(name)
    try:
        if not value and not kept_in.exists():
            _keep_new_secret(kept_in)
        value = value or kept_in.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: {kept_in}: {error.strerror}") from error
    try:
        return _long_enough(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error


def secrets_of_before(name: str) -> list[str]:
    """Separated by commas."""
    return read(name, [], lambda raw: [_long_enough(part.strip()) for part in raw.split(",")])


def _long_enough(value: str) -> str:
    if len(value) < SECRET_LENGTH:
        raise ValueError(f"is shorter than {SECRET_LENGTH} characters")
    return value


def _keep_new_secret(place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = place.with_suffix(f".{os.getpid()}")
    try:
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        # A link fails where the name is taken, so that two first starts agree on one secret.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, place)
    finally:
        fresh.unlink(missing_ok=True)
