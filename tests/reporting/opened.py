"""Opening what was stored, as officers do."""

import json
from typing import Any

from reporting.models import Report
from reporting.sealing import open_part
from tests.reporting.key_sets import RECOVERY


def opened(report: Report) -> dict[str, Any]:
    """The parts of a stored report."""
    parts = {
        part: open_part(bytes(report.envelope), report.id.bytes, part, RECOVERY)
        for part in ("triage", "body", "identity")
    }
    return {part: json.loads(words) if words else {} for part, words in parts.items()}
