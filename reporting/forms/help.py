"""Help after an answer, with the addresses that the settings give its links."""

from dataclasses import dataclass

from django.conf import settings

from reporting.forms.voices import Told, told
from reporting.questions import HELP, linked


@dataclass(frozen=True)
class ShownHelp:
    """``links`` are (words, address)."""

    key: str
    words: Told
    links: list[tuple[str, str]]


def help_of(key: str) -> ShownHelp:
    block = HELP[key]
    return ShownHelp(key, told(block.words), linked(block, settings.REPORT_HELP_ADDRESSES))
