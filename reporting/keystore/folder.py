"""What stands where in the folder, and reading it."""

import contextlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from reporting.keystore import files
from reporting.keystore.files import KeyStoreError
from reporting.sealing import (
    BadManifest,
    CannotOpen,
    Cost,
    Manifest,
    PrivateKey,
    Purpose,
    by_id,
    load_manifest,
    unwrap_private,
    wrap_private,
)

OFFICERS, CUSTODIAN, RECOVERY = "officers", "custodian", "recovery"
# What holds private keys, and so is on no server for the public.
PRIVATE_FOLDERS = (OFFICERS, CUSTODIAN, RECOVERY)
PINNED = "manifest.pub"

# A part of a path, so neither a slash nor a dot in front.
_OFFICER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9@.+_-]{0,149}")
_MANIFEST = re.compile(r"manifest-([0-9]{4})\.json")


@dataclass(frozen=True)
class Holder:
    """Somebody's folder, the name that their files are bound to, and their passphrase."""

    place: Path
    name: str
    passphrase: str = field(repr=False)

    def file(self, purpose: Purpose, key_id: str) -> Path:
        return self.place / f"{purpose}-{key_id}.json"

    def wrap(self, key: PrivateKey, cost: Cost) -> tuple[Path, bytes]:
        """The file of a key for them, and where it goes."""
        wrapped = wrap_private(key, self.name, self.passphrase, cost)
        return self.file(key.purpose, key.key_id), wrapped

    def paths(self, purpose: str = "*") -> list[Path]:
        """The files that they have for a purpose, or for all."""
        return sorted(self.place.glob(f"{purpose}-*.json"))

    def unwrap(self, path: Path) -> PrivateKey:
        """The key in a file of theirs; KeyStoreError, with the file's name, where it stays shut."""
        try:
            return unwrap_private(files.read(path), self.name, self.passphrase)
        except CannotOpen:
            raise KeyStoreError(
                f"{path} does not open: another passphrase, or the file was changed."
            ) from None


def custodian(folder: Path, passphrase: str) -> Holder:
    """Who looks after the keys, and reads no report."""
    return Holder(folder / CUSTODIAN, "custodian", passphrase)


def recovery(folder: Path, passphrase: str) -> Holder:
    """Whoever may open the safe."""
    return Holder(folder / RECOVERY, "recovery", passphrase)


def officer(folder: Path, name: str, passphrase: str) -> Holder:
    """An officer; KeyStoreError where that can be no officer's name."""
    if not is_officer_name(name):
        raise KeyStoreError(f"{name!r} is no name for an officer: letters, digits and @.+_- only.")
    return Holder(folder / OFFICERS / name, f"officer:{name}", passphrase)


def is_officer_name(name: str) -> bool:
    """Whether this can be the name of an officer: letters, digits and ``@.+_-``, as in Django."""
    return _OFFICER.fullmatch(name) is not None


def holds_keys(folder: Path, name: str) -> bool:
    """Whether that officer holds any key; KeyStoreError where it can be no officer's name."""
    return bool(officer(folder, name, "").paths())


def officers_with(folder: Path, purpose: Purpose, key_id: str) -> set[str]:
    """Who holds that key."""
    found = folder.glob(f"{OFFICERS}/*/{purpose}-{key_id}.json")
    return {path.parent.name for path in found}


def unlock(folder: Path, name: str, passphrase: str) -> dict[str, PrivateKey]:
    """The keys that an officer holds, older ones included, by their ids.

    A file that is damaged does not keep the others shut. CannotOpen where none opens, which is
    also what somebody gets who holds no key. It takes some 0.3 s for each key.
    """
    holder = officer(folder, name, passphrase)
    keys = []
    for path in holder.paths():
        with contextlib.suppress(KeyStoreError):
            keys.append(holder.unwrap(path))
    if not keys:
        raise CannotOpen
    return by_id(*keys)


def manifest_file(folder: Path, number: int) -> Path:
    return folder / f"manifest-{number:04}.json"


def has_keys(folder: Path) -> bool:
    """Whether there are keys to seal to, sound or not."""
    return _newest_number(folder) is not None


def _newest_number(folder: Path) -> int | None:
    found = (_MANIFEST.fullmatch(path.name) for path in folder.glob("manifest-*"))
    return max((int(match[1]) for match in found if match), default=None)


def load_current(folder: Path, pinned: str = "") -> Manifest:
    """The newest manifest in the folder, checked against the pinned public signing key.

    ``pinned``: 64 hex digits, from the settings; where empty, those in ``manifest.pub`` beside it,
    which guards against damage, but not against one who may write there. An older manifest never
    stands in for a newer one that is damaged. KeyStoreError where there is none, or none that
    fits.
    """
    newest = _newest_number(folder)
    if newest is None:
        raise KeyStoreError(f"{folder} holds no manifest; make_report_keys makes one.")
    path = manifest_file(folder, newest)
    signed = files.read(path)
    try:
        public = bytes.fromhex(pinned or files.read(folder / PINNED).decode())
        manifest = load_manifest(signed, public)
    except ValueError:
        raise KeyStoreError("The public signing key is not 64 hex digits.") from None
    except BadManifest as error:
        raise KeyStoreError(f"{path}: {error}") from None
    if manifest.number != newest:
        raise KeyStoreError(f"{path} holds the manifest of another number.")
    return manifest
