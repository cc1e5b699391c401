"""Padding: what is padded comes back, and its length tells the size class alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.sealing import SIZES, CannotOpen, pad, unpad

CLASSES = (16, 64, 256)


@given(st.binary(max_size=252))
def test_what_was_padded_comes_back(plaintext):
    padded = pad(plaintext, CLASSES)

    assert unpad(padded, CLASSES) == plaintext


@pytest.mark.parametrize(
    ("length", "size"),
    [(0, 16), (1, 16), (12, 16), (13, 64), (60, 64), (61, 256), (252, 256)],
)
def test_length_is_that_of_the_smallest_class_that_fits(length, size):
    assert len(pad(b"x" * length, CLASSES)) == size


def test_what_fits_into_no_class_is_refused_with_the_limit():
    with pytest.raises(ValueError, match="longer than the 252 bytes"):
        pad(b"x" * 253, CLASSES)


@given(st.binary(max_size=300))
def test_only_what_was_padded_is_unpadded(data):
    try:
        plaintext = unpad(data, CLASSES)
    except CannotOpen:
        return
    assert pad(plaintext, CLASSES) == data


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        b"\0\0\0",
        b"\0\0\0\0" + b"\0" * 11,
        b"\0\0\0\0" + b"\0" * 13,
        b"\0\0\0\1" + b"x" * 12,
        b"\0\0\0\2" + b"x" * 2 + b"\0" * 58,
        b"\0\0\0\x0d" + b"x" * 12,
        b"\0\0\1\xff" + b"x" * 508,
        b"\0\0\1\xff" + b"x" * 511,
        b"\xff\xff\xff\xff" + b"x" * 12,
    ],
    ids=[
        "empty",
        "no length",
        "a byte short",
        "a byte long",
        "words in the padding",
        "a larger class than needed",
        "a length beyond the end",
        "larger than the largest class",
        "larger than the largest class, in full",
        "a length beyond everything",
    ],
)
def test_padding_that_is_not_ours_does_not_open(padded):
    with pytest.raises(CannotOpen):
        unpad(padded, CLASSES)


def test_size_classes_are_those_that_the_design_gives():
    kib = {part: [size / 1024 for size in sizes] for part, sizes in SIZES.items()}

    assert kib == {"triage": [1], "body": [4, 16, 64, 128], "identity": [2, 8, 32]}
