"""Keys for tests: made once, and wrapped at next to no cost."""

from datetime import date
from pathlib import Path

from reporting.keystore import FOR_OFFICERS, make_keys, wrap_for_officer
from reporting.sealing import Cost, Manifest, PrivateKey, Purpose, by_id

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
TODAY = date(2026, 3, 1)

KEEPER = "words of the custodian"
SAFE = "words of the recovery key"

KEYS = {purpose: PrivateKey.new(purpose) for purpose in Purpose}
TEAM = by_id(KEYS[Purpose.TEAM])
IDENTITY = by_id(KEYS[Purpose.IDENTITY])
RECOVERY = by_id(KEYS[Purpose.RECOVERY])
OPENED_BY = [
    ("triage", TEAM),
    ("body", TEAM),
    ("identity", IDENTITY),
    ("triage", RECOVERY),
    ("body", RECOVERY),
    ("identity", RECOVERY),
]


def manifest_of(keys: dict[Purpose, PrivateKey], number: int = 1) -> Manifest:
    public = {purpose: key.public for purpose, key in keys.items()}
    del public[Purpose.SIGNING]
    return Manifest(number, TODAY, False, public)


MANIFEST = manifest_of(KEYS)


def words_of(officer: str) -> str:
    return f"the words of {officer}"


def new_store(folder: Path, **officers: tuple[Purpose, ...]) -> Path:
    """A folder of keys with these officers, each with their purposes."""
    make_keys(folder, KEEPER, SAFE, TODAY, CHEAP)
    for name, purposes in officers.items():
        wrap_for_officer(folder, name, purposes or FOR_OFFICERS, KEEPER, words_of(name), CHEAP)
    return folder
