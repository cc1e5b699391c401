"""Seals reports, so that only who holds a private key reads them, and opens them again.

The only package that imports ``cryptography``; a test sees to it. docs/reporting.md says what is
sealed to whom, and why by these means. Nothing here knows Django, a file or a clock.

- a report: ``seal``, ``open_part``, ``addressed_to``
- keys: ``PrivateKey``, ``Purpose``, ``key_id``, ``by_id``
- the public keys to seal to: ``Manifest``, ``sign_manifest``, ``load_manifest``
- a private key at rest: ``wrap_private``, ``unwrap_private``, ``holder_of``
- the means themselves, for mailboxes and sessions: ``lock``, ``unlock`` (one key, AES-256-GCM),
  ``new_private``, ``public_of``, ``encrypt_to``, ``decrypt_with``, ``opener`` (a key pair, HPKE),
  ``pad``, ``unpad``
"""

from reporting.sealing.box import lock, unlock
from reporting.sealing.envelope import addressed_to, open_part, seal
from reporting.sealing.errors import BadManifest, CannotOpen
from reporting.sealing.hpke import decrypt_with, encrypt_to, new_private, opener, public_of
from reporting.sealing.keys import PrivateKey, PrivateKeys, Purpose, by_id, key_id
from reporting.sealing.layout import PARTS, RECIPIENTS, SIZES
from reporting.sealing.manifest import Manifest, load_manifest, sign_manifest
from reporting.sealing.padding import pad, unpad
from reporting.sealing.wrapping import (
    COST,
    SHORTEST_PASSPHRASE,
    Cost,
    holder_of,
    unwrap_private,
    wrap_private,
)

__all__ = [
    "COST",
    "PARTS",
    "RECIPIENTS",
    "SHORTEST_PASSPHRASE",
    "SIZES",
    "BadManifest",
    "CannotOpen",
    "Cost",
    "Manifest",
    "PrivateKey",
    "PrivateKeys",
    "Purpose",
    "addressed_to",
    "by_id",
    "decrypt_with",
    "encrypt_to",
    "holder_of",
    "key_id",
    "load_manifest",
    "lock",
    "new_private",
    "open_part",
    "opener",
    "pad",
    "public_of",
    "seal",
    "sign_manifest",
    "unlock",
    "unpad",
    "unwrap_private",
    "wrap_private",
]
