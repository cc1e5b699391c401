"""Two texts, word by word."""

import html
import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Beyond this many pairs of a word with the same word, texts are told as one that goes and one that
# comes: comparing them would take longer than an editor waits.
MOST_PAIRS = 50_000

LINK = re.compile(r"""<a\b[^>]*?href=["']([^"']*)["'][^>]*>(.*?)</a>""", re.I | re.S)
BOLD, ITALIC = re.compile(r"</?(?:strong|b)>", re.I), re.compile(r"</?(?:em|i)>", re.I)
ITEM, BLOCK_END = re.compile(r"<li[^>]*>", re.I), re.compile(r"</(?:p|li)>|<br ?/?>", re.I)
TAG = re.compile(r"<[^>]*>")


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A run of words that are in both texts, or in the first or the second alone."""

    kind: Kind
    text: str


def readable(markup: str) -> str:
    """A rich text as words, in which links, bold and italic can still be seen.

    >>> readable('<p>Call <a href="tel:999">999</a> <strong>now</strong></p>')
    'Call 999 (link to tel:999) *now*'
    """
    text = LINK.sub(r"\2 (link to \1)", markup)
    text = ITALIC.sub("_", BOLD.sub("*", ITEM.sub("• ", text)))
    lines = TAG.sub("", BLOCK_END.sub("\n", text)).split("\n")
    return "\n".join(" ".join(html.unescape(line).split()) for line in lines if line.strip())


def pieces(before: str, after: str) -> list[Piece]:
    """What stays, goes and comes, in reading order."""
    old, new = _tokens(before), _tokens(after)
    counts = Counter(new)
    if sum(number * counts[word] for word, number in Counter(old).items()) > MOST_PAIRS:
        return [Piece(Kind.REMOVED, before), Piece(Kind.ADDED, after)]
    found: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(Kind.SAME, "".join(old[i:j])))
            continue
        if i < j:
            found.append(Piece(Kind.REMOVED, "".join(old[i:j])))
        if k < m:
            found.append(Piece(Kind.ADDED, "".join(new[k:m])))
    return found


def _tokens(text: str) -> list[str]:
    """Words, each with the space after it, so that they can be put together again."""
    return re.findall(r"\s*\S+\s*?|\s+$", text)
