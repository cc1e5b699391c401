"""The manifest: the public keys to seal to, signed by a key that is on no server."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reporting.sealing import hpke, strict
from reporting.sealing.errors import BadManifest
from reporting.sealing.keys import PrivateKey, Purpose, key_id

VERSION = 1
SEALED_TO = (Purpose.TEAM, Purpose.IDENTITY, Purpose.RECOVERY)

_SIGNED_AS = b"sextortion-site manifest 1\n"
_FIELDS = {"version", "number", "issued_on", "is_development", "keys"}


@dataclass(frozen=True)
class Manifest:
    """The public keys in use, one for each purpose but signing.

    ``number`` counts up from 1 with every rotation. There is no date after which a key is not
    sealed to: a report must never be lost because nobody has rotated.
    """

    number: int
    issued_on: date
    is_development: bool
    public_keys: Mapping[Purpose, bytes]

    def key_id(self, purpose: Purpose) -> str:
        return key_id(purpose, self.public_keys[purpose])


def sign_manifest(manifest: Manifest, signing_key: PrivateKey) -> bytes:
    """The manifest and its signature in one file. ValueError for a key of another purpose."""
    if signing_key.purpose != Purpose.SIGNING:
        raise ValueError("not a signing key")
    fields = {
        "version": VERSION,
        "number": manifest.number,
        "issued_on": manifest.issued_on.isoformat(),
        "is_development": manifest.is_development,
        "keys": {
            purpose.value: {
                "id": manifest.key_id(purpose),
                "public": strict.to_base64(manifest.public_keys[purpose]),
            }
            for purpose in SEALED_TO
        },
    }
    signer = Ed25519PrivateKey.from_private_bytes(signing_key.private)
    signature = signer.sign(_SIGNED_AS + strict.dump(fields))
    return strict.dump({"manifest": fields, "signature": strict.to_base64(signature)})


def load_manifest(signed: bytes, signing_public: bytes) -> Manifest:
    """Reads a manifest that the holder of the signing key has signed; else BadManifest.

    Each key is tried, so that one to which nothing can be sealed stops the start, and no report.
    """
    try:
        file = strict.load(signed, {"manifest", "signature"})
        _verify(file, signing_public)
        return _read(file["manifest"])
    except InvalidSignature:
        raise BadManifest("The manifest is not signed by the key that is pinned.") from None
    except (ValueError, TypeError, AttributeError, KeyError):
        raise BadManifest("The manifest cannot be read.") from None


def _verify(file: dict[str, Any], signing_public: bytes) -> None:
    verifier = Ed25519PublicKey.from_public_bytes(signing_public)
    signature = strict.from_base64(file["signature"])
    verifier.verify(signature, _SIGNED_AS + strict.dump(file["manifest"]))


def _read(fields: dict[str, Any]) -> Manifest:
    if fields.keys() != _FIELDS or fields["version"] != VERSION:
        raise ValueError("another version")
    manifest = Manifest(
        number=fields["number"],
        issued_on=date.fromisoformat(fields["issued_on"]),
        is_development=fields["is_development"],
        public_keys={
            purpose: strict.from_base64(fields["keys"][purpose]["public"]) for purpose in SEALED_TO
        },
    )
    if set(fields["keys"]) != set(SEALED_TO):
        raise ValueError("a key for no purpose")
    for purpose in SEALED_TO:
        if fields["keys"][purpose]["id"] != manifest.key_id(purpose):
            raise ValueError("a key under another's id")
        hpke.encrypt_to(manifest.public_keys[purpose], b"", b"")
    return manifest
