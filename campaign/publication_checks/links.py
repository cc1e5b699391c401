"""Links: inside the site they lead somewhere, outside they answer."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from campaign.frame import frame
from campaign.publication_checks.asking import Answer, ask
from campaign.publication_checks.findings import Finding, Level, rich_texts
from campaign.publishing.content import PageWords
from campaign.reading import listed_rows

HREF = re.compile(r"""<a\b[^>]*?href=["']([^"']*)["']""", re.I)
MOST_LINKS, AT_ONCE = 60, 12


def check(words: PageWords) -> Iterator[Finding]:
    found = {link: where for where, text in rich_texts(words) for link in HREF.findall(text)}
    for part in words.sections:
        for row in listed_rows(part.section):
            if url := getattr(row, "url", ""):
                found.setdefault(url, str(row))
    for link, where in found.items():
        if link.startswith("/") and not leads_somewhere(link, words):
            message = _("The link %(link)s leads to no page of this site.")
            yield Finding(Level.WARNING, message % {"link": link}, where)
    outside = [link for link in found if link.startswith("https://")][:MOST_LINKS]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for link, answer in zip(outside, pool.map(ask, outside), strict=True):
            if message := _fault(answer):
                yield Finding(Level.WARNING, message % {"link": link}, found[link])


def leads_somewhere(link: str, words: PageWords) -> bool:
    """To a page that is live, to the page itself, or to another address of the readers' site."""
    path = urlsplit(link).path
    live = {page.get_absolute_url() for page in frame().pages.values()}
    if path in live or path == words.page.get_absolute_url():
        return True
    try:
        return resolve(path, settings.WHOLE_URLCONF).url_name != "page"
    except Resolver404:
        return False


def _fault(answer: Answer) -> str:
    return {
        Answer.GOOD: "",
        Answer.MOVED: _("%(link)s has moved. Open it, and write the new address."),
        Answer.GONE: _("%(link)s is not there any more."),
        Answer.REFUSES: _("%(link)s does not let a machine look. Open it yourself."),
        Answer.SILENT: _("%(link)s did not answer. Open it yourself."),
    }[answer]
