"""Whether a report could be opened if every key but the one in the safe were lost."""

import secrets
from pathlib import Path

from reporting.keystore.files import KeyStoreError
from reporting.keystore.folder import load_current, recovery
from reporting.sealing import (
    PARTS,
    CannotOpen,
    Manifest,
    PrivateKey,
    Purpose,
    by_id,
    open_part,
    seal,
)


def unlock_recovery(folder: Path, passphrase: str) -> PrivateKey:
    """The recovery key that the newest manifest seals to, from the folder ``recovery``.

    KeyStoreError where it is not there, or does not open.
    """
    holder = recovery(folder, passphrase)
    key_id = load_current(folder).key_id(Purpose.RECOVERY)
    return holder.unwrap(holder.file(Purpose.RECOVERY, key_id))


def rehearse(manifest: Manifest, key: PrivateKey) -> None:
    """Seals a marker report to the manifest, and opens all of it with this key alone.

    KeyStoreError where any part does not come back as it was.
    """
    report_id = secrets.token_bytes(16)
    parts = {part: f"{part} {secrets.token_hex(16)}".encode() for part in PARTS}
    envelope = seal(report_id, parts, manifest)
    try:
        is_back = all(
            open_part(envelope, report_id, part, by_id(key)) == parts[part] for part in PARTS
        )
    except CannotOpen:
        is_back = False
    if not is_back:
        raise KeyStoreError(
            "This key does not open what is sealed today: reports could not be recovered with it."
        )
