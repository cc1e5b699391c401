"""How the key commands ask for passphrases, and how they fail.

A passphrase is typed unseen, or is the first line of a file that an option names. It is never an
argument: those stand in the shell's history and in the list of processes.
"""

import contextlib
import warnings
from collections.abc import Iterator
from getpass import GetPassWarning, getpass
from pathlib import Path

from django.core.management.base import CommandError

from reporting.keystore import KeyStoreError
from reporting.sealing import SHORTEST_PASSPHRASE, CannotOpen


def ask(whose: str, file: Path | None) -> str:
    """A passphrase that exists."""
    return _read(file) if file else _type(f"Passphrase of {whose}: ")


def ask_new(whose: str, file: Path | None) -> str:
    """A new passphrase; where it is typed, twice."""
    words = _read(file) if file else _type(f"New passphrase of {whose}: ")
    if len(words) < SHORTEST_PASSPHRASE:
        raise CommandError(
            f"The passphrase of {whose} needs at least {SHORTEST_PASSPHRASE} characters;"
            " four or more words that nobody would guess are good."
        )
    if not file and _type("The same again: ") != words:
        raise CommandError("The two are not the same. Nothing was written.")
    return words


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what is wrong with the keys into what a command says."""
    try:
        yield
    except (KeyStoreError, CannotOpen) as error:
        raise CommandError(str(error)) from error


def _type(prompt: str) -> str:
    try:
        with warnings.catch_warnings():
            # Where the letters would be seen, nothing is asked.
            warnings.simplefilter("error", GetPassWarning)
            return getpass(prompt)
    except (EOFError, GetPassWarning):
        raise CommandError(
            f"{prompt.removesuffix(': ')}: there is no terminal to type it at unseen. Type it at"
            " one, or name a file whose first line it is; --help says by which option."
        ) from None


def _read(file: Path) -> str:
    try:
        lines = file.read_text().splitlines()
    except (OSError, UnicodeDecodeError):
        raise CommandError(f"{file} cannot be read.") from None
    if not lines or not lines[0]:
        raise CommandError(f"{file}: its first line is to be the passphrase.")
    return lines[0]
