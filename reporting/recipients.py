"""The public keys that reports are sealed to; the process keeps them, and reads changed ones."""

import logging
import threading
from pathlib import Path

from django.conf import settings

from reporting.keystore import KeyStoreError, load_current
from reporting.sealing import Manifest

logger = logging.getLogger(__name__)


class _Memory:
    """The last manifest that held, and the state of the folder when it was read."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.manifest: Manifest | None = None
        self.seen: object = None


_memory = _Memory()


def current() -> Manifest:
    """The manifest to seal to.

    Where a new one does not hold, the one that did is used on, since a report must not be lost
    over it; the log says so. KeyStoreError where there has been none that held.
    """
    with _memory.lock:
        seen = _state_of(settings.REPORT_KEYS_DIR)
        if _memory.manifest is None or seen != _memory.seen:
            _read(seen)
        if _memory.manifest is None:
            raise KeyStoreError("There is no manifest to seal to.")
        return _memory.manifest


def _read(seen: object) -> None:
    try:
        _memory.manifest = load_current(settings.REPORT_KEYS_DIR, settings.REPORT_MANIFEST_KEY)
        _memory.seen = seen
    except KeyStoreError as error:
        # Not seen yet: what is only half copied is whole the next time, in a folder that looks
        # the same.
        logger.error("Report keys: %s", error)


def _state_of(folder: Path) -> object:
    """Differs once a file comes into the folder or goes; None where there is no folder."""
    try:
        return folder, folder.stat().st_mtime_ns
    except OSError:
        return None
