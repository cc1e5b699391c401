"""What a browser keeps on the disk after it has been closed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One line of the browser's own list of places."""

    url: str
    title: str


def history_rows(profile: Path, beginning: str) -> list[Row]:
    """The lines whose addresses begin so: Chromium's ``History``, Firefox's ``places.sqlite``."""
    chromium, firefox = profile / "Default" / "History", profile / "places.sqlite"
    if chromium.exists():
        return list(_rows(chromium, "SELECT url, title FROM urls", beginning))
    return list(_rows(firefox, "SELECT url, title FROM moz_places", beginning))


def _rows(database: Path, query: str, beginning: str) -> Iterator[Row]:
    with closing(sqlite3.connect(database)) as connection:
        for url, title in connection.execute(query):
            if url.startswith(beginning):
                yield Row(url, title or "")


def files_that_hold(profile: Path, words: set[str]) -> dict[str, list[str]]:
    """The words that are found anywhere below the folder, as UTF-8 or UTF-16, and in which files."""
    sought = {word: (word.encode(), word.encode("utf-16-le")) for word in words}
    found: dict[str, list[str]] = {}
    for path in sorted(profile.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        for word, forms in sought.items():
            if any(form in content for form in forms):
                found.setdefault(word, []).append(str(path.relative_to(profile)))
    return found
