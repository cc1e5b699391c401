"""Private keys: what names them, and how they rest under a passphrase."""

import json
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reporting.sealing import (
    COST,
    CannotOpen,
    Cost,
    PrivateKey,
    Purpose,
    holder_of,
    key_id,
    unlock,
    unwrap_private,
    wrap_private,
)
from reporting.sealing.strict import dump, from_base64, load, to_base64
from tests.reporting.key_sets import CHEAP, KEYS

TEAM = KEYS[Purpose.TEAM]
WORDS = "four words of an officer"
FILE = wrap_private(TEAM, "officer:jane", WORDS, CHEAP)
passphrases = st.text("abcäß€\u0301 🙂-", min_size=20, max_size=30)


@settings(deadline=None)
@given(passphrases, st.sampled_from(list(Purpose)))
def test_any_passphrase_brings_any_key_back(passphrase, purpose):
    file = wrap_private(KEYS[purpose], "officer:jane", passphrase, CHEAP)

    assert unwrap_private(file, "officer:jane", passphrase) == KEYS[purpose]


@settings(deadline=None)
@given(st.text(max_size=40))
@example("")
@example(WORDS + " ")
@example(WORDS.upper())
def test_another_passphrase_does_not(passphrase):
    if passphrase != WORDS:
        with pytest.raises(CannotOpen):
            unwrap_private(FILE, "officer:jane", passphrase)


def test_letters_that_keyboards_spell_differently_are_the_same():
    file = wrap_private(TEAM, "officer:jane", "caf\u00e9 caf\u00e9 caf\u00e9 caf\u00e9", CHEAP)

    opened = unwrap_private(file, "officer:jane", " ".join(["cafe\u0301"] * 4))

    assert opened == TEAM


@pytest.mark.parametrize("holder", ["officer:john", "custodian", "", "officer:jane "])
def test_file_opens_for_its_holder_alone(holder):
    with pytest.raises(CannotOpen):
        unwrap_private(FILE, holder, WORDS)


def test_file_that_was_given_another_holder_does_not_open():
    file = FILE.replace(b"officer:jane", b"officer:john")

    assert holder_of(file) == "officer:john"
    with pytest.raises(CannotOpen):
        unwrap_private(file, "officer:john", WORDS)


def test_file_tells_whose_it_is():
    assert holder_of(FILE) == "officer:jane"
    for no_file in (b"", b"{}", FILE[:-1], b"\xff"):
        with pytest.raises(CannotOpen):
            holder_of(no_file)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(FILE) * 8 - 1))
def test_no_bit_can_be_flipped_anywhere(bit):
    changed = bytearray(FILE)
    changed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(CannotOpen):
        unwrap_private(bytes(changed), "officer:jane", WORDS)


def with_fields(**fields: object) -> bytes:
    return dump({**json.loads(FILE), **fields})


def with_cost(**fields: object) -> bytes:
    return with_fields(argon2id={**json.loads(FILE)["argon2id"], **fields})


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"[]",
        FILE[:-1],
        FILE + b"\n",
        with_fields(more=1),
        with_fields(version=2),
        with_fields(purpose="identity"),
        with_fields(purpose="press"),
        with_fields(key_id="0" * 32),
        with_fields(salt=to_base64(bytes(16))),
        with_fields(salt=to_base64(bytes(15))),
        with_fields(salt=""),
        with_fields(salt=7),
        with_fields(wrapped="!"),
        with_fields(wrapped=""),
        with_fields(argon2id=None),
        with_fields(argon2id={}),
        with_fields(argon2id=[1]),
        with_cost(passes=2),
        with_cost(passes=0),
        with_cost(passes="1"),
        with_cost(passes=True),
        with_cost(passes=11),
        with_cost(lanes=2),
        with_cost(lanes=17, memory_kib=1024),
        with_cost(memory_kib=7),
        with_cost(memory_kib=2**31),
        with_cost(memory_kib=256 * 1024 + 1),
        with_cost(memory_kib=64.0),
        with_cost(more=1),
    ],
    ids=count(),  # the files have keys that differ from process to process
)
def test_file_of_another_kind_does_not_open(file):
    with pytest.raises(CannotOpen) as caught:
        unwrap_private(file, "officer:jane", WORDS)

    assert caught.value.__cause__ is None


def test_cost_that_would_take_the_machine_is_not_tried(monkeypatch):
    asked = []
    monkeypatch.setattr(
        "reporting.sealing.wrapping._derive", lambda *given: asked.append(given) or bytes(32)
    )

    for cost in (
        {"memory_kib": 256 * 1024 + 1},
        {"passes": 11},
        {"lanes": 17, "memory_kib": 1024},
        {"memory_kib": 7},
        {"lanes": 2},
    ):
        with pytest.raises(CannotOpen):
            unwrap_private(with_cost(**cost), "officer:jane", WORDS)
    assert asked == []

    for cost in (
        {"memory_kib": 256 * 1024, "passes": 10, "lanes": 16},
        {"memory_kib": 16, "lanes": 2},
    ):
        with pytest.raises(CannotOpen):
            unwrap_private(with_cost(**cost), "officer:jane", WORDS)
    assert [given[2] for given in asked] == [Cost(256 * 1024, 10, 16), Cost(16, 1, 2)]


def test_cost_is_the_one_that_the_standard_recommends_and_stands_in_the_file():
    file = wrap_private(TEAM, "custodian", WORDS)

    assert Cost(64 * 1024, 3, 4) == COST
    assert json.loads(file)["argon2id"] == {"memory_kib": 65_536, "passes": 3, "lanes": 4}
    assert unwrap_private(file, "custodian", WORDS) == TEAM


def test_key_comes_from_argon2id_as_others_compute_it():
    """The reference implementation, by argon2-cffi, makes the same key of the same words."""
    from argon2.low_level import Type, hash_secret_raw

    file = wrap_private(TEAM, "officer:jane", WORDS, Cost(64, 2, 4))
    fields = json.loads(file)
    key = hash_secret_raw(
        WORDS.encode(),
        from_base64(fields["salt"]),
        time_cost=2,
        memory_cost=64,
        parallelism=4,
        hash_len=32,
        type=Type.ID,
    )
    wrapped = from_base64(fields.pop("wrapped"))

    assert unlock(key, wrapped, dump(fields)) == TEAM.private
    assert len(from_base64(fields["salt"])) == 16


@pytest.mark.parametrize("words", ["", "x" * 15, "e\u0301" * 15])
def test_short_passphrase_is_refused(words):
    with pytest.raises(ValueError, match="at least 16 characters"):
        wrap_private(TEAM, "officer:jane", words, CHEAP)


def test_shortest_passphrase_has_16_characters():
    file = wrap_private(TEAM, "officer:jane", "x" * 16, CHEAP)

    assert unwrap_private(file, "officer:jane", "x" * 16) == TEAM


def test_file_of_a_later_version_does_not_open(monkeypatch):
    monkeypatch.setattr("reporting.sealing.wrapping.VERSION", 2)
    file = wrap_private(TEAM, "officer:jane", WORDS, CHEAP)
    monkeypatch.undo()

    with pytest.raises(CannotOpen):
        unwrap_private(file, "officer:jane", WORDS)


def test_two_files_of_one_key_have_nothing_secret_in_common():
    other = json.loads(wrap_private(TEAM, "officer:jane", WORDS, CHEAP))
    mine = json.loads(FILE)

    assert {name for name in mine if mine[name] == other[name]} == {
        "version",
        "purpose",
        "key_id",
        "holder",
        "argon2id",
    }
    assert to_base64(TEAM.private)[:40] not in FILE.decode()


# --- Keys -------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", Purpose)
def test_key_comes_back_from_its_text(purpose):
    key = KEYS[purpose]

    assert PrivateKey.from_text(key.as_text() + "\n") == key
    assert key.as_text().startswith(f"{purpose}:")
    assert PrivateKey.from_text(key.as_text()).key_id == key.key_id


@pytest.mark.parametrize(
    "text",
    ["", "team", "team:", "press:" + to_base64(bytes(96)), "team:!", TEAM.as_text()[:-4]],
    ids=count(),
)
def test_text_that_is_no_key_is_refused_and_not_repeated(text):
    with pytest.raises(ValueError, match="not a private key as this site writes it") as caught:
        PrivateKey.from_text(text)

    assert caught.value.__suppress_context__


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("length", [0, 31, 33, 95, 97])
def test_key_of_another_length_is_none(purpose, length):
    with pytest.raises(ValueError, match="another length"):
        PrivateKey(purpose, bytes(length))


def test_signing_key_has_32_bytes_and_the_others_96():
    assert {purpose.value: len(key.private) for purpose, key in KEYS.items()} == {
        "team": 96,
        "identity": 96,
        "recovery": 96,
        "signing": 32,
    }
    for purpose, length in ((Purpose.SIGNING, 96), (Purpose.TEAM, 32)):
        with pytest.raises(ValueError, match="another length"):
            PrivateKey(purpose, bytes(length))


def test_printed_key_holds_nothing_secret():
    for key in KEYS.values():
        assert repr(key) == f"PrivateKey(purpose=<Purpose.{key.purpose.name}: '{key.purpose}'>)"


def test_ids_name_key_and_purpose():
    assert len({key.key_id for key in KEYS.values()}) == len(KEYS)
    assert key_id(Purpose.TEAM, TEAM.public) == TEAM.key_id
    assert key_id(Purpose.IDENTITY, TEAM.public) != TEAM.key_id
    assert len(bytes.fromhex(TEAM.key_id)) == 16


def test_ids_stay_as_they_are():
    """Envelopes, manifests and file names hold them for years."""
    assert key_id(Purpose.TEAM, b"public") == "cb65ecffbf571771b6d1bd960d416c62"


# --- Spelling ---------------------------------------------------------------------------

texts = st.text(max_size=5)
values = st.none() | st.booleans() | st.integers() | texts | st.lists(texts, max_size=3)


@settings(deadline=None)
@given(st.dictionaries(texts, values | st.dictionaries(texts, values, max_size=3), max_size=4))
def test_what_was_dumped_is_loaded(value):
    assert load(dump(value), set(value)) == value


@pytest.mark.parametrize("fields", [set(), {"a"}, {"a", "b", "c"}, {"a", "c"}])
def test_file_with_other_fields_is_not_read(fields):
    with pytest.raises(ValueError, match="not as this site writes it"):
        load(dump({"a": 1, "b": 2}), fields)


def test_longest_file_that_is_read_has_64_kib():
    assert load(dump({"a": "x" * (65_536 - 14)}), {"a"})
    with pytest.raises(ValueError, match="too long"):
        load(dump({"a": "x" * (65_536 - 13)}), {"a"})


@settings(deadline=None)
@given(st.binary(max_size=50))
def test_base64_has_one_spelling(data):
    text = to_base64(data)

    assert from_base64(text) == data
    for other in (text + "=", text + "\n", " " + text, text + "AA=A"):
        with pytest.raises(ValueError, match=r"base64|padding|not as this site"):
            from_base64(other)


def test_base64_with_bits_that_say_nothing_is_refused():
    assert from_base64("AA==") == b"\0"
    with pytest.raises(ValueError, match="not as this site writes it"):
        from_base64("AB==")


@pytest.mark.parametrize("value", [None, 7, ["AA=="]])
def test_base64_of_what_is_no_text_is_refused(value):
    with pytest.raises(ValueError, match="not a text"):
        from_base64(value)
