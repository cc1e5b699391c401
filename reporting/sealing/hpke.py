"""Sealing to a public key: HPKE (RFC 9180) with ML-KEM-768 and X25519 together.

Whoever records envelopes today and has a quantum computer one day must break ML-KEM (FIPS 203);
should ML-KEM turn out weak, X25519 still stands. Both halves would have to fall.
"""

from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from reporting.sealing.errors import CannotOpen

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MLKEM_SEED = 64  # bytes; the X25519 half stands behind it
_MLKEM_PUBLIC = 1184

PRIVATE = _MLKEM_SEED + 32  # bytes
OVERHEAD = KEM.MLKEM768_X25519.enc_length() + 16  # bytes added to what is sealed


def new_private() -> bytes:
    """A new private key, 96 bytes: both halves, each as its own standard writes it."""
    return (
        MLKEM768PrivateKey.generate().private_bytes_raw()
        + X25519PrivateKey.generate().private_bytes_raw()
    )


def public_of(private: bytes) -> bytes:
    """The public key, 1,216 bytes, of a private key; ValueError where that is none."""
    mlkem, x25519 = _halves(private)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def encrypt_to(public: bytes, plaintext: bytes, info: bytes) -> bytes:
    """Seals to a public key. The info is not kept: it must be given again to open.

    ValueError where the public key is none, or one with which nobody can agree on a secret.
    """
    key = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
    )
    return _SUITE.encrypt(plaintext, key, info=info)


def decrypt_with(private: bytes, sealed: bytes, info: bytes) -> bytes:
    """What was sealed; CannotOpen where the key, the sealed bytes or the info is another."""
    return opener(private)(sealed, info)


def opener(private: bytes) -> Callable[[bytes, bytes], bytes]:
    """``decrypt_with`` for many sealed things: half the time goes into preparing the key."""
    key = MLKEM768X25519PrivateKey(*_halves(private))

    def decrypt(sealed: bytes, info: bytes) -> bytes:
        try:
            return _SUITE.decrypt(sealed, key, info=info)
        except InvalidTag:
            raise CannotOpen from None

    return decrypt


def _halves(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    return (
        MLKEM768PrivateKey.from_seed_bytes(private[:_MLKEM_SEED]),
        X25519PrivateKey.from_private_bytes(private[_MLKEM_SEED:]),
    )
