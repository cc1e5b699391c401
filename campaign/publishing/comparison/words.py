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
LIST_PART = re.compile(r"<(/?)(ul|ol|li)\b[^>]*>", re.I)
BLOCK_END = re.compile(r"</(?:p|li)>|<br ?/?>", re.I)
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
    text = ITALIC.sub("_", BOLD.sub("*", _with_marks_of_items(text)))
    lines = TAG.sub("", BLOCK_END.sub("\n", text)).split("\n")
    return "\n".join(" ".join(html.unescape(line).split()) for line in lines if line.strip())


def _with_marks_of_items(markup: str) -> str:
    """With the dot or the number that each item of a list has before it."""
    lists: list[list[int]] = []  # those that are open: what an item adds, and the number it is at

    def mark(found: re.Match[str]) -> str:
        is_end, name = bool(found[1]), found[2].lower()
        if name == "li":
            if is_end or not lists:
                return found[0]
            lists[-1][1] += lists[-1][0]
            return f"{lists[-1][1]}. " if lists[-1][0] else "• "
        if is_end:
            lists[-1:] = []
            return found[0]
        lists.append([int(name == "ol"), 0])
        return f"\n{found[0]}"

    return LIST_PART.sub(mark, markup)


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
