"""Help after an answer, with the addresses that the settings give its links."""

from dataclasses import dataclass

from django.conf import settings

from reporting.forms.voices import Told, told
from reporting.questions import HELP, linked


@dataclass(frozen=True)
class ShownHelp:
    """``calls`` and ``links`` are (words, address): to press for a call, and to read on."""

    key: str
    words: Told
    calls: list[tuple[str, str]]
    links: list[tuple[str, str]]


def help_of(key: str) -> ShownHelp:
    block = HELP[key]
    ways = linked(block, settings.REPORT_HELP_ADDRESSES)
    calls = [way for way in ways if way[1].startswith("tel:")]
    return ShownHelp(key, told(block.words), calls, [way for way in ways if way not in calls])
