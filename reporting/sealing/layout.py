"""The bytes of an envelope.

    header    5 bytes: ``SXR`` and zero, then the version
    for triage, body, identity in this order:
        1 byte         number of the size class
        2 of 1,216     for each recipient: 16 bytes key id, 1,200 bytes HPKE
        12 + size + 16 the box: nonce, AES-256-GCM
    tag       32 bytes: HMAC-SHA256 of all that stands before it

Every length follows from the three size classes, so there is one spelling only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType

from reporting.sealing import box, hpke
from reporting.sealing.errors import CannotOpen
from reporting.sealing.keys import Purpose

VERSION = 1
HEADER = b"SXR\0" + bytes([VERSION])

PARTS = ("triage", "body", "identity")

# Who can open what. Recovery comes last: it is what a report is opened with when all else fails.
RECIPIENTS: Mapping[str, tuple[Purpose, ...]] = MappingProxyType(
    {
        "triage": (Purpose.TEAM, Purpose.RECOVERY),
        "body": (Purpose.TEAM, Purpose.RECOVERY),
        "identity": (Purpose.IDENTITY, Purpose.RECOVERY),
    }
)

# Size classes in bytes, of which four are the length. A form of 64 KiB fits whatever it holds.
SIZES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "triage": (1024,),
        "body": (4 * 1024, 16 * 1024, 64 * 1024, 128 * 1024),
        "identity": (2 * 1024, 8 * 1024, 32 * 1024),
    }
)

KEY_ID = 16  # bytes
TAG = 32
# What is sealed to a recipient: the key of the part, and the key of the whole envelope's tag.
SECRETS = 2 * box.KEY
WRAPPED = SECRETS + hpke.OVERHEAD


@dataclass(frozen=True)
class SealedPart:
    """A box, and for each recipient's key id the sealed keys to it, in order."""

    wrapped: Mapping[str, bytes]
    box: bytes


@dataclass(frozen=True)
class Envelope:
    """An envelope taken apart. ``covered`` is what the tag is of. Nothing is verified yet."""

    parts: Mapping[str, SealedPart]
    covered: bytes
    tag: bytes


def join(parts: Mapping[str, SealedPart]) -> bytes:
    """The envelope without its tag."""
    return HEADER + b"".join(_part_bytes(parts[name], SIZES[name]) for name in PARTS)


def _part_bytes(part: SealedPart, sizes: tuple[int, ...]) -> bytes:
    size_class = sizes.index(len(part.box) - box.OVERHEAD)
    slots = (bytes.fromhex(key_id) + wrapped for key_id, wrapped in part.wrapped.items())
    return bytes([size_class]) + b"".join(slots) + part.box


def parse(data: bytes) -> Envelope:
    """Takes an envelope apart; CannotOpen where it is none of this version."""
    stream = BytesIO(data)
    if stream.read(len(HEADER)) != HEADER:
        raise CannotOpen
    parts = {name: _read_part(stream, name) for name in PARTS}
    covered = data[: stream.tell()]
    tag = stream.read()
    # Also where it ended early: a stream that has ended gives empty bytes.
    if len(tag) != TAG:
        raise CannotOpen
    return Envelope(parts, covered, tag)


def _read_part(stream: BytesIO, name: str) -> SealedPart:
    sizes = SIZES[name]
    size_class = int.from_bytes(stream.read(1), "big")
    if size_class >= len(sizes):
        raise CannotOpen
    wrapped = {stream.read(KEY_ID).hex(): stream.read(WRAPPED) for _purpose in RECIPIENTS[name]}
    return SealedPart(wrapped, stream.read(sizes[size_class] + box.OVERHEAD))
