"""Reads the starter content: TOML files, one for each kind of shared row and one for each page.

A file of rows holds ``[[rows]]``; a page's file holds the page's fields and ``[[sections]]``
with ``[[sections.entries]]``. The names of fields are those of the models.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STARTER = Path(__file__).parent


class StarterError(Exception):
    """The starter content is broken; says in which file and row."""


@dataclass(frozen=True)
class Row:
    """One table of a file and the place to name when it is wrong."""

    place: str
    fields: dict[str, Any]

    def error(self, message: object) -> StarterError:
        return StarterError(f"{self.place}: {message}")

    def rows(self, name: str, singular: str) -> list["Row"]:
        """The tables under one of this row's names, taken out of its fields."""
        return _rows(self.fields.pop(name, []), name, f"{self.place}, {singular}", self)


def read_rows(folder: Path, name: str) -> list[Row]:
    file = folder / name
    data = _parse(file)
    whole = Row(name, data)
    rows = _rows(data.pop("rows", None), "rows", f"{name}, row", whole)
    if data:
        raise whole.error(f"has {', '.join(data)} beside its rows")
    return rows


def read_settings(folder: Path) -> Row:
    name = "settings.toml"
    tables = _parse(folder / name)
    if list(tables) != ["settings"] or not isinstance(tables["settings"], dict):
        raise StarterError(f"{name}: holds one table, [settings], and nothing else")
    return Row(name, tables["settings"])


def read_pages(folder: Path) -> list[Row]:
    files = sorted((folder / "pages").glob("*.toml"))
    if not files:
        raise StarterError(f"{folder / 'pages'}: holds no page")
    return [Row(f"pages/{file.name}", _parse(file)) for file in files]


def _parse(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise StarterError(f"{file.name}: {error.strerror}") from error
    except ValueError as error:  # of TOML as well as of UTF-8
        raise StarterError(f"{file.name}: {error}") from error


def _rows(tables: Any, name: str, place: str, owner: Row) -> list[Row]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise owner.error(f"{name} must be a list of tables")
    return [Row(f"{place} {number}", table) for number, table in enumerate(tables, 1)]
