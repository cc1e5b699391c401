"""Making the first keys, and giving them to officers."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from reporting.keystore import files
from reporting.keystore.files import KeyStoreError
from reporting.keystore.folder import (
    PINNED,
    Holder,
    custodian,
    manifest_file,
    officer,
    recovery,
)
from reporting.sealing import COST, Cost, Manifest, PrivateKey, Purpose, sign_manifest

FOR_OFFICERS = (Purpose.TEAM, Purpose.IDENTITY)


def make_keys(
    folder: Path,
    passphrase: str,
    recovery_passphrase: str,
    issued_on: date,
    cost: Cost = COST,
) -> Manifest:
    """Makes all keys of a force in a folder that is new or empty, and signs its first manifest.

    The custodian's passphrase covers signing, team and identity; recovery has its own, since it
    is to lie elsewhere and in other hands. KeyStoreError where the folder holds anything;
    ValueError for a short passphrase.
    """
    with files.whole_folder(folder) as fresh:
        return fill_folder(fresh, passphrase, recovery_passphrase, issued_on, cost=cost)


def fill_folder(
    folder: Path,
    passphrase: str,
    recovery_passphrase: str,
    issued_on: date,
    *,
    is_development: bool = False,
    cost: Cost = COST,
) -> Manifest:
    """The same, in a folder that is there."""
    keys = {purpose: PrivateKey.new(purpose) for purpose in Purpose}
    manifest = Manifest(
        number=1,
        issued_on=issued_on,
        is_development=is_development,
        public_keys={
            purpose: key.public for purpose, key in keys.items() if purpose != Purpose.SIGNING
        },
    )
    keeper, safe = custodian(folder, passphrase), recovery(folder, recovery_passphrase)
    write_all(keeper.wrap(keys[purpose], cost) for purpose in (Purpose.SIGNING, *FOR_OFFICERS))
    write_all([safe.wrap(keys[Purpose.RECOVERY], cost)])
    files.write_new(folder / PINNED, keys[Purpose.SIGNING].public.hex().encode() + b"\n")
    write_manifest(folder, manifest, keys[Purpose.SIGNING])
    return manifest


def wrap_for_officer(
    folder: Path,
    name: str,
    purposes: Iterable[Purpose],
    passphrase: str,
    officer_passphrase: str,
    cost: Cost = COST,
) -> list[PrivateKey]:
    """Gives an officer all keys of these purposes, older ones too, that they do not hold yet.

    The officer keeps one passphrase: where they hold a key, it has to open that. KeyStoreError
    where it does not, where the custodian's does not, and where they hold all of them already.
    """
    keeper = custodian(folder, passphrase)
    holder = officer(folder, name, officer_passphrase)
    for path in holder.paths():
        holder.unwrap(path)
    paths = [path for purpose in purposes for path in keeper.paths(purpose)]
    if not paths:
        raise KeyStoreError(f"{keeper.place} holds no such key.")
    keys = [keeper.unwrap(path) for path in paths if not (holder.place / path.name).exists()]
    if not keys:
        raise KeyStoreError(f"{name} holds these keys already; nothing was written.")
    write_all([holder.wrap(key, cost) for key in keys])
    return keys


def write_all(wrapped: Iterable[tuple[Path, bytes]]) -> None:
    for path, data in wrapped:
        files.make_folder(path.parent)
        files.write_new(path, data)


def write_manifest(folder: Path, manifest: Manifest, signing_key: PrivateKey) -> None:
    files.write_new(manifest_file(folder, manifest.number), sign_manifest(manifest, signing_key))


def signing_key(keeper: Holder) -> PrivateKey:
    """The signing key; KeyStoreError where the custodian has none, or it stays shut."""
    paths = keeper.paths(Purpose.SIGNING)
    if not paths:
        raise KeyStoreError(f"{keeper.place} holds no signing key.")
    return keeper.unwrap(paths[0])
