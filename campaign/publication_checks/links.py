"""Links: inside the site they lead somewhere, outside they answer."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from html import unescape
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
SECONDS_FOR_ALL = 8.0


def check_inside(words: PageWords) -> Iterator[Finding]:
    for link, where in _links(words).items():
        if link.startswith("/") and not leads_somewhere(link, words):
            message = _("The link %(link)s leads to no page of this site.")
            yield Finding(Level.WARNING, message % {"link": link}, where)
        elif link.startswith("/") and urlsplit(link).fragment:
            message = _("The link %(link)s names a part of a page. It opens the page at its top.")
            yield Finding(Level.WARNING, message % {"link": link}, where)


def check_outside(words: PageWords) -> Iterator[Finding]:
    """Asks the other sites."""
    found = _links(words)
    outside = [link for link in found if link.lower().startswith("https://")][:MOST_LINKS]
    answers = answers_of(outside)
    for link, answer in answers.items():
        if message := _fault(answer):
            yield Finding(Level.WARNING, message % {"link": link}, found[link])
    if unasked := [link for link in outside if link not in answers]:
        message = _("Not asked, since other sites took too long: %(links)s. Open them yourself.")
        yield Finding(Level.WARNING, message % {"links": ", ".join(unasked)})


def _links(words: PageWords) -> dict[str, str]:
    """Each with where it stands."""
    found = {
        unescape(link): where for where, text in rich_texts(words) for link in HREF.findall(text)
    }
    for part in words.sections:
        for row in listed_rows(part.section):
            if url := getattr(row, "url", ""):
                found.setdefault(url, str(row))
    return found


def answers_of(links: list[str]) -> dict[str, Answer]:
    """What each link answered within the time; the others are left out, and left alone."""
    pool = ThreadPoolExecutor(AT_ONCE)
    asked = {link: pool.submit(ask, link) for link in links}
    wait(asked.values(), timeout=SECONDS_FOR_ALL)
    pool.shutdown(wait=False, cancel_futures=True)
    done = {link: future for link, future in asked.items() if future.done()}
    return {link: future.result() for link, future in done.items() if not future.cancelled()}


def leads_somewhere(link: str, words: PageWords) -> bool:
    """To a page that is live, to the page itself, or to another address of the readers' site."""
    path = urlsplit(link).path
    live = {page.get_absolute_url() for page in frame().pages.values()}
    if path in live or path == words.page.get_absolute_url():
        return True
    if path.startswith(settings.STAFF_PREFIX):
        return False
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
