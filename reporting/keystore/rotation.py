"""New keys for old ones: at set times, and whenever somebody leaves."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from reporting.keystore.files import KeyStoreError
from reporting.keystore.folder import (
    OFFICERS,
    Holder,
    custodian,
    holds_keys,
    load_current,
    officer,
    officers_with,
    recovery,
)
from reporting.keystore.making import FOR_OFFICERS, signing_key, write_all, write_manifest
from reporting.sealing import COST, Cost, Manifest, PrivateKey, Purpose


@dataclass(frozen=True)
class Rotation:
    """What is to be replaced, and what becomes of each officer who holds it.

    Officers who stay give their passphrase, and hold the new key before anything is sealed to it.
    Leavers lose their files. Those who are absent keep the old key and are given the new one
    later, by ``wrap_for_officer``.
    """

    purposes: frozenset[Purpose] = frozenset(FOR_OFFICERS)
    leavers: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Passphrases:
    """Of everybody who is needed. ``recovery`` is a new one, where that key is replaced."""

    custodian: str = field(repr=False)
    officers: Mapping[str, str] = field(default_factory=dict, repr=False)
    recovery: str = field(default="", repr=False)


def to_be_asked(folder: Path, rotation: Rotation) -> list[str]:
    """Whose passphrases the rotation needs, by name.

    KeyStoreError where somebody leaves who holds no key, or one that is not replaced: they would
    go on reading.
    """
    held = _holders(folder, load_current(folder))
    for name in sorted(rotation.leavers):
        if not holds_keys(folder, name):
            raise KeyStoreError(f"{name} holds no key.")
        kept = [purpose for purpose in held if purpose not in rotation.purposes]
        if any(name in held[purpose] for purpose in kept):
            raise KeyStoreError(f"{name} holds a key that would stay in use: replace that too.")
    staying = {name for purpose in rotation.purposes for name in held.get(purpose, ())}
    return sorted(staying - rotation.leavers - rotation.absent)


def rotate(
    folder: Path,
    rotation: Rotation,
    passphrases: Passphrases,
    issued_on: date,
    cost: Cost = COST,
) -> Manifest:
    """Replaces keys, and signs the next manifest, which is written last.

    What was sealed before stays readable to those who hold the old keys; what is sealed after the
    public server has the new manifest opens with the new ones alone. KeyStoreError, with nothing
    changed, where somebody's passphrase is missing or does not open what they hold.
    """
    staying = to_be_asked(folder, rotation)
    keeper = custodian(folder, passphrases.custodian)
    signer = signing_key(keeper)
    manifest = load_current(folder, pinned=signer.public.hex())
    keys = {purpose: PrivateKey.new(purpose) for purpose in Purpose if purpose in rotation.purposes}
    holders = {
        Purpose.RECOVERY: [recovery(folder, passphrases.recovery)],
        **{purpose: [keeper] for purpose in FOR_OFFICERS},
    }
    for name in staying:
        holder = _checked(folder, name, passphrases)
        for purpose in FOR_OFFICERS:
            if holder.file(purpose, manifest.key_id(purpose)).exists():
                holders[purpose].append(holder)
    new = [holder.wrap(key, cost) for purpose, key in keys.items() for holder in holders[purpose]]
    following = replace(
        manifest,
        number=manifest.number + 1,
        issued_on=issued_on,
        public_keys={
            **manifest.public_keys,
            **{purpose: key.public for purpose, key in keys.items()},
        },
    )
    write_all(new)
    write_manifest(folder, following, signer)
    for name in rotation.leavers:
        shutil.rmtree(folder / OFFICERS / name)
    return following


def _holders(folder: Path, manifest: Manifest) -> dict[Purpose, set[str]]:
    """Who holds the keys in use."""
    return {
        purpose: officers_with(folder, purpose, manifest.key_id(purpose))
        for purpose in FOR_OFFICERS
    }


def _checked(folder: Path, name: str, passphrases: Passphrases) -> Holder:
    """An officer whose passphrase opens all that they hold."""
    if name not in passphrases.officers:
        raise KeyStoreError(f"{name} holds a key: their passphrase is needed.")
    holder = officer(folder, name, passphrases.officers[name])
    for path in holder.paths():
        holder.unwrap(path)
    return holder
