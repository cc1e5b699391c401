"""Which fields of a row hold words, and which of them may mention shared rows."""

from typing import Any

from django.db import models

# The fields whose words are shown with their mentions resolved. In any other a mention would
# reach readers as it is written.
MENTIONING = {
    "about",
    "body",
    "caveat",
    "columns",
    "heading",
    "how_to_block",
    "how_to_hide",
    "how_to_report",
    "label",
    "lead",
    "summary",
    "text",
    "title",
    "what_they_did",
    "when",
    "who_for",
}
# Notes for staff, which no reader sees.
STAFF_ONLY = {"to_confirm"}


def texts_in(content: Any) -> str:
    """All words of a page's content, or of a part of it, that may mention shared rows."""
    parts = content if isinstance(content, list) else [content]
    return "\n".join(
        texts_in(value) if isinstance(value, dict | list) else str(value)
        for part in parts
        for name, value in part.items()
        if name in MENTIONING or isinstance(value, dict | list)
    )


def text_fields(model: type[models.Model]) -> list[str]:
    """The names of the fields that hold words."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
    ]
