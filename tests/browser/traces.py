"""What a browser keeps on the disk after it has been closed."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

TABLES = {
    "Default/History": "SELECT url, title FROM urls",
    "places.sqlite": "SELECT url, title FROM moz_places",
}


@dataclass(frozen=True)
class Row:
    """One line of the browser's own list of places."""

    url: str
    title: str


def history_rows(profile: Path, beginning: str) -> list[Row]:
    """The lines whose addresses begin so: Chromium's ``History``, Firefox's ``places.sqlite``.

    None of WebKit's: a driven MiniBrowser keeps no history on the disk.
    """
    return [
        row
        for database, query in TABLES.items()
        if (profile / database).exists()
        for row in _rows(profile / database, query)
        if row.url.startswith(beginning)
    ]


COOKIES = {
    "Default/Cookies": "SELECT name FROM cookies WHERE host_key = ?",
    "cookies.sqlite": "SELECT name FROM moz_cookies WHERE host = ?",
}


def kept_cookies(profile: Path, host: str) -> set[str]:
    """The names of the cookies that outlive the browser. None of WebKit's, as above."""
    names: set[str] = set()
    for database, query in COOKIES.items():
        if (profile / database).exists():
            with closing(sqlite3.connect(profile / database)) as connection:
                names |= {name for (name,) in connection.execute(query, [host])}
    return names


def _rows(database: Path, query: str) -> list[Row]:
    with closing(sqlite3.connect(database)) as connection:
        return [Row(url, title or "") for url, title in connection.execute(query)]


def files_that_hold(profile: Path, words: set[str]) -> dict[str, list[str]]:
    """The words found anywhere below the folder, as UTF-8 or UTF-16, and the files with them."""
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
