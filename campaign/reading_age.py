"""How hard a text is to read.

The measure is the Flesch-Kincaid grade of the text as readers get it, from textstat; a reading
age is the grade and five years. Source: Kincaid et al. 1975, for US school grades.
"""

import html
import re
import warnings
from dataclasses import dataclass

# Reading ages 9 to 11 end here.
YOUNG_GRADE = 6.0
OTHER_GRADE = 9.0

BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|dt|dd|td|th|tr|summary|div|figcaption)>|<br ?/?>", re.I)
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Readability:
    words: int
    grade: float

    @property
    def age(self) -> int:
        """In years, rounded; 5 at the least."""
        return max(5, round(self.grade + 5))


def readability(markup: str) -> Readability:
    """Measures the text of a piece of HTML; each block counts as a sentence of its own."""
    text = plain_sentences(markup)
    words = len(text.split())
    return Readability(words, _grade(text) if words else 0.0)


def _grade(text: str) -> float:
    # Imported here: it takes longer to load than all the rest, and only editors need it.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "pkg_resources is deprecated", UserWarning)
        import textstat
    return float(textstat.flesch_kincaid_grade(text))


def plain_sentences(markup: str) -> str:
    r"""The words of a piece of HTML, every block ended like a sentence.

    >>> plain_sentences("<h2>Stop</h2><ul><li>Do not pay</li></ul>")
    'Stop. Do not pay.'
    """
    lines = TAG.sub(" ", BLOCK_END.sub("\n", markup)).split("\n")
    sentences = (" ".join(html.unescape(line).split()).rstrip(":;,") for line in lines)
    return " ".join(s if s[-1] in ".?!" else f"{s}." for s in sentences if s)
