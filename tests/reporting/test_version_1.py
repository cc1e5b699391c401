"""What version 1 has written opens for as long as anybody holds a key.

``version_1.json`` was written once, with the keys below. A change that fails here needs a new
version, beside which the old one is still read.
"""

import json
from base64 import b64decode
from datetime import date
from pathlib import Path

import pytest

from reporting.sealing import (
    PARTS,
    PrivateKey,
    Purpose,
    by_id,
    load_manifest,
    open_part,
    seal,
    sign_manifest,
    unwrap_private,
)

WRITTEN = json.loads((Path(__file__).parent / "version_1.json").read_text())
KEYS = {
    purpose: PrivateKey(purpose, bytes([number]) * (32 if purpose == Purpose.SIGNING else 96))
    for number, purpose in enumerate(Purpose)
}
REPORT = bytes(range(16))
PASSPHRASE = "a passphrase of version 1"  # noqa: S105 - it guards a key that is no secret


@pytest.mark.parametrize("purposes", [(Purpose.TEAM, Purpose.IDENTITY), (Purpose.RECOVERY,)])
def test_envelope_opens(purposes):
    keys = by_id(*(KEYS[purpose] for purpose in purposes))
    envelope = b64decode(WRITTEN["envelope"])

    for part in PARTS:
        assert open_part(envelope, REPORT, part, keys) == f"{part} of version 1".encode()


def test_manifest_is_read_and_would_be_signed_the_same():
    signed = WRITTEN["manifest"].encode()

    manifest = load_manifest(signed, KEYS[Purpose.SIGNING].public)

    assert (manifest.number, manifest.issued_on) == (1, date(2026, 3, 1))
    assert manifest.public_keys == {
        purpose: KEYS[purpose].public
        for purpose in (Purpose.TEAM, Purpose.IDENTITY, Purpose.RECOVERY)
    }
    assert sign_manifest(manifest, KEYS[Purpose.SIGNING]) == signed


def test_wrapped_key_opens():
    wrapped = WRITTEN["wrapped"].encode()

    assert unwrap_private(wrapped, "officer:jane", PASSPHRASE) == KEYS[Purpose.TEAM]


def test_keys_in_plain_words_are_read():
    assert [PrivateKey.from_text(text) for text in WRITTEN["keys"]] == list(KEYS.values())
    assert [key.key_id for key in KEYS.values()] == WRITTEN["key_ids"]


def test_what_is_written_today_is_of_that_version():
    manifest = load_manifest(WRITTEN["manifest"].encode(), KEYS[Purpose.SIGNING].public)
    today = seal(REPORT, {part: f"{part} of version 1".encode() for part in PARTS}, manifest)

    assert today[:22] == b64decode(WRITTEN["envelope"])[:22]
    assert len(today) == len(b64decode(WRITTEN["envelope"]))
