"""Durable acceptance: a report lies in a folder, whole, before anybody is told that it arrived.

A file comes into being under a temporary name, is forced to the disk and only then gets its own
name, so under that name there is never half a report. docs/reporting-codes.md has the guarantees.
"""

import fcntl
import hashlib
import logging
import os
import re
import secrets
import stat
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

MAGIC = b"SPOOL\r\n1"  # the line end shows a file that was copied as text
HEADER = struct.Struct(">8sQQ")  # magic, hour of arrival, length of the content
CONTENT = HEADER.size + 32  # where it begins: a SHA-256 stands between
LARGEST = 1024 * 1024  # bytes of content; a sealed report has some 250 KiB at most
HOUR = 3600  # seconds
LATEST = 2**35  # seconds since 1970; a file that claims to be from after the year 3058 is not ours

NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
TEMPORARY = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{16}\.tmp", re.ASCII)
TEMPORARY_SECONDS = 60  # older than this, nobody is writing it any more
ATTEMPTS = 3
DAMAGED = "damaged"

logger = logging.getLogger(__name__)


class SpoolError(Exception):
    """The spool cannot do it: full, read-only, missing. Nothing may be acknowledged."""


class DifferentContent(SpoolError):
    """Something else is already stored under this name, durably; it stays as it is.

    A retry is sealed anew and so differs: whoever keeps one report under one name may take this
    for *already there*."""


@dataclass(frozen=True)
class Entry:
    """One stored report. The hour is when it arrived; nothing finer is kept (UTC)."""

    name: str
    content: bytes = field(repr=False)
    arrived_at: datetime


class _Damaged(Exception):
    """The file is torn or not the spool's."""


def append(folder: Path, name: str, content: bytes) -> None:
    """Stores the content under a name of 32 hexadecimal digits. When this returns, it is on the
    disk. The same again changes nothing.

    Raises DifferentContent where the name is taken, SpoolError where it cannot be stored, and
    ValueError for a bad name or more than LARGEST bytes."""
    _check(name)
    if len(content) > LARGEST:
        raise ValueError("too large for the spool")
    with _opened(folder) as there:
        # A second press needs no room on the disk.
        if _is_stored(there, name, content):
            return
        temporary = f"{name}.{secrets.token_hex(8)}.tmp"
        try:
            _write(there, temporary, _packed(name, content))
            _publish(there, temporary, name, content)
        finally:
            with suppress(OSError):  # what stays is tidied later
                os.unlink(temporary, dir_fd=there)


def waiting(folder: Path) -> Iterator[Entry]:
    """What is stored, in order of arrival. Torn and foreign files are moved to damaged/, and
    temporary ones that somebody left behind are deleted. Raises SpoolError."""
    with _opened(folder) as there:
        for name in _in_order(there):
            try:
                yield _read(there, name)
            except FileNotFoundError:
                continue  # another process was faster
            except _Damaged:
                _try_to_set_aside(there, name)
            except OSError as error:  # one that cannot be read keeps no other from being read
                logger.error("Spool: a file cannot be read: %s", error.strerror)


def remove(folder: Path, name: str) -> None:
    """Takes a stored report away, durably; one that is gone already is no error.

    Raises SpoolError, and ValueError for a bad name."""
    _check(name)
    with _opened(folder) as there:
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=there)
        os.fsync(there)


def damaged(folder: Path) -> int:
    """How many files were moved to damaged/, for somebody to look at. Raises SpoolError."""
    with _opened(folder):
        try:
            return len(list((folder / DAMAGED).iterdir()))
        except FileNotFoundError:
            return 0


def _check(name: str) -> None:
    if not NAME.fullmatch(name):
        raise ValueError("a name in the spool has 32 hexadecimal digits")


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """The folder's descriptor: every step goes to this one folder, even if it is moved."""
    try:
        there = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield there
        finally:
            os.close(there)
    except OSError as error:
        raise SpoolError(f"the spool cannot do it: {error.strerror}") from error


def _write(there: int, temporary: str, data: bytes) -> None:
    """Writes a new file and forces it to the disk."""
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=there)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        # A backup keeps this time, and it may tell no more than the hour.
        os.utime(descriptor, (_this_hour(), _this_hour()))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _publish(there: int, temporary: str, name: str, content: bytes) -> None:
    """Gives the file its own name, which is a link and not a rename: a rename would replace what
    another process has just stored under it."""
    for _attempt in range(ATTEMPTS):
        try:
            os.link(temporary, name, src_dir_fd=there, dst_dir_fd=there)
        except FileExistsError:
            if _is_stored(there, name, content):
                return
        else:
            os.fsync(there)
            return
    raise SpoolError("the spool cannot do it: the name comes and goes")


def _is_stored(there: int, name: str, content: bytes) -> bool:
    """Whether the content lies there already, durably. A torn file is set aside.

    Raises DifferentContent where something else does."""
    try:
        stored = _read(there, name).content
    except FileNotFoundError:
        return False  # or a drain has just taken it
    except _Damaged:
        _set_aside(there, name)
        return False
    # Whoever stored it may not have come this far yet.
    os.fsync(there)
    if stored != content:
        raise DifferentContent("the name is taken") from None
    return True


def _in_order(there: int) -> list[str]:
    """The names of what is stored, the first to arrive first; everything else is cleared away."""
    found = []
    with os.scandir(there) as entries:
        for entry in entries:
            if entry.name == DAMAGED:
                continue
            try:
                # The time of the last change of its links: when it got its name.
                changed_at = entry.stat(follow_symlinks=False).st_ctime_ns
            except FileNotFoundError:
                continue
            if NAME.fullmatch(entry.name):
                found.append((changed_at, entry.name))
            elif TEMPORARY.fullmatch(entry.name):
                if changed_at < (time.time() - TEMPORARY_SECONDS) * 1e9:
                    with suppress(OSError):
                        os.unlink(entry.name, dir_fd=there)
            else:
                _try_to_set_aside(there, entry.name)
    return [name for _changed_at, name in sorted(found)]


def _read(there: int, name: str) -> Entry:
    if not stat.S_ISREG(os.stat(name, dir_fd=there, follow_symlinks=False).st_mode):
        raise _Damaged
    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=there), "rb") as file:
        # One more than there may be, so that a file which is too long is seen to be.
        return _unpacked(name, file.read(CONTENT + LARGEST + 1))


def _try_to_set_aside(there: int, name: str) -> None:
    """One file that cannot be moved keeps no other from being read."""
    try:
        _set_aside(there, name)
    except OSError as error:
        logger.error("Spool: a damaged file cannot be moved: %s", error.strerror)


def _set_aside(there: int, name: str) -> None:
    """Moves a torn or foreign file to a new folder in damaged/, and says so."""
    fcntl.flock(there, fcntl.LOCK_EX)
    try:
        if not _is_damaged(there, name):
            return
        new = f"{DAMAGED}/{secrets.token_hex(8)}"
        with suppress(FileExistsError):
            os.mkdir(DAMAGED, 0o700, dir_fd=there)
        os.mkdir(new, 0o700, dir_fd=there)
        os.rename(name, f"{new}/{name}", src_dir_fd=there, dst_dir_fd=there)
        for folder in (new, DAMAGED, "."):
            _sync(there, folder)
    finally:
        fcntl.flock(there, fcntl.LOCK_UN)
    # The name of a foreign file may be anything, so it is not told.
    logger.error("Spool: a torn or foreign file was moved to %s", new)


def _is_damaged(there: int, name: str) -> bool:
    """Asked again under the lock: another process may have moved the file, and a whole one may
    already lie in its place."""
    try:
        _read(there, name)
    except FileNotFoundError:
        return False
    except _Damaged:
        return True
    return not NAME.fullmatch(name)


def _sync(there: int, folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY, dir_fd=there)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _this_hour() -> int:
    """When the hour began, in seconds since 1970."""
    return int(time.time()) // HOUR * HOUR


def _packed(name: str, content: bytes) -> bytes:
    head = HEADER.pack(MAGIC, _this_hour(), len(content))
    return head + _digest(name, head, content) + content


def _unpacked(name: str, data: bytes) -> Entry:
    head, digest = data[: HEADER.size], data[HEADER.size : CONTENT]
    content = data[CONTENT:]
    if digest != _digest(name, head, content):
        raise _Damaged
    magic, hour, length = HEADER.unpack(head)
    if magic != MAGIC or length != len(content) or hour > LATEST:
        raise _Damaged
    return Entry(name, content, datetime.fromtimestamp(hour, UTC))


def _digest(name: str, head: bytes, content: bytes) -> bytes:
    """Of the name too, so that a file under another's name is seen."""
    return hashlib.sha256(name.encode() + head + content).digest()
