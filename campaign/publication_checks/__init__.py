"""What is checked before a page is published. Most findings inform; a few stop it."""

from collections.abc import Callable, Iterable

from campaign.publication_checks import blame, facts, headings, links, markup, reading, weight
from campaign.publication_checks.findings import Finding, Level, stops
from campaign.publishing.content import PageWords

__all__ = ["Finding", "Level", "check_page", "stops"]

CHECKS: tuple[Callable[[PageWords], Iterable[Finding]], ...] = (
    markup.check,
    weight.check,
    reading.check,
    headings.check,
    blame.check,
    facts.check,
    links.check,
)


def check_page(words: PageWords) -> list[Finding]:
    """What stops publishing comes first. Asks other sites whether links answer: some seconds."""
    found = [finding for check in CHECKS for finding in check(words)]
    return sorted(found, key=lambda finding: finding.level != Level.STOP)
