"""A report in an envelope: three parts, each under a key of its own, for its own recipients."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from reporting.sealing import box, hpke, layout
from reporting.sealing.errors import CannotOpen
from reporting.sealing.keys import PrivateKeys
from reporting.sealing.layout import PARTS, RECIPIENTS, SIZES, SealedPart
from reporting.sealing.manifest import Manifest
from reporting.sealing.padding import pad, unpad

REPORT_ID = 16  # bytes, of a UUID

# Each is of one length, and what follows is too, so that no two contexts read alike.
_FOR_KEYS = b"sextortion-site report keys "
_FOR_PART = b"sextortion-site report part "
_FOR_TAG = b"sextortion-site report tag  "


def seal(report_id: bytes, parts: Mapping[str, bytes], manifest: Manifest) -> bytes:
    """Seals the three parts of a report to the manifest's keys.

    ``parts`` names exactly triage, body and identity; one that has nothing to say is empty, and
    looks like any other. ValueError for other names, an id that has not 16 bytes, and a part that
    is longer than its largest size class.
    """
    _check_id(report_id)
    if set(parts) != set(PARTS):
        raise ValueError(f"a report has the parts {', '.join(PARTS)}")
    envelope_key = secrets.token_bytes(box.KEY)
    envelope = layout.join(
        {name: _seal_part(name, parts[name], report_id, envelope_key, manifest) for name in PARTS}
    )
    return envelope + _tag(envelope_key, report_id, envelope)


def open_part(envelope: bytes, report_id: bytes, part: str, keys: PrivateKeys) -> bytes:
    """One part of a sealed report, by whichever of the keys it is sealed to.

    CannotOpen where that is none of them, and where anything in the envelope was changed, parts
    that these keys do not open included. ValueError for a part or an id that cannot be.
    """
    _check_id(report_id)
    if part not in PARTS:
        raise ValueError(f"a report has the parts {', '.join(PARTS)}")
    found = layout.parse(envelope)
    sealed = found.parts[part]
    for key_id, wrapped in sealed.wrapped.items():
        if key_id in keys:
            both = keys[key_id].open(wrapped, _context_of_keys(part, report_id, key_id))
            break
    else:
        raise CannotOpen
    part_key, envelope_key = both[: box.KEY], both[box.KEY :]
    if not hmac.compare_digest(found.tag, _tag(envelope_key, report_id, found.covered)):
        raise CannotOpen
    return unpad(box.unlock(part_key, sealed.box, _context_of_part(part, report_id)), SIZES[part])


def addressed_to(envelope: bytes) -> dict[str, tuple[str, ...]]:
    """For each part the ids of the keys that open it. Unverified; CannotOpen where it is none."""
    parts = layout.parse(envelope).parts
    return {name: tuple(part.wrapped) for name, part in parts.items()}


def _seal_part(
    part: str, plaintext: bytes, report_id: bytes, envelope_key: bytes, manifest: Manifest
) -> SealedPart:
    part_key = secrets.token_bytes(box.KEY)
    wrapped = {}
    for purpose in RECIPIENTS[part]:
        key_id = manifest.key_id(purpose)
        wrapped[key_id] = hpke.encrypt_to(
            manifest.public_keys[purpose],
            part_key + envelope_key,
            _context_of_keys(part, report_id, key_id),
        )
    padded = pad(plaintext, SIZES[part])
    return SealedPart(wrapped, box.lock(part_key, padded, _context_of_part(part, report_id)))


def _tag(envelope_key: bytes, report_id: bytes, envelope: bytes) -> bytes:
    """Ties the parts together: who opens one learns that none was changed, swapped or grafted on.

    Anybody can seal to a public key, so without it a new identity could be put into an envelope
    whose other parts still open.
    """
    return hmac.digest(envelope_key, _FOR_TAG + report_id + envelope, hashlib.sha256)


def _context_of_keys(part: str, report_id: bytes, key_id: str) -> bytes:
    return _FOR_KEYS + _place(part, report_id) + bytes.fromhex(key_id)


def _context_of_part(part: str, report_id: bytes) -> bytes:
    return _FOR_PART + _place(part, report_id)


def _place(part: str, report_id: bytes) -> bytes:
    return bytes([layout.VERSION, PARTS.index(part)]) + report_id


def _check_id(report_id: bytes) -> None:
    if len(report_id) != REPORT_ID:
        raise ValueError(f"the id of a report has {REPORT_ID} bytes")
