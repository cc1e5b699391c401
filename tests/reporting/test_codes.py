"""References and codes: the same each time, telling nothing, and read however they are typed."""

import hashlib
import re
from contextlib import suppress
from itertools import combinations, pairwise, product

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reporting import codes
from reporting.codes import (
    SYMBOLS,
    WORDS,
    BadCode,
    BadReference,
    Fault,
    derive,
    mailbox_key,
    mailbox_secret,
    parse_code,
    parse_reference,
    read_back,
)

UNWELCOME = """
abuse afraid anal assault beer bible blackmail blood body bomb boyfriend breast brother camera
cash child church coffin cop crime cry daughter dead death die dirty drug fat father fear fraud
girl god grave guilt gun hang hell hidden hurt idiot jail judge kid kill kiss knife lie lonely
loser lust married mask mobile money monster mother murder naked naughty nude officer pain panic
parent pay phone photo picture pill police porn pray prison private rape razor regret sad scared
secret selfie sex shame sin slut son stupid suicide teen text threat tramp ugly underage vape
victim video vodka weapon weed whisper wrong
"""

UNHURRIED = settings(deadline=None)  # the machine may be busy

SALT = bytes(range(16))
CODE = "sinewy hussar scupper gloaming crating bouffant"

secrets = st.binary(min_size=32, max_size=32)
some_codes = st.lists(st.sampled_from(WORDS), min_size=6, max_size=6).map(" ".join)


def many_secrets(number):
    return (hashlib.sha256(b"%d" % count).digest() for count in range(number))


def fault_of(error, parse, *arguments):
    with pytest.raises(error) as caught:
        parse(*arguments)
    return caught.value


# Deriving


def test_journey_has_the_same_id_reference_and_code_in_every_version_of_this_site():
    derived = derive(bytes(32))

    assert derived.report_id.hex() == "61314f2a4c96e5d642b5bacf66b9b6de"
    assert derived.reference == "NS-2PY5-BZGJ"
    assert derived.code == "sinewy hussar scupper gloaming crating bouffant"


@given(secrets)
@UNHURRIED
def test_derivation_is_hkdf_with_a_label_for_each_purpose(secret):
    def expected(label):
        return HKDF(SHA256(), 32, b"reporting.journey.1", label).derive(secret)

    derived = derive(secret)

    assert derived.report_id == expected(b"report id")[:16]
    number = int.from_bytes(expected(b"reference"), "big")
    symbols = derived.reference.replace("-", "")[2:]
    for symbol in symbols[:-1]:
        assert symbol == SYMBOLS[number % 32]
        number //= 32
    number = int.from_bytes(expected(b"code"), "big")
    for word in derived.code.split(" "):
        assert word == WORDS[number % len(WORDS)]
        number //= len(WORDS)


@given(secrets)
@UNHURRIED
def test_reference_and_code_look_as_promised(secret):
    derived = derive(secret)

    assert len(derived.report_id) == 16
    assert re.fullmatch(rf"NS-[{SYMBOLS}]{{4}}-[{SYMBOLS}]{{4}}", derived.reference)
    assert len(derived.code.split(" ")) == 6
    assert set(derived.code.split(" ")) <= set(WORDS)


@given(secrets, st.integers(min_value=0, max_value=255))
@UNHURRIED
def test_one_changed_bit_changes_everything(secret, bit):
    changed = bytearray(secret)
    changed[bit // 8] ^= 1 << bit % 8
    one, other = derive(secret), derive(bytes(changed))

    assert one.report_id != other.report_id
    assert one.reference != other.reference
    # A word may by chance be the same; more than two of six are not.
    same = sum(map(str.__eq__, one.code.split(), other.code.split()))
    assert same <= 2


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_secret_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match=r"^a journey's secret has 32 bytes$"):
        derive(bytes(length))


def test_derived_has_no_repr_that_could_reach_a_log():
    derived = derive(bytes(32))

    assert derived.code not in repr(derived)
    assert derived.reference not in f"{derived}"


def chi_squared(counts, total, classes):
    expected = total / classes
    return sum((counts.get(value, 0) - expected) ** 2 / expected for value in range(classes))


def counted(values):
    counts = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def test_every_symbol_and_every_part_of_the_list_is_as_frequent_at_every_place():
    # The secrets are always the same, so this does not fail by chance. 31 degrees of freedom:
    # beyond 62 lies one thousandth.
    total = 4000
    derived = [derive(secret) for secret in many_secrets(total)]
    references = [one.reference.replace("-", "")[2:] for one in derived]
    indexes = {word: index for index, word in enumerate(WORDS)}
    numbers = [[indexes[word] for word in one.code.split()] for one in derived]

    for place in range(8):
        counts = counted(SYMBOLS.index(reference[place]) for reference in references)
        assert chi_squared(counts, total, 32) < 62, place
    for place in range(6):
        counts = counted(row[place] * 32 // len(WORDS) for row in numbers)
        assert chi_squared(counts, total, 32) < 62, place


def test_what_is_derived_tells_nothing_about_the_rest():
    total = 4000
    derived = [derive(secret) for secret in many_secrets(total)]
    parts = [
        (
            one.report_id[0] >> 5,
            SYMBOLS.index(one.reference[3]) >> 2,
            WORDS.index(one.code.split()[0]) * 8 // len(WORDS),
            WORDS.index(one.code.split()[1]) * 8 // len(WORDS),
        )
        for one in derived
    ]

    for one, other in combinations(range(4), 2):
        pairs = counted(part[one] * 8 + part[other] for part in parts)
        assert chi_squared(pairs, total, 64) < 104, (one, other)  # 63 degrees of freedom


def test_thousands_of_journeys_share_no_id_no_reference_and_no_code():
    derived = [derive(secret) for secret in many_secrets(4000)]

    assert len({one.report_id for one in derived}) == 4000
    assert len({one.reference for one in derived}) == 4000
    assert len({one.code for one in derived}) == 4000


# References


@given(secrets)
@settings(UNHURRIED, max_examples=20)
def test_every_wrong_symbol_and_every_swap_is_caught(secret):
    symbols = derive(secret).reference.replace("-", "")[2:]

    for place, wrong in product(range(8), SYMBOLS):
        if wrong != symbols[place]:
            typed = symbols[:place] + wrong + symbols[place + 1 :]
            assert fault_of(BadReference, parse_reference, typed).fault == Fault.CHECK
    # Not neighbours alone: any two.
    for one, other in combinations(range(8), 2):
        if symbols[one] != symbols[other]:
            row = list(symbols)
            row[one], row[other] = row[other], row[one]
            assert fault_of(BadReference, parse_reference, "".join(row)).fault == Fault.CHECK


def test_wrong_symbols_and_swaps_are_caught_whatever_the_others_are():
    # The check is linear, so these are all the differences that one mistake can make.
    for place, difference in product(range(8), range(1, 32)):
        row = [0] * 8
        row[place] = difference
        assert codes._remainder(row) != 0
    for one, other in combinations(range(8), 2):
        for difference in range(1, 32):
            row = [0] * 8
            row[one] = row[other] = difference
            assert codes._remainder(row) != 0


def spelt(reference, choices):
    """The reference as somebody might type it."""
    looks = {"0": "0oO", "1": "1iIlL"}
    typed = ""
    for symbol in reference:
        if symbol == "-":
            typed += choices.draw(
                st.sampled_from(["-", " ", "", " - ", "\u2013", "\u00a0", "/", "_"])
            )
        else:
            typed += choices.draw(st.sampled_from(looks.get(symbol, symbol + symbol.lower())))
    return typed


@given(secrets, st.data())
@UNHURRIED
def test_reference_is_read_however_it_is_typed(secret, choices):
    reference = derive(secret).reference

    assert parse_reference(spelt(reference, choices)) == reference
    assert parse_reference(f" {spelt(reference[3:], choices)}.\n") == reference


@given(secrets, st.sampled_from(["GMP", "K", "LO", "WILT", "S1"]), st.data())
@UNHURRIED
def test_another_force_has_its_own_prefix(secret, prefix, choices):
    reference = derive(secret, prefix).reference

    assert reference == prefix + derive(secret).reference[2:]
    assert parse_reference(reference, prefix) == reference
    assert parse_reference(reference.lower(), prefix) == reference
    assert parse_reference(reference[len(prefix) :], prefix) == reference


GOOD = derive(bytes(32)).reference


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.LENGTH),
        ("-", Fault.LENGTH),
        ("NS", Fault.LENGTH),
        (GOOD[:-1], Fault.LENGTH),
        (GOOD[3:-1], Fault.LENGTH),
        (f"N{GOOD[3:]}", Fault.LENGTH),
        (f"X{GOOD}", Fault.LENGTH),
        (f"{GOOD} {GOOD}", Fault.LENGTH),
        ("0" * 401, Fault.LENGTH),
        (f"SN{GOOD[2:]}", Fault.PREFIX),
        (f"GM{GOOD[2:]}", Fault.PREFIX),
        (f"{GOOD[:-1]}U", Fault.SYMBOL),
        (f"{GOOD[:-1]}\u00e9", Fault.SYMBOL),
        (f"{GOOD[:-1]}\u0665", Fault.SYMBOL),
        ("NS-0000-0001", Fault.CHECK),
    ],
)
def test_what_is_no_reference_is_named_and_not_repeated(typed, fault):
    error = fault_of(BadReference, parse_reference, typed)

    assert error.fault == fault
    assert str(error) == f"not a reference: {fault}"
    assert error.__cause__ is error.__context__ is None


def test_short_tail_of_another_prefix_is_no_reference():
    # The prefix has two symbols, so three and none at all are told apart.
    assert fault_of(BadReference, parse_reference, f"NSS{GOOD[3:]}").fault == Fault.LENGTH
    assert fault_of(BadReference, parse_reference, GOOD, "GMP").fault == Fault.LENGTH


@given(st.text())
@example("\ufdfa" * 400)
@example("\u00df" * 8)
@UNHURRIED
def test_any_text_is_a_reference_or_refused(typed):
    with suppress(BadReference):
        assert re.fullmatch(rf"NS-[{SYMBOLS}]{{4}}-[{SYMBOLS}]{{4}}", parse_reference(typed))


def test_wide_letters_and_the_longest_input_are_read():
    wide = GOOD.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})

    assert parse_reference(wide) == GOOD
    assert parse_reference(GOOD + " " * (400 - len(GOOD))) == GOOD
    assert parse_code(CODE + " " * (400 - len(CODE))) == CODE


@pytest.mark.parametrize(
    ("error", "parse", "text"), [(BadReference, parse_reference, GOOD), (BadCode, parse_code, CODE)]
)
def test_longer_input_is_not_read_whatever_it_holds(error, parse, text):
    assert fault_of(error, parse, text + " " * (401 - len(text))).fault == Fault.LENGTH


def test_faults_have_the_names_that_the_docs_promise():
    assert [fault.value for fault in Fault] == [
        *("length", "prefix", "symbol", "check"),
        *("unknown_word", "ambiguous_word"),
    ]


# Codes


def look(word):
    """What i and l are the same in."""
    return word.replace("i", "l")


LOOKS = sorted(look(word) for word in WORDS)


def shortest(word):
    """The shortest beginning that no other word has."""
    at = LOOKS.index(look(word))
    others = LOOKS[max(at - 1, 0) : at] + LOOKS[at + 1 : at + 2]
    for length in range(1, len(word)):
        if not any(other.startswith(look(word)[:length]) for other in others):
            return word[:length]
    return word


@given(some_codes, st.data())
@UNHURRIED
def test_code_is_read_however_it_is_typed(code, choices):
    between = st.sampled_from([" ", "-", ", ", "\n", " \u2013 ", ".", "_", "\u00a0"])
    typed = ""
    for number, word in enumerate(code.split(), start=1):
        for letter in word:
            looks = {"o": "oO0", "i": "iI1lL", "l": "lL1iI"}
            typed += choices.draw(st.sampled_from(looks.get(letter, letter + letter.upper())))
        typed += choices.draw(between)
        if choices.draw(st.booleans()):
            typed += f"{number}. "

    assert parse_code(typed) == code
    assert parse_code(code) == code


@given(some_codes)
@UNHURRIED
def test_beginning_is_enough_where_no_other_word_begins_so(code):
    assert parse_code(" ".join(map(shortest, code.split()))) == code


def test_every_word_is_found_by_itself_and_by_its_first_six_letters():
    for at in range(0, len(WORDS), 6):
        words = WORDS[at : at + 6]
        assert parse_code(" ".join(words)).split() == list(words)
        short = [word if word[:6] in WORDS else word[:6] for word in words]
        assert parse_code(" ".join(short)).split() == list(words)


def test_whole_word_stands_for_itself_though_others_begin_with_it():
    word, longer = next(pair for pair in pairwise(WORDS) if pair[1].startswith(pair[0]))

    assert parse_code(f"{word} {word} {word} {longer} {word} {word}").split()[2:4] == [word, longer]


@pytest.mark.parametrize(
    ("typed", "fault", "position"),
    [
        ("", Fault.LENGTH, None),
        ("sinewy", Fault.LENGTH, None),
        (CODE.rsplit(" ", 1)[0], Fault.LENGTH, None),
        (f"{CODE} sinewy", Fault.LENGTH, None),
        (CODE.replace(" ", ""), Fault.LENGTH, None),
        ("a" * 401, Fault.LENGTH, None),
        (f"{CODE[:-8]}xyzzy", Fault.UNKNOWN_WORD, 6),
        (f"xyzzy{CODE[6:]}", Fault.UNKNOWN_WORD, 1),
        (CODE.replace("scupper", "scuppers"), Fault.UNKNOWN_WORD, 3),
        (CODE.replace("scupper", "sc\u00fcpper"), Fault.UNKNOWN_WORD, 3),
        (CODE.replace("scupper", "zzzz"), Fault.UNKNOWN_WORD, 3),
        (CODE.replace("hussar", "s"), Fault.AMBIGUOUS_WORD, 2),
        (CODE.replace("hussar", "sea"), Fault.AMBIGUOUS_WORD, 2),
    ],
)
def test_what_is_no_code_is_named_by_its_place_and_not_repeated(typed, fault, position):
    error = fault_of(BadCode, parse_code, typed)

    assert (error.fault, error.position) == (fault, position)
    assert str(error) == f"not a code: {fault}"
    assert error.__cause__ is error.__context__ is None


@given(st.text())
@example("\ufdfa" * 400)
@example("1 0 1 0 1 0")
@UNHURRIED
def test_any_text_is_a_code_or_refused(typed):
    with suppress(BadCode):
        assert len(parse_code(typed).split()) == 6


# Reading back


@given(some_codes)
@UNHURRIED
def test_two_different_words_are_asked_for_and_always_the_same_two(code):
    first, second = read_back(code)

    assert 1 <= first < second <= 6
    assert read_back(code) == (first, second)


def test_every_two_places_are_asked_for_as_often():
    total = 3000
    asked = counted(read_back(derive(secret).code) for secret in many_secrets(total))

    assert set(asked) == set(combinations(range(1, 7), 2))
    # 14 degrees of freedom.
    assert sum((count - total / 15) ** 2 / (total / 15) for count in asked.values()) < 37
    assert read_back(CODE) == (2, 6)


# The mailbox


def test_code_and_salt_give_the_same_verifier_and_key_in_every_version_of_this_site():
    verifier, key = mailbox_secret(CODE, SALT)

    assert verifier.hex() == "713b9a859b80da50493251e2bae951a56b394832f1d4cd7205a26f9a530cc3fb"
    assert key.hex() == "7654bc93d50c7648df5441ae0a14b5e9793b278343cff63bd5641765ed99ff77"


def test_verifier_and_key_come_from_argon2_under_two_labels():
    root = hash_secret_raw(CODE.encode(), SALT, 1, 8192, 1, 32, Type.ID)

    assert mailbox_secret(CODE, SALT) == (
        HKDFExpand(SHA256(), 32, b"mailbox verifier").derive(root),
        HKDFExpand(SHA256(), 32, b"mailbox key").derive(root),
    )


def test_another_code_or_another_salt_gives_another_verifier_and_another_key():
    pairs = [
        mailbox_secret(CODE, SALT),
        mailbox_secret(CODE, bytes(16)),
        mailbox_secret(CODE.replace("scupper", "seaside"), SALT),
        mailbox_secret(" ".join(reversed(CODE.split())), SALT),
    ]

    assert len({part for pair in pairs for part in pair}) == 8
    assert {len(part) for pair in pairs for part in pair} == {32}


def test_key_is_handed_out_for_the_right_code_alone():
    verifier, key = mailbox_secret(CODE, SALT)
    changed = bytes([*verifier[:-1], verifier[-1] ^ 1])

    assert mailbox_key(CODE, SALT, verifier) == key
    assert mailbox_key(f"1. {CODE.upper()}", SALT, verifier) == key
    assert mailbox_key(CODE.replace("scupper", "seaside"), SALT, verifier) is None
    assert mailbox_key(CODE, bytes(16), verifier) is None
    for wrong in (changed, b"", key, verifier[:-1]):
        assert mailbox_key(CODE, SALT, wrong) is None


def test_verifier_is_compared_in_constant_time(monkeypatch):
    asked = []

    def compare(one, other):
        asked.append((one, other))
        return True

    verifier, key = mailbox_secret(CODE, SALT)
    monkeypatch.setattr(codes.hmac, "compare_digest", compare)

    assert mailbox_key(CODE, SALT, b"stored") == key
    assert asked == [(verifier, b"stored")]


@pytest.mark.parametrize("length", [0, 8, 15, 17, 32])
def test_salt_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match=r"^a salt has 16 bytes$"):
        mailbox_secret(CODE, bytes(length))


def test_what_is_no_code_opens_no_mailbox():
    with pytest.raises(BadCode):
        mailbox_secret("sinewy", SALT)
    with pytest.raises(BadCode):
        mailbox_key("sinewy", SALT, bytes(32))


# The words


def test_six_words_carry_77_bits():
    assert len(WORDS) == len(set(WORDS)) == 7776
    assert len(WORDS) ** 6 > 2**77


def test_words_are_short_plain_and_in_order():
    assert list(WORDS) == sorted(WORDS)
    for word in WORDS:
        assert re.fullmatch("[a-z]{3,8}", word), word


def test_words_stay_as_they_are_since_codes_were_handed_out():
    digest = hashlib.sha256("\n".join(WORDS).encode()).hexdigest()

    assert digest == "ca1ccbc5da6a4eb71fe9c566ccf4a934bc76979a34ca00f318bb34935c8a6fdc"


def test_no_word_becomes_another_by_one_slip():
    """One letter wrong, missing, too many, or two neighbours swapped; i and l are one letter."""
    looks = {look(word) for word in WORDS}
    assert len(looks) == len(WORDS)
    shortened = set()
    for word in looks:
        slips = {word[:at] + word[at + 1 :] for at in range(len(word))}
        assert not slips & looks, word
        gaps = {f"{word[:at]}*{word[at + 1 :]}" for at in range(len(word))}
        assert not gaps & shortened, word
        shortened |= gaps
        for at in range(len(word) - 1):
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            assert swapped == word or swapped not in looks, word


def test_first_six_letters_tell_a_word():
    assert len({look(word)[:6] for word in WORDS}) == len(WORDS)


def test_no_word_hurts():
    """A sample of each kind, so that a new list is not put in unread; docs/reporting-codes.md says
    how the words were read."""
    assert not set(UNWELCOME.split()) & set(WORDS)
