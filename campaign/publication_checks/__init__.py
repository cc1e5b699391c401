"""What is checked before a page is published. Most findings inform; a few stop it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from html import unescape

from campaign.mentions import Mentions
from campaign.publication_checks import blame, facts, headings, links, markup, reading, weight
from campaign.publication_checks.findings import Finding, Level, stops
from campaign.publishing.content import PageWords

__all__ = ["Finding", "Level", "check_page", "stops"]

Check = Callable[[PageWords], Iterable[Finding]]
CHECKS: tuple[Check, ...] = (
    markup.check,
    weight.check,
    reading.check,
    headings.check,
    blame.check,
    facts.check,
    links.check_inside,
)
ASKING: tuple[Check, ...] = (links.check_outside,)


def check_page(words: PageWords, asks_others: bool = True) -> list[Finding]:
    """What stops publishing comes first. Asking other sites whether links answer takes seconds."""
    mentions = Mentions()

    def said(text: str) -> str:
        """With the rows' words in the place of their mentions, as plain text."""
        return unescape(mentions.plain(text))

    found = [
        replace(finding, what=said(finding.what), where=said(finding.where))
        for check in (*CHECKS, *(ASKING if asks_others else ()))
        for finding in check(words)
    ]
    return sorted(found, key=lambda finding: finding.level != Level.STOP)
