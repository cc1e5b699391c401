"""Sealed reports in a file, one JSON object a line, to be opened on a machine without a network.

A line is ``{"report_id": "<32 hex digits>", "envelope": "<base64>"}``. It holds no more than the
database does, so the file needs no key to be written, and tells a thief as little.
"""

import base64
import json
from typing import Any

from reporting.sealing import CannotOpen, PrivateKeys, addressed_to, open_part


def export_line(report_id: bytes, envelope: bytes) -> str:
    """One report as a line, without the line's end."""
    return json.dumps(
        {"report_id": report_id.hex(), "envelope": base64.b64encode(envelope).decode()}
    )


def open_line(line: str, keys: PrivateKeys) -> dict[str, Any]:
    """What these keys open of one report, ready for ``json.dumps``.

    ``parts`` holds what opened: the part itself where it is JSON, as a site's parts are, else
    ``{"base64": …}``. ``no_key`` names parts that are sealed to other keys, ``damaged`` those that
    one of these keys should open and does not. ValueError for a line that is no such report.
    """
    report_id, envelope = _read(line)
    parts: dict[str, Any] = {}
    no_key, damaged = [], []
    for part, key_ids in addressed_to(envelope).items():
        if not any(key_id in keys for key_id in key_ids):
            no_key.append(part)
            continue
        try:
            parts[part] = _presentable(open_part(envelope, report_id, part, keys))
        except CannotOpen:
            damaged.append(part)
    return {"report_id": report_id.hex(), "parts": parts, "no_key": no_key, "damaged": damaged}


def _read(line: str) -> tuple[bytes, bytes]:
    try:
        fields = json.loads(line)
        report_id = bytes.fromhex(fields["report_id"])
        envelope = base64.b64decode(fields["envelope"], validate=True)
        addressed_to(envelope)
    except (ValueError, TypeError, KeyError, RecursionError, CannotOpen):
        raise ValueError("no sealed report") from None
    if len(report_id) != 16:
        raise ValueError("no sealed report")
    return report_id, envelope


def _presentable(opened: bytes) -> Any:
    try:
        return json.loads(opened)
    except ValueError:
        return {"base64": base64.b64encode(opened).decode()}
