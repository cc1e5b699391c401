"""Keys for development: made by themselves, and guarding nothing."""

from datetime import date
from pathlib import Path

from reporting.keystore import files
from reporting.keystore.files import KeyStoreError
from reporting.keystore.folder import has_keys
from reporting.keystore.making import FOR_OFFICERS, fill_folder, wrap_for_officer
from reporting.sealing import Cost

DEVELOPMENT_OFFICER = "developer"
DEVELOPMENT_PASSPHRASE = "for development only"  # noqa: S105 - it is public, and says so

# The passphrase lies beside the keys: a dear guess would guard nothing, and slow each first start.
_COST = Cost(memory_kib=1024, passes=1, lanes=1)

NOTICE = "DEVELOPMENT.txt"
_NOTICE_WORDS = f"""\
THESE KEYS ARE FOR DEVELOPMENT ONLY.

They were made by themselves when the site was first started on this machine. Whoever can read
this folder can open every report that is sealed to them, so they guard nothing.

A force makes its own on a machine that is on no network: docs/reporting.md says how.

Officer: {DEVELOPMENT_OFFICER}
Every passphrase here: {DEVELOPMENT_PASSPHRASE}
"""


def development_keys(folder: Path, issued_on: date) -> bool:
    """Makes a development set once; says whether it has. Keys that are there are left alone.

    Its manifest says, under its signature, that it is for development. KeyStoreError where the
    folder holds something else.
    """
    if has_keys(folder):
        return False
    try:
        _make(folder, issued_on)
    except KeyStoreError:
        # Another start on this machine was faster.
        if has_keys(folder):
            return False
        raise
    return True


def _make(folder: Path, issued_on: date) -> None:
    words = DEVELOPMENT_PASSPHRASE
    with files.whole_folder(folder) as fresh:
        fill_folder(fresh, words, words, issued_on, is_development=True, cost=_COST)
        wrap_for_officer(fresh, DEVELOPMENT_OFFICER, FOR_OFFICERS, words, words, _COST)
        files.write_new(fresh / NOTICE, _NOTICE_WORDS.encode())
