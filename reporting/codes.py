"""What a report is known by: its id, its reference and the reporter's six-word code.

All three come from the secret of one journey, so a second press, a reload or a retry shows the same
again. None tells anything about another. docs/reporting-codes.md says why each is as it is.
"""

import hmac
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

SECRET_BYTES = 32
SALT_BYTES = 16
PREFIX = "NS"

# https://www.crockford.com/base32.html
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans("OIL", "011")
NUMBER_OF_SYMBOLS = 8  # the last one checks the others

# Never take a word out: the codes that were handed out would no longer be understood.
WORDS = tuple(Path(__file__).with_name("words.txt").read_text("ascii").split())
WORDS_IN_CODE = 6
WORD_LOOK_ALIKES = str.maketrans("i10", "llo")

LONGEST_INPUT = 400  # characters; a code has 60 at most, some more when numbers stand before it

# Six words are 77.5 bits, so this need not slow guessing down as for a password that somebody
# chose; it takes a sixth of the time that one submission may cost (docs/reporting-codes.md).
ARGON2_ROUNDS = 1
ARGON2_KIBIBYTES = 8 * 1024
ARGON2_LANES = 1


class Fault(StrEnum):
    """What is wrong with a reference or a code that somebody typed."""

    LENGTH = "length"  # too many or too few symbols or words
    PREFIX = "prefix"  # the reference is another force's
    SYMBOL = "symbol"  # not a letter or digit that a reference can have
    CHECK = "check"  # well formed, yet mistyped
    UNKNOWN_WORD = "unknown_word"
    AMBIGUOUS_WORD = "ambiguous_word"  # the beginning of more than one word


class BadReference(ValueError):
    """The text is no reference. What was typed is not in here."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"not a reference: {fault}")
        self.fault = fault


class BadCode(ValueError):
    """The text is no code. What was typed is not in here.

    ``position`` counts the words from 1; None where no single word is at fault.
    """

    def __init__(self, fault: Fault, position: int | None = None) -> None:
        super().__init__(f"not a code: {fault}")
        self.fault = fault
        self.position = position


@dataclass(frozen=True, repr=False)
class Derived:
    """What one journey's report is known by. It has no repr: the code belongs in no log."""

    report_id: bytes  # 16
    reference: str  # NS-XXXX-XXXX
    code: str  # six words with spaces between


def derive(secret: bytes, prefix: str = PREFIX) -> Derived:
    """The id, reference and code of a journey's secret of 32 random bytes; always the same."""
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a journey's secret has {SECRET_BYTES} bytes")
    key = hmac.digest(b"reporting.journey.1", secret, "sha256")  # HKDF-Extract, RFC 5869
    return Derived(
        report_id=_expand(key, b"report id")[:16],
        reference=_reference(_number(key, b"reference"), prefix),
        code=_code(_number(key, b"code")),
    )


def parse_reference(text: str, prefix: str = PREFIX) -> str:
    """The reference as it is written: whatever its case, spaces and hyphens, with O for 0, I or L
    for 1, with or without the prefix. Raises BadReference."""
    typed = "".join(re.findall(r"[^\W_]+", _tidied(text, BadReference).upper()))
    typed = typed.translate(LOOK_ALIKES)
    symbols = typed[-NUMBER_OF_SYMBOLS:]
    if len(symbols) != NUMBER_OF_SYMBOLS:
        raise BadReference(Fault.LENGTH)
    if any(symbol not in SYMBOLS for symbol in symbols):
        raise BadReference(Fault.SYMBOL)
    before = typed[:-NUMBER_OF_SYMBOLS]
    if len(before) not in (0, len(prefix)):
        raise BadReference(Fault.LENGTH)
    if before not in ("", prefix.translate(LOOK_ALIKES)):
        raise BadReference(Fault.PREFIX)
    if _remainder([SYMBOLS.index(symbol) for symbol in symbols]) != 0:
        raise BadReference(Fault.CHECK)
    return _written(symbols, prefix)


def parse_code(text: str) -> str:
    """The code as it is written: whatever its case and what stands between the words, numbered or
    not, with 0 for o, 1 for i or l, and with words of which only the beginning was typed, where no
    other word begins so. Raises BadCode."""
    typed = re.findall(r"[^\W_]+", _tidied(text, BadCode).lower())
    words = [word for word in typed if not word.isdecimal()]
    if len(words) != WORDS_IN_CODE:
        raise BadCode(Fault.LENGTH)
    return " ".join(_word(word, position) for position, word in enumerate(words, start=1))


def read_back(code: str) -> tuple[int, int]:
    """Which two words the reporter is asked for again: positions from 1 to 6, the lower first.

    They come from the code, so a reload asks for the same two. What is typed stays on the
    reporter's device, where a script compares it."""
    pairs = list(combinations(range(1, WORDS_IN_CODE + 1), 2))
    digest = hmac.digest(b"reporting.read-back.1", code.encode(), "sha256")
    return pairs[int.from_bytes(digest) % len(pairs)]


def mailbox_secret(code: str, salt: bytes) -> tuple[bytes, bytes]:
    """What the code gives with its report's salt of 16 random bytes: the verifier, which is stored,
    and the key of the reporter's mailbox, which is not. 32 bytes each, neither tells the other.

    Takes the code as ``parse_code`` does. Raises BadCode."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    root = hash_secret_raw(
        parse_code(code).encode(),
        salt,
        time_cost=ARGON2_ROUNDS,
        memory_cost=ARGON2_KIBIBYTES,
        parallelism=ARGON2_LANES,
        hash_len=32,
        type=Type.ID,
    )
    return _expand(root, b"mailbox verifier"), _expand(root, b"mailbox key")


def mailbox_key(code: str, salt: bytes, verifier: bytes) -> bytes | None:
    """The mailbox's key if the code is the one of this verifier; None if not.

    The time tells nothing about either. Where there is no such report, call it with any salt and
    any verifier, so that this takes as long. Raises BadCode."""
    found, key = mailbox_secret(code, salt)
    return key if hmac.compare_digest(found, verifier) else None


def _expand(key: bytes, label: bytes) -> bytes:
    """32 bytes: the first block of HKDF-Expand with SHA-256 (RFC 5869, 2.3)."""
    return hmac.digest(key, label + b"\x01", "sha256")


def _number(key: bytes, label: bytes) -> int:
    """256 bits, so many that the remainder by any number used here is as good as uniform."""
    return int.from_bytes(_expand(key, label))


def _reference(number: int, prefix: str) -> str:
    values = _digits(number, len(SYMBOLS), NUMBER_OF_SYMBOLS - 1)
    # The check symbol is what brings the remainder to 0: addition is its own inverse.
    values.append(_remainder([*values, 0]))
    return _written("".join(SYMBOLS[value] for value in values), prefix)


def _written(symbols: str, prefix: str) -> str:
    return f"{prefix}-{symbols[:4]}-{symbols[4:]}"


def _remainder(values: list[int]) -> int:
    """The symbols as a polynomial over the field of 32 elements, at x = 2; 0 for a reference.

    Each place has a weight of its own, 2 to the power of the place, and none is 0: so one wrong
    symbol never goes unseen, nor two that have changed places. Modulo x^5 + x^2 + 1, of which 2 is
    a generator."""
    total = 0
    for value in values:
        total <<= 1
        if total & 0b100000:
            total ^= 0b100101
        total ^= value
    return total


def _code(number: int) -> str:
    return " ".join(WORDS[value] for value in _digits(number, len(WORDS), WORDS_IN_CODE))


def _digits(number: int, base: int, how_many: int) -> list[int]:
    digits = []
    for _place in range(how_many):
        number, digit = divmod(number, base)
        digits.append(digit)
    return digits


def _tidied(text: str, error: type[BadReference] | type[BadCode]) -> str:
    """One form for what looks the same, such as wide letters (Unicode's NFKC)."""
    if len(text) > LONGEST_INPUT:
        raise error(Fault.LENGTH)
    return unicodedata.normalize("NFKC", text)


def _word(typed: str, position: int) -> str:
    key = typed.translate(WORD_LOOK_ALIKES)
    at = bisect_left(_KEYS, key)
    alike = [found for found in _KEYS[at : at + 2] if found.startswith(key)]
    if not alike:
        raise BadCode(Fault.UNKNOWN_WORD, position)
    if key != alike[0] and len(alike) > 1:
        raise BadCode(Fault.AMBIGUOUS_WORD, position)
    return _BY_KEY[alike[0]]


_BY_KEY = {word.translate(WORD_LOOK_ALIKES): word for word in WORDS}
_KEYS = sorted(_BY_KEY)
