"""A private key at rest: under a passphrase that one person knows."""

import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from reporting.sealing import box, strict
from reporting.sealing.errors import CannotOpen
from reporting.sealing.keys import PrivateKey, Purpose

VERSION = 1
SALT = 16  # bytes
SHORTEST_PASSPHRASE = 16  # characters

_HEADER = {"version", "purpose", "key_id", "holder", "argon2id", "salt"}


@dataclass(frozen=True)
class Cost:
    """What one guess at a passphrase costs: KiB of memory, passes over it, lanes beside each
    other."""

    memory_kib: int
    passes: int
    lanes: int


# RFC 9106, section 4, the choice where memory is short: 64 MiB, 3 passes, 4 lanes. It takes some
# 0.3 s here; an officer waits for it once a shift, and a guesser for each guess. The 2 GiB of the
# first choice could take a small staff server down when several officers come on duty.
COST = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
# A file may have been changed to take the machine's memory; more than this is not tried.
_HIGHEST = Cost(memory_kib=256 * 1024, passes=10, lanes=16)


def wrap_private(key: PrivateKey, holder: str, passphrase: str, cost: Cost = COST) -> bytes:
    """The key as a file for that holder: under a key that Argon2id makes of the passphrase.

    ``holder`` is bound to it: a file does not open under another's name. ValueError for a
    passphrase of fewer than 16 characters.
    """
    if len(_normal(passphrase)) < SHORTEST_PASSPHRASE:
        raise ValueError(f"a passphrase has at least {SHORTEST_PASSPHRASE} characters")
    salt = secrets.token_bytes(SALT)
    header = {
        "version": VERSION,
        "purpose": key.purpose.value,
        "key_id": key.key_id,
        "holder": holder,
        "argon2id": {
            "memory_kib": cost.memory_kib,
            "passes": cost.passes,
            "lanes": cost.lanes,
        },
        "salt": strict.to_base64(salt),
    }
    wrapped = box.lock(_derive(passphrase, salt, cost), key.private, strict.dump(header))
    return strict.dump({**header, "wrapped": strict.to_base64(wrapped)})


def unwrap_private(file: bytes, holder: str, passphrase: str) -> PrivateKey:
    """The key of such a file.

    CannotOpen for another passphrase, another holder, and a file that was changed.
    """
    try:
        header = strict.load(file, _HEADER | {"wrapped"})
        wrapped = strict.from_base64(header.pop("wrapped"))
        salt = strict.from_base64(header["salt"])
        cost = _read_cost(header["argon2id"])
        purpose = Purpose(header["purpose"])
    except (ValueError, TypeError):
        raise CannotOpen from None
    if header["version"] != VERSION or header["holder"] != holder or len(salt) != SALT:
        raise CannotOpen
    private = box.unlock(_derive(passphrase, salt, cost), wrapped, strict.dump(header))
    return PrivateKey(purpose, private)


def holder_of(file: bytes) -> str:
    """Whose file it says it is; it opens under that name alone. CannotOpen where it is none."""
    try:
        return str(strict.load(file, _HEADER | {"wrapped"})["holder"])
    except ValueError:
        raise CannotOpen from None


def _read_cost(fields: Any) -> Cost:
    cost = Cost(**fields)
    for name, highest in vars(_HIGHEST).items():
        value = getattr(cost, name)
        if type(value) is not int or not 1 <= value <= highest:
            raise ValueError("a cost that is not ours")
    # Argon2's own bound; below it the library has another exception.
    if cost.memory_kib < 8 * cost.lanes:
        raise ValueError("too little memory for the lanes")
    return cost


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return Argon2id(
        salt=salt,
        length=box.KEY,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(_normal(passphrase).encode())


def _normal(passphrase: str) -> str:
    """One spelling for all keyboards: é may be typed as one letter or as two."""
    return unicodedata.normalize("NFKC", passphrase)
