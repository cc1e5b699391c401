"""Words that blame, frighten, or sound like the blackmailers.

What somebody else says may be quoted: in quotation marks, as what they say in a list or a chat,
and in a table's column of words to avoid.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from campaign.mentions import MENTION
from campaign.models import Entry
from campaign.models.pages import Reader
from campaign.models.sections import SectionKind, Speaker
from campaign.publication_checks.findings import Finding, Level
from campaign.publishing.content import PageWords, SectionWords
from campaign.reading import listed_rows
from campaign.reading_age import plain_sentences
from campaign.texts import MENTIONING, text_fields

# What not to write, as a pattern, and what to write instead; "" leaves it out.
SAY_INSTEAD = {
    r"f[ea]ll(?:s|en|ing)? for": "was tricked",
    r"f[ea]ll(?:en)? victim": "was targeted",
    r"silly mistake|stupid mistake": "was tricked",
    r"got caught": "was targeted",
    r"you should(?: not|n.t)? have": "",
    r"why did you": "You sent a picture. They chose to blackmail you",
    r"revenge porn(?! helpline)": "intimate image abuse",
    r"child porn\w*": "child sexual abuse images",
    r"self-generated": "nudes, pictures or videos",
    r"sexting": "nudes, pictures or videos",
    r"young and attractive": "a fake profile",
    r"attractive (?:young )?wom[ae]n": "a fake profile",
    r"commit(?:ted|s|ting)? suicide": "died by suicide",
    r"(?:failed|successful) suicide|driven to suicide": "suicidal thoughts",
    r"dark turn|monsters?|vile|evil": "",
    r"hard-hitting": "",
    r"stay calm": "Stop replying. Breathe. You are not in trouble",
    r"don.t panic|do not panic": "Stop replying. Breathe. You are not in trouble",
    r"hide your tracks": "",
    r"(?<!none of )(?:it|that|this)(?:.s| is| was) (?:all |partly )?your fault|your own fault": (
        "This is not your fault"
    ),
    r"(?:so|how|too|being) (?:stupid|foolish|naive|careless)": "was tricked",
    r"(?:stupid|foolish|silly|naive) (?:thing|kid|boy|girl|child|teen|choice)\w*": "was tricked",
    r"you (?:will|could|can|may) (?:go to|end up in) (?:prison|jail)": "You are not in trouble",
    r"known better": "was tricked",
}
PATTERNS = {re.compile(rf"\b(?:{bad})\b", re.I): good for bad, good in SAY_INSTEAD.items()}
# Fine in a law or in what the police say; no name for a young reader. A second word with a capital
# makes a name of it, such as that of a service.
LABEL = re.compile(r"\b(?<!fell )(?<!fallen )[Vv]ictims?\b(?!['\u2019]? [A-Z])")
QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"|\bthey say: [^.?!]*[.?!]", re.I)
# A table's column with such a heading holds words that nobody should write.
TO_AVOID = re.compile(r"\b(?:avoid|instead of|do not say|don.t say)\b", re.I)


def check(words: PageWords) -> Iterator[Finding]:
    patterns = PATTERNS
    if words.page.reader == Reader.YOUNG:
        patterns = PATTERNS | {LABEL: "you, someone who has been targeted"}
    for where, text in texts_of(words):
        plain = QUOTATION.sub(" ", plain_sentences(MENTION.sub(" ", text)))
        for pattern, instead in patterns.items():
            for found in sorted({match[0].lower() for match in pattern.finditer(plain)}):
                if instead:
                    message = _("“%(words)s” may blame or frighten. Better: “%(instead)s”.")
                else:
                    message = _("“%(words)s” may blame or frighten. Better leave it out.")
                told_words = {"words": found, "instead": instead}
                yield Finding(Level.WARNING, message % told_words, where)


def texts_of(words: PageWords) -> Iterator[tuple[str, str]]:
    """Every text that the page says in its own name, with the name of where it stands."""
    yield "", f"<p>{words.page.title}</p><p>{words.page.summary}</p>"
    for part in words.sections:
        where = str(part.section)
        yield where, f"<p>{part.section.heading}</p>{part.section.body}"
        for entry in part.entries:
            yield where, "".join(f"<p>{text}</p>" for text in _said_by_us(part, entry))
        for row in listed_rows(part.section):
            shown = MENTIONING.intersection(text_fields(type(row)))
            yield str(row), "".join(f"<p>{getattr(row, name)}</p>" for name in sorted(shown))


def _said_by_us(part: SectionWords, entry: Entry) -> list[str]:
    kind = part.section.kind
    if kind == SectionKind.TABLE:
        columns = zip(part.section.column_names, entry.cells, strict=False)
        return [cell for name, cell in columns if not TO_AVOID.search(name)]
    if kind == SectionKind.THEY_SAY:
        return [entry.text]
    if kind == SectionKind.CHAT and entry.speaker == Speaker.THEM:
        return [entry.lead]
    return [entry.lead, entry.text]
