"""Padding to a few sizes, so that a length tells no more than its size class."""

from collections.abc import Sequence

from reporting.sealing.errors import CannotOpen

PREFIX = 4  # bytes: the length of what follows, most significant first


def pad(plaintext: bytes, sizes: Sequence[int]) -> bytes:
    """Fills up to the smallest of the sizes (bytes, ascending) into which it fits.

    ValueError where it fits into none: the form's limits are to see to that.
    """
    filled = len(plaintext).to_bytes(PREFIX, "big") + plaintext
    for size in sizes:
        if len(filled) <= size:
            return filled.ljust(size, b"\0")
    raise ValueError(f"longer than the {sizes[-1] - PREFIX} bytes that fit")


def unpad(padded: bytes, sizes: Sequence[int]) -> bytes:
    """What ``pad`` was given; CannotOpen for anything that it cannot have made."""
    length = int.from_bytes(padded[:PREFIX], "big")
    plaintext = padded[PREFIX : PREFIX + length]
    if len(padded) not in sizes or pad(plaintext, sizes) != padded:
        raise CannotOpen
    return plaintext
