"""The folder of the report keys on disk.

    manifest.pub                     the public signing key, 64 hex digits
    manifest-0001.json …             the signed lists of public keys; the highest number counts
    custodian/<purpose>-<id>.json    private keys under the key custodian's passphrase
    recovery/recovery-<id>.json      the recovery key, under a passphrase of its own
    officers/<name>/<purpose>-….json private keys under each officer's passphrase
    DEVELOPMENT.txt                  only where the keys are for development

The public server gets the first two, the staff server the officers too; ``custodian`` and
``recovery`` stay offline, in two places. Folders have mode 0700, files 0600, and none is ever
written over. docs/reporting.md says how they are made and kept.
"""

from reporting.keystore.development import (
    DEVELOPMENT_OFFICER,
    DEVELOPMENT_PASSPHRASE,
    NOTICE,
    development_keys,
)
from reporting.keystore.files import KeyStoreError, write_new
from reporting.keystore.folder import (
    PINNED,
    PRIVATE_FOLDERS,
    has_keys,
    holds_keys,
    is_officer_name,
    load_current,
    officers_with,
    unlock,
)
from reporting.keystore.making import FOR_OFFICERS, make_keys, wrap_for_officer
from reporting.keystore.rehearsal import rehearse, unlock_recovery
from reporting.keystore.rotation import Passphrases, Rotation, rotate, to_be_asked

__all__ = [
    "DEVELOPMENT_OFFICER",
    "DEVELOPMENT_PASSPHRASE",
    "FOR_OFFICERS",
    "NOTICE",
    "PINNED",
    "PRIVATE_FOLDERS",
    "KeyStoreError",
    "Passphrases",
    "Rotation",
    "development_keys",
    "has_keys",
    "holds_keys",
    "is_officer_name",
    "load_current",
    "make_keys",
    "officers_with",
    "rehearse",
    "rotate",
    "to_be_asked",
    "unlock",
    "unlock_recovery",
    "wrap_for_officer",
    "write_new",
]
