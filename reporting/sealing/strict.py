"""JSON and base64 of which each value has exactly one spelling.

So a byte that was changed, a field given twice, or a space too many is noticed, and what was
signed is what is read.
"""

import base64
import json
from typing import Any

LONGEST = 64 * 1024  # bytes; our largest file has some 6,000


def dump(value: dict[str, Any]) -> bytes:
    """The one spelling: sorted, indented, ASCII, with a newline at the end."""
    return json.dumps(value, indent=2, sort_keys=True).encode() + b"\n"


def load(data: bytes, fields: set[str]) -> dict[str, Any]:
    """Reads what ``dump`` wrote, with these fields and no others; else ValueError."""
    if len(data) > LONGEST:
        raise ValueError("too long")
    try:
        value = json.loads(data)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(value, dict) or value.keys() != fields or dump(value) != data:
        raise ValueError("not as this site writes it")
    return value


def to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def from_base64(text: Any) -> bytes:
    """The bytes; ValueError for anything that ``to_base64`` cannot have written."""
    if not isinstance(text, str):
        raise ValueError("not a text")
    data = base64.b64decode(text)
    # Letters that are none are passed over, and the last may have bits that say nothing.
    if to_base64(data) != text:
        raise ValueError("not as this site writes it")
    return data
