"""Words that blame, frighten, or sound like the blackmailers. A page may quote them on purpose."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from campaign.length import markup_of
from campaign.publication_checks.findings import Finding, Level
from campaign.publishing.content import PageWords
from campaign.reading_age import plain_sentences

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
}
PATTERNS = {re.compile(rf"\b(?:{bad})\b", re.I): good for bad, good in SAY_INSTEAD.items()}


def check(words: PageWords) -> Iterator[Finding]:
    text = plain_sentences(markup_of(words))
    for pattern, instead in PATTERNS.items():
        for found in sorted({match[0].lower() for match in pattern.finditer(text)}):
            if instead:
                message = _("“%(words)s” may blame or frighten. Better: “%(instead)s”.")
            else:
                message = _("“%(words)s” may blame or frighten. Better leave it out.")
            yield Finding(Level.WARNING, message % {"words": found, "instead": instead})
