"""One key, one box: AES-256-GCM (NIST SP 800-38D) under a random nonce."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reporting.sealing.errors import CannotOpen

KEY = 32  # bytes
NONCE = 12  # bytes; stands before the ciphertext
OVERHEAD = NONCE + 16  # bytes by which a box is longer than what is in it


def lock(key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """Locks under a key of 32 bytes. The context is not kept: it must be given again to unlock.

    A key that locks more than 2**32 boxes is no longer safe; ours lock one each, or a few.
    """
    _check(key)
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, context)


def unlock(key: bytes, box: bytes, context: bytes) -> bytes:
    """What was locked; CannotOpen where the key, the box or the context is another."""
    _check(key)
    if len(box) < OVERHEAD:
        raise CannotOpen
    try:
        return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], context)
    except InvalidTag:
        raise CannotOpen from None


def _check(key: bytes) -> None:
    # AESGCM would take a shorter key too, and be AES-128.
    if len(key) != KEY:
        raise ValueError(f"a key has {KEY} bytes")
