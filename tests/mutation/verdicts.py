"""What became of a mutant."""

from enum import Enum


class Verdict(Enum):
    KILLED = "killed"  # a test failed
    TIMED_OUT = "timed out"  # it counts as killed, and is listed apart
    SURVIVED = "survived"
    UNCLEAR = "unclear"  # the tests broke off without saying why; counts as a survivor
