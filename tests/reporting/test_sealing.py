"""Sealing: what was sealed comes back to whom it was sealed to, and to nobody else, unchanged."""

import ast
import secrets
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.sealing import (
    PARTS,
    SIZES,
    CannotOpen,
    PrivateKey,
    Purpose,
    addressed_to,
    by_id,
    decrypt_with,
    encrypt_to,
    lock,
    new_private,
    open_part,
    public_of,
    seal,
    unlock,
)
from reporting.sealing.layout import RECIPIENTS, parse
from tests.reporting.key_sets import (
    IDENTITY,
    KEYS,
    MANIFEST,
    OPENED_BY,
    RECOVERY,
    TEAM,
    manifest_of,
)

ROOT = Path(__file__).resolve().parent.parent.parent

REPORT = bytes(range(16))
OTHER = bytes(range(1, 17))
WORDS = {"triage": b"red", "body": b"he wants money", "identity": b"Sam, 15"}
ENVELOPE = seal(REPORT, WORDS, MANIFEST)
ALL = {**TEAM, **IDENTITY, **RECOVERY}


def lengths(part: str) -> st.SearchStrategy[int]:
    """Those at the borders of each size class, and any between."""
    borders = [size - 4 + step for size in SIZES[part] for step in (-1, 0, 1)]
    return st.sampled_from([0, *borders[:-1]]) | st.integers(0, SIZES[part][-1] - 4)


def contents(part: str) -> st.SearchStrategy[bytes]:
    return lengths(part).flatmap(lambda length: st.just(secrets.token_bytes(length)))


reports = st.fixed_dictionaries({part: contents(part) for part in PARTS})
report_ids = st.binary(min_size=16, max_size=16)


def size_classes(parts: dict[str, bytes]) -> list[int]:
    return [next(size for size in SIZES[part] if len(parts[part]) + 4 <= size) for part in PARTS]


@settings(deadline=None)
@given(report_ids, reports)
def test_any_report_comes_back_to_all_of_its_recipients(report_id, parts):
    envelope = seal(report_id, parts, MANIFEST)

    for part, keys in OPENED_BY:
        assert open_part(envelope, report_id, part, keys) == parts[part]


@settings(deadline=None)
@given(reports)
def test_length_of_an_envelope_tells_the_size_classes_and_nothing_else(parts):
    envelope = seal(REPORT, parts, MANIFEST)

    header, class_numbers, key_ids, hpke, boxes, tag = 5, 3, 6 * 16, 6 * 1200, 3 * 28, 32
    fixed = header + class_numbers + key_ids + hpke + boxes + tag
    assert len(envelope) == fixed + sum(size_classes(parts))


def test_nothing_of_a_report_and_nothing_twice_is_seen_in_envelopes():
    again = seal(REPORT, WORDS, MANIFEST)

    for envelope in (ENVELOPE, again):
        assert not any(words in envelope for words in (*WORDS.values(), REPORT))
    sealed = [part for envelope in (ENVELOPE, again) for part in parse(envelope).parts.values()]
    hidden = [piece for part in sealed for piece in (part.box, *part.wrapped.values())]
    windows = Counter(
        piece[start : start + 16] for piece in hidden for start in range(len(piece) - 15)
    )
    assert max(windows.values()) == 1


@pytest.mark.parametrize("part", PARTS)
def test_part_is_addressed_to_its_recipients_and_recovery(part):
    wanted = [KEYS[purpose].key_id for purpose in RECIPIENTS[part]]

    assert addressed_to(ENVELOPE)[part] == tuple(wanted)
    assert wanted[-1] == KEYS[Purpose.RECOVERY].key_id


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        ("identity", TEAM),
        ("triage", IDENTITY),
        ("body", IDENTITY),
        ("body", {}),
        ("body", by_id(PrivateKey.new(Purpose.TEAM), PrivateKey.new(Purpose.RECOVERY))),
        # Another key under the right name, as one who swaps files might have it.
        ("body", {KEYS[Purpose.TEAM].key_id: PrivateKey.new(Purpose.TEAM)}),
        ("identity", {KEYS[Purpose.IDENTITY].key_id: KEYS[Purpose.TEAM]}),
        ("body", {KEYS[Purpose.TEAM].key_id: KEYS[Purpose.RECOVERY]}),
    ],
)
def test_wrong_recipient_cannot_open(part, keys):
    with pytest.raises(CannotOpen):
        open_part(ENVELOPE, REPORT, part, keys)


def must_not_open(envelope: bytes, report_id: bytes = REPORT) -> None:
    for part, keys in OPENED_BY:
        with pytest.raises(CannotOpen):
            open_part(envelope, report_id, part, keys)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(ENVELOPE) * 8 - 1))
def test_no_bit_can_be_flipped_anywhere(bit):
    changed = bytearray(ENVELOPE)
    changed[bit // 8] ^= 1 << bit % 8

    must_not_open(bytes(changed))


def test_no_bit_can_be_flipped_in_what_is_not_hidden():
    """The header, the number of the size class and the first key id, all of them."""
    for bit in range(8 * (5 + 1 + 16)):
        changed = bytearray(ENVELOPE)
        changed[bit // 8] ^= 1 << bit % 8
        must_not_open(bytes(changed))


@settings(deadline=None)
@given(st.integers(0, len(ENVELOPE) - 1))
def test_truncated_envelope_does_not_open(length):
    must_not_open(ENVELOPE[:length])
    with pytest.raises(CannotOpen):
        addressed_to(ENVELOPE[:length])


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=40))
def test_extended_envelope_does_not_open(more):
    must_not_open(ENVELOPE + more)
    with pytest.raises(CannotOpen):
        addressed_to(ENVELOPE + more)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_what_is_no_envelope_does_not_open(data):
    must_not_open(data)
    must_not_open(ENVELOPE[:5] + data)


@pytest.mark.parametrize("version", [0, 2, 255])
def test_another_version_does_not_open(version):
    envelope = ENVELOPE[:4] + bytes([version]) + ENVELOPE[5:]

    must_not_open(envelope)
    with pytest.raises(CannotOpen):
        addressed_to(envelope)


def test_another_reports_id_does_not_open():
    must_not_open(ENVELOPE, OTHER)


def spans(envelope: bytes) -> dict[str, slice]:
    """Where each part of an envelope with the smallest classes stands."""
    place, found = 5, {}
    for part in PARTS:
        end = place + 1 + 2 * 1216 + 28 + SIZES[part][0]
        found[part] = slice(place, end)
        place = end
    assert place + 32 == len(envelope)
    return found


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("report_id", [REPORT, OTHER])
def test_part_of_another_envelope_does_not_open_and_shuts_the_rest(part, report_id):
    """Another report's, or the same report sealed once more."""
    span = spans(ENVELOPE)[part]
    donor = seal(report_id, WORDS, MANIFEST)

    grafted = ENVELOPE[: span.start] + donor[span] + ENVELOPE[span.stop :]

    must_not_open(grafted)


@pytest.mark.parametrize("part", PARTS)
def test_part_grafted_on_under_a_new_tag_shuts_the_rest(part):
    """Whoever can write to the database can seal a part of their own, and its tag."""
    span = spans(ENVELOPE)[part]
    donor = seal(REPORT, WORDS, MANIFEST)

    grafted = ENVELOPE[: span.start] + donor[span] + ENVELOPE[span.stop : -32] + donor[-32:]

    must_not_open(grafted)


def test_parts_of_one_report_cannot_change_places(monkeypatch):
    same_size = dict.fromkeys(PARTS, (1024,))
    monkeypatch.setattr("reporting.sealing.envelope.SIZES", same_size)
    monkeypatch.setattr("reporting.sealing.layout.SIZES", same_size)
    envelope = seal(REPORT, WORDS, MANIFEST)
    length = 1 + 2 * 1216 + 28 + 1024
    head, triage, body = envelope[:5], envelope[5 : 5 + length], envelope[5 + length :][:length]
    rest = envelope[5 + 2 * length :]
    assert open_part(envelope, REPORT, "body", TEAM) == WORDS["body"]

    must_not_open(head + body + triage + rest)


def test_parts_are_bound_to_their_place_without_the_tag_too(monkeypatch):
    """Were the tag's check to fail one day, the contexts would still hold."""
    monkeypatch.setattr("hmac.compare_digest", lambda one, other: True)
    same_size = dict.fromkeys(PARTS, (1024,))
    monkeypatch.setattr("reporting.sealing.envelope.SIZES", same_size)
    monkeypatch.setattr("reporting.sealing.layout.SIZES", same_size)
    envelope = seal(REPORT, WORDS, MANIFEST)
    length = 1 + 2 * 1216 + 28 + 1024
    head, triage, body = envelope[:5], envelope[5 : 5 + length], envelope[5 + length :][:length]
    swapped = head + body + triage + envelope[5 + 2 * length :]

    for part in ("triage", "body"):
        with pytest.raises(CannotOpen):
            open_part(swapped, REPORT, part, TEAM)
        with pytest.raises(CannotOpen):
            open_part(envelope, OTHER, part, TEAM)


def test_tag_is_bound_to_the_report(monkeypatch):
    """Were the contexts to lose the report one day, the tag would still hold."""
    monkeypatch.setattr("reporting.sealing.envelope._place", lambda part, report_id: b"")

    must_not_open(seal(REPORT, WORDS, MANIFEST), OTHER)


def test_hidden_padding_that_is_not_ours_does_not_open(monkeypatch):
    monkeypatch.setattr(
        "reporting.sealing.envelope.pad", lambda plaintext, sizes: b"\xff" * sizes[0]
    )

    must_not_open(seal(REPORT, WORDS, MANIFEST))


def test_what_the_database_gives_as_a_memoryview_opens():
    assert open_part(memoryview(ENVELOPE), REPORT, "body", TEAM) == WORDS["body"]
    assert addressed_to(memoryview(ENVELOPE)) == addressed_to(ENVELOPE)


def test_part_with_nothing_to_say_looks_like_any_other():
    empty = seal(REPORT, dict.fromkeys(PARTS, b""), MANIFEST)

    assert len(empty) == len(ENVELOPE)
    assert open_part(empty, REPORT, "identity", IDENTITY) == b""


@pytest.mark.parametrize(
    "parts",
    [{}, {"triage": b"", "body": b""}, {**WORDS, "picture": b""}],
    ids=["none", "one missing", "one too many"],
)
def test_report_of_other_parts_is_not_sealed(parts):
    with pytest.raises(ValueError, match="the parts triage, body, identity"):
        seal(REPORT, parts, MANIFEST)


@pytest.mark.parametrize("length", [0, 15, 17])
def test_id_of_another_length_is_a_mistake(length):
    with pytest.raises(ValueError, match="16 bytes"):
        seal(bytes(length), WORDS, MANIFEST)
    with pytest.raises(ValueError, match="16 bytes"):
        open_part(ENVELOPE, bytes(length), "body", TEAM)


def test_unknown_part_is_a_mistake():
    with pytest.raises(ValueError, match="the parts triage, body, identity"):
        open_part(ENVELOPE, REPORT, "picture", TEAM)


@pytest.mark.parametrize("part", PARTS)
def test_overlong_part_is_a_mistake_and_its_words_stay_out_of_the_error(part):
    words = b"secret" * SIZES[part][-1]

    with pytest.raises(ValueError, match="longer than") as caught:
        seal(REPORT, {**WORDS, part: words}, MANIFEST)

    assert "secret" not in str(caught.value)


def test_failure_says_the_same_whatever_the_reason_and_has_no_cause():
    told = set()
    for envelope, report_id in [(ENVELOPE, OTHER), (ENVELOPE[:-1], REPORT), (b"", REPORT)]:
        with pytest.raises(CannotOpen) as caught:
            open_part(envelope, report_id, "body", TEAM)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        told.add(str(caught.value))
    assert told == {"It does not open: the key is not the right one, or it was changed."}


def test_after_rotation_old_reports_open_with_old_keys_and_new_ones_do_not():
    new = {**KEYS, Purpose.TEAM: PrivateKey.new(Purpose.TEAM)}
    later = seal(OTHER, WORDS, manifest_of(new, number=2))
    new_team = by_id(new[Purpose.TEAM])

    assert open_part(ENVELOPE, REPORT, "body", {**new_team, **TEAM}) == WORDS["body"]
    assert open_part(later, OTHER, "body", {**TEAM, **new_team}) == WORDS["body"]
    assert open_part(later, OTHER, "identity", IDENTITY) == WORDS["identity"]
    with pytest.raises(CannotOpen):
        open_part(later, OTHER, "body", TEAM)
    with pytest.raises(CannotOpen):
        open_part(ENVELOPE, REPORT, "body", new_team)


# --- The means --------------------------------------------------------------------------


@settings(deadline=None)
@given(st.binary(max_size=100), st.binary(max_size=20), st.integers(0))
def test_box_opens_unchanged_with_its_key_and_context_alone(plaintext, context, bit):
    key = bytes(32)
    box = lock(key, plaintext, context)
    changed = bytearray(box)
    changed[bit % (len(box) * 8) // 8] ^= 1 << bit % 8

    assert len(box) == len(plaintext) + 28
    assert unlock(key, box, context) == plaintext
    for wrong in [
        (bytes(31) + b"\1", box, context),
        (key, box, context + b"x"),
        (key, bytes(changed), context),
        (key, box[:-1], context),
        (key, box[:27], context),
        (key, b"", context),
    ]:
        with pytest.raises(CannotOpen):
            unlock(*wrong)


@pytest.mark.parametrize("length", [0, 16, 24, 31, 33])
def test_key_of_another_length_is_a_mistake(length):
    with pytest.raises(ValueError, match="32 bytes"):
        lock(bytes(length), b"", b"")
    with pytest.raises(ValueError, match="32 bytes"):
        unlock(bytes(length), bytes(40), b"")


@settings(deadline=None)
@given(st.binary(max_size=100), st.binary(max_size=100), st.integers(0))
def test_sealed_to_a_key_opens_unchanged_with_that_key_and_info_alone(plaintext, info, bit):
    private = KEYS[Purpose.TEAM].private
    sealed = encrypt_to(public_of(private), plaintext, info)
    changed = bytearray(sealed)
    changed[bit % (len(sealed) * 8) // 8] ^= 1 << bit % 8

    assert decrypt_with(private, sealed, info) == plaintext
    for wrong in [
        (KEYS[Purpose.RECOVERY].private, sealed, info),
        (private, sealed, info + b"x"),
        (private, bytes(changed), info),
        (private, sealed[:-1], info),
        (private, b"", info),
    ]:
        with pytest.raises(CannotOpen):
            decrypt_with(*wrong)


def test_both_halves_of_a_key_are_needed():
    """Either of the two alone is no key: the other would then be for nothing."""
    mine, other = KEYS[Purpose.TEAM].private, KEYS[Purpose.RECOVERY].private
    sealed = encrypt_to(public_of(mine), b"words", b"")

    for mixed in (mine[:64] + other[64:], other[:64] + mine[64:]):
        with pytest.raises(CannotOpen):
            decrypt_with(mixed, sealed, b"")


def test_share_on_which_nobody_can_agree_does_not_open():
    """An X25519 share of zeros would give a secret that everybody knows (RFC 7748, 6.1)."""
    private = KEYS[Purpose.TEAM].private
    sealed = encrypt_to(public_of(private), b"words", b"")

    for place in (slice(0, 32), slice(1088, 1120)):
        zeroed = bytearray(sealed)
        zeroed[place] = bytes(32)
        with pytest.raises(CannotOpen):
            decrypt_with(private, bytes(zeroed), b"")


@pytest.mark.parametrize("length", [0, 63, 64, 95, 97])
def test_private_key_of_another_length_is_a_mistake(length):
    with pytest.raises(ValueError, match="long"):
        public_of(bytes(length))


@pytest.mark.parametrize(
    "public", [b"", bytes(1215), bytes(1217), b"\xff" * 1216, bytes(1216)], ids=len
)
def test_nothing_is_sealed_to_what_is_no_public_key(public):
    with pytest.raises(ValueError, match="key"):
        encrypt_to(public, b"words", b"")


def test_new_keys_differ_in_both_halves():
    one, other = new_private(), new_private()

    assert (len(one), len(public_of(one))) == (96, 1216)
    assert one[:64] != other[:64]
    assert one[64:] != other[64:]


# --- The module -------------------------------------------------------------------------


def importers_of_cryptography() -> set[str]:
    found = set()
    for package in ("campaign", "reporting", "sextortion_site"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                names = (
                    [alias.name for alias in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module or ""]
                    if isinstance(node, ast.ImportFrom)
                    else []
                )
                if any(name.split(".")[0] == "cryptography" for name in names):
                    found.add(str(file.parent.relative_to(ROOT)))
    return found


def test_cryptography_is_imported_for_reports_and_for_second_factors_alone():
    assert importers_of_cryptography() == {"reporting/sealing", "sextortion_site/staff/sign_in"}


def test_sealing_knows_no_django_no_file_and_no_clock():
    for file in (ROOT / "reporting" / "sealing").glob("*.py"):
        names = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(file.read_text()))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        assert names.isdisjoint({"django", "os", "pathlib", "time", "logging"}), file.name
