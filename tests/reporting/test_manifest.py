"""The manifest: what was signed is what is read, and nothing else is."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.sealing import (
    BadManifest,
    Manifest,
    PrivateKey,
    Purpose,
    key_id,
    load_manifest,
    sign_manifest,
)
from reporting.sealing.manifest import _SIGNED_AS
from reporting.sealing.strict import dump, to_base64
from tests.reporting.key_sets import KEYS, MANIFEST, TODAY

SIGNER = KEYS[Purpose.SIGNING]
SIGNED = sign_manifest(MANIFEST, SIGNER)


def signed(fields: object) -> bytes:
    """Anything at all, signed by the right key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signer = Ed25519PrivateKey.from_private_bytes(SIGNER.private)
    signature = signer.sign(_SIGNED_AS + dump(fields))  # type: ignore[arg-type] - anything
    return dump({"manifest": fields, "signature": to_base64(signature)})


def changed(**fields: object) -> bytes:
    return signed({**json.loads(SIGNED)["manifest"], **fields})


@settings(deadline=None)
@given(st.integers(1, 9999), st.dates(), st.booleans())
def test_what_was_signed_is_read(number, issued_on, is_development):
    manifest = Manifest(number, issued_on, is_development, MANIFEST.public_keys)

    assert load_manifest(sign_manifest(manifest, SIGNER), SIGNER.public) == manifest


def test_it_holds_public_keys_alone():
    assert set(MANIFEST.public_keys) == {Purpose.TEAM, Purpose.IDENTITY, Purpose.RECOVERY}
    for key in KEYS.values():
        assert to_base64(key.private) not in SIGNED.decode()
        assert to_base64(key.private[:32])[:40] not in SIGNED.decode()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(SIGNED) * 8 - 1))
def test_no_bit_can_be_flipped_anywhere(bit):
    tampered = bytearray(SIGNED)
    tampered[bit // 8] ^= 1 << bit % 8

    with pytest.raises(BadManifest):
        load_manifest(bytes(tampered), SIGNER.public)


@settings(deadline=None)
@given(st.binary(max_size=100) | st.integers(0, len(SIGNED) - 1).map(lambda end: SIGNED[:end]))
def test_what_is_no_manifest_is_not_read(data):
    with pytest.raises(BadManifest, match="cannot be read"):
        load_manifest(data, SIGNER.public)


def test_key_that_was_exchanged_is_noticed():
    file = json.loads(SIGNED)
    thief = PrivateKey.new(Purpose.TEAM)
    file["manifest"]["keys"]["team"] = {"id": thief.key_id, "public": to_base64(thief.public)}

    with pytest.raises(BadManifest, match="not signed by the key that is pinned"):
        load_manifest(dump(file), SIGNER.public)


def test_other_signing_key_is_noticed():
    with pytest.raises(BadManifest, match="not signed by the key that is pinned"):
        load_manifest(SIGNED, PrivateKey.new(Purpose.SIGNING).public)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_pinned_key_that_is_none_is_noticed(length):
    with pytest.raises(BadManifest, match="cannot be read"):
        load_manifest(SIGNED, bytes(length))


def test_signature_for_another_use_is_none():
    """The signing key's word on the same bytes, but not as a manifest."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    file = json.loads(SIGNED)
    signer = Ed25519PrivateKey.from_private_bytes(SIGNER.private)
    file["signature"] = to_base64(signer.sign(dump(file["manifest"])))

    with pytest.raises(BadManifest, match="not signed"):
        load_manifest(dump(file), SIGNER.public)


def keys_with(purpose: str, **fields: object) -> dict[str, object]:
    keys = json.loads(SIGNED)["manifest"]["keys"]
    return {**keys, purpose: {**keys[purpose], **fields}}


def keys_without(purpose: str) -> dict[str, object]:
    keys = json.loads(SIGNED)["manifest"]["keys"]
    return {name: key for name, key in keys.items() if name != purpose}


SMALL_ORDER = KEYS[Purpose.TEAM].public[:1184] + bytes(32)


@pytest.mark.parametrize(
    "file",
    [
        changed(version=2),
        changed(more=1),
        changed(issued_on="yesterday"),
        changed(issued_on=20260301),
        changed(keys=None),
        changed(keys={}),
        changed(keys=keys_without("recovery")),
        changed(keys=keys_with("team", id="0" * 32)),
        changed(keys=keys_with("team", public="!")),
        changed(keys=keys_with("team", public=7)),
        changed(keys={**keys_with("team"), "press": {"id": "", "public": ""}}),
        changed(
            keys=keys_with("team", public=to_base64(bytes(9)), id=key_id(Purpose.TEAM, bytes(9)))
        ),
        changed(
            keys=keys_with(
                "team", public=to_base64(SMALL_ORDER), id=key_id(Purpose.TEAM, SMALL_ORDER)
            )
        ),
        signed([1]),
        signed("words"),
    ],
    ids=[
        "another version",
        "a field too many",
        "no date",
        "a number for a date",
        "no keys",
        "no key",
        "no recovery key",
        "a key under another's id",
        "a key that is no base64",
        "a key that is no text",
        "a key for no purpose",
        "a key of another length",
        "a key on which nobody can agree",
        "a list",
        "a text",
    ],
)
def test_signed_nonsense_is_not_read(file):
    with pytest.raises(BadManifest, match="cannot be read"):
        load_manifest(file, SIGNER.public)


def test_team_key_cannot_be_passed_off_as_another():
    """Signed by mistake for a purpose that is not its own, it has another id there."""
    swapped = replace(
        MANIFEST,
        public_keys={**MANIFEST.public_keys, Purpose.IDENTITY: MANIFEST.public_keys[Purpose.TEAM]},
    )

    assert swapped.key_id(Purpose.IDENTITY) != swapped.key_id(Purpose.TEAM)
    assert swapped.key_id(Purpose.IDENTITY) != KEYS[Purpose.TEAM].key_id


def test_only_a_signing_key_signs():
    with pytest.raises(ValueError, match="not a signing key"):
        sign_manifest(MANIFEST, KEYS[Purpose.TEAM])


def test_manifest_of_another_spelling_is_not_read():
    file = json.loads(SIGNED)

    for spelling in (
        json.dumps(file).encode(),
        SIGNED + b"\n",
        b" " + SIGNED,
        SIGNED.replace(b'"number": 1', b'"number": 1,\n    "number": 1'),
        SIGNED.replace(b"{", b"[", 1),
        SIGNED + b" " * 70_000,
        b"[" * 60_000,
        b"\xff",
    ):
        with pytest.raises(BadManifest, match="cannot be read"):
            load_manifest(spelling, SIGNER.public)


def test_it_tells_when_it_was_issued_and_what_for():
    fields = json.loads(SIGNED)["manifest"]

    assert fields["issued_on"] == TODAY.isoformat()
    assert fields["is_development"] is False
    assert {name: key["id"] for name, key in fields["keys"].items()} == {
        purpose.value: KEYS[purpose].key_id for purpose in MANIFEST.public_keys
    }
