"""Pictures pasted as text: a ``data:`` address, or a long run of base64 or hexadecimal digits."""

import re

from django.utils.translation import gettext_lazy as _

TAKEN_OUT = _("(picture data was here)")

# RFC 2397. "data: it was a lot" is none, nor is "data:image/png, or so".
DATA_ADDRESS = re.compile(
    r"data:(?:[\w.+-]+/[\w.+-]+|(?=;))(?:;[\w.+=-]+)*,[\w+/=%.~-]+", re.I | re.A
)

# Letters of base64, its form for addresses, and hexadecimal. RFC 4648.
LETTERS = r"[A-Za-z0-9+/_-]"

# Encoders break lines; no word has 40 of these letters.
WRAPPED = rf"{LETTERS}{{40,}}(?:\s{{1,4}}{LETTERS}{{40,}})*(?:\s{{1,4}}{LETTERS}{{1,39}}={{1,2}})?"
RUN = re.compile(rf"{WRAPPED}={{0,2}}")

# In characters. A picture that shows anything has more; what people paste has fewer in one run:
# a link, or a dozen numbers of payments in crypto below each other.
LONGEST_RUN = 1000


def without_pictures(text: str) -> tuple[str, bool]:
    """The text with each picture cut out and a note in its place; and whether there was one."""
    marker = str(TAKEN_OUT)

    def cut(found: re.Match[str]) -> str:
        return marker if _is_picture(found[0]) else found[0]

    rest = RUN.sub(cut, DATA_ADDRESS.sub(marker, text))
    return rest, rest != text


def _is_picture(run: str) -> bool:
    """A cry of a thousand letters has no digit in it; a picture has."""
    return len(run) >= LONGEST_RUN and any(letter.isdigit() for letter in run)
