"""Words in every voice, for a script that can change them after the reader's answer."""

from dataclasses import dataclass

from reporting.questions import Words


@dataclass(frozen=True)
class Told:
    """``you`` stands in the page. The others are empty where they are the same: ``they`` has
    {who} in the place of a name, ``quick`` is how Quick says it."""

    you: str
    they: str = ""
    quick: str = ""

    def __str__(self) -> str:
        return self.you


def told(words: Words, in_quick: Words | None = None) -> Told:
    quick = "" if in_quick in (None, words) else str(in_quick.you)
    return Told(str(words.you), str(words.they), quick)
