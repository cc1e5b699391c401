"""What is broken, and the tests that should notice. They are those of the part itself: a mutant
that only a distant test would find counts as a survivor."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """``files`` is a pattern below the checkout. Of the tests, those that are quick stand first."""

    files: str
    tests: tuple[str, ...]


PARTS = {
    "triage": Part("reporting/triage.py", ("tests/reporting/test_triage.py",)),
    "codes": Part("reporting/codes.py", ("tests/reporting/test_codes.py",)),
    "sealing": Part(
        "reporting/sealing/*.py",
        (
            "tests/reporting/test_version_1.py",
            "tests/reporting/test_padding.py",
            "tests/reporting/test_manifest.py",
            "tests/reporting/test_wrapping.py",
            "tests/reporting/test_sealing.py",
        ),
    ),
    "spool": Part("reporting/spool.py", ("tests/reporting/test_spool.py",)),
    "keystore": Part(
        "reporting/keystore/*.py",
        ("tests/reporting/test_keystore.py", "tests/reporting/test_key_commands.py"),
    ),
}
