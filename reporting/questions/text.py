"""What a reader has typed, made fit to be kept: nothing that has a meaning is changed."""

import re

# The end of a line as browsers, Windows and old Macs send it.
LINE_END = re.compile(r"\r\n?")

# No keyboard types these; UTF-8 and PostgreSQL cannot hold them.
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def kept(typed: str) -> str:
    r"""Every line end becomes one letter, and what cannot be kept becomes U+FFFD, as in HTML.

    >>> kept("one\r\ntwo\x00")
    'one\ntwo\ufffd'
    """
    return UNKEEPABLE.sub("\ufffd", LINE_END.sub("\n", typed))
