"""Files and folders that are there whole or not at all, for the owner's eyes alone."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path


class KeyStoreError(Exception):
    """What is wrong with the keys on disk, in a sentence for whoever looks after them.

    It names files and people, and holds no secret.
    """


def write_new(path: Path, data: bytes) -> None:
    """Writes a file of mode 0600 that was not there before; KeyStoreError where it was.

    It survives a power cut once this has returned, and is never seen half written.
    """
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, fails where the name is taken.
        os.link(fresh, path)
    except FileExistsError:
        raise KeyStoreError(f"{path} is there already; nothing is written over.") from None
    except OSError as error:
        raise KeyStoreError(f"{path}: {error.strerror}.") from error
    finally:
        fresh.unlink(missing_ok=True)
    _settle(path.parent)


def make_folder(path: Path) -> None:
    """Makes a folder of mode 0700, and those above it, where they are missing."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    _settle(path.parent)


@contextlib.contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Gives a folder to fill, which gets its name once all is in it.

    KeyStoreError where there is a folder of that name with anything in it.
    """
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        make_folder(path.parent)
        fresh.mkdir(mode=0o700)
        yield fresh
        # Replaces an empty folder, and fails on any other.
        fresh.rename(path)
        _settle(path.parent)
    except OSError as error:
        if path.exists():
            raise KeyStoreError(f"{path} is there already; nothing is written over.") from error
        raise KeyStoreError(f"{error.filename}: {error.strerror}.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def read(path: Path) -> bytes:
    """The bytes of a file; KeyStoreError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyStoreError(f"{path}: {error.strerror}.") from error


def _settle(folder: Path) -> None:
    """Has the folder's new names survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
