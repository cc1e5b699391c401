"""Private keys with what they are for, and the ids by which all keys are named."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reporting.sealing import hpke, strict

_ID_LABEL = b"sextortion-site key id 1"


class Purpose(StrEnum):
    """What a key is for."""

    TEAM = "team"  # officers: the flags and the report
    IDENTITY = "identity"  # those who may know who has reported
    RECOVERY = "recovery"  # everything, from a safe, when all else is lost
    SIGNING = "signing"  # signs the list of public keys; opens nothing


def key_id(purpose: Purpose, public: bytes) -> str:
    """The name of a key: 32 hex digits of a hash of its public half and its purpose.

    So one key cannot go by another's name, nor serve another purpose under its own.
    """
    return hashlib.sha256(_ID_LABEL + purpose.encode() + b"\0" + public).hexdigest()[:32]


@dataclass(frozen=True)
class PrivateKey:
    """A private key. Its printed form names it, and holds nothing secret.

    ``private`` has 96 bytes, or for signing the 32 of an Ed25519 seed; else ValueError.
    """

    purpose: Purpose
    private: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.private) != (32 if self.purpose == Purpose.SIGNING else hpke.PRIVATE):
            raise ValueError("a private key of another length")

    @classmethod
    def new(cls, purpose: Purpose) -> "PrivateKey":
        if purpose == Purpose.SIGNING:
            return cls(purpose, Ed25519PrivateKey.generate().private_bytes_raw())
        return cls(purpose, hpke.new_private())

    @cached_property
    def public(self) -> bytes:
        """The public half: 1,216 bytes, or 32 for signing."""
        if self.purpose == Purpose.SIGNING:
            return (
                Ed25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()
            )
        return hpke.public_of(self.private)

    @cached_property
    def key_id(self) -> str:
        return key_id(self.purpose, self.public)

    @cached_property
    def open(self) -> Callable[[bytes, bytes], bytes]:
        """Opens what was sealed to this key: ``open(sealed, info)``, or CannotOpen."""
        return hpke.opener(self.private)

    def as_text(self) -> str:
        """The key itself in one line, such as ``team:…``: a secret, for memory or for paper."""
        return f"{self.purpose}:{strict.to_base64(self.private)}"

    @classmethod
    def from_text(cls, text: str) -> "PrivateKey":
        """Reads ``as_text``; ValueError, without the text, where it is none."""
        purpose, _, private = text.strip().partition(":")
        try:
            return cls(Purpose(purpose), strict.from_base64(private))
        except ValueError:
            raise ValueError("not a private key as this site writes it") from None


PrivateKeys = Mapping[str, PrivateKey]


def by_id(*keys: PrivateKey) -> dict[str, PrivateKey]:
    """The keys by their ids, as ``open_part`` wants them."""
    return {key.key_id: key for key in keys}
