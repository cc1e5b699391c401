"""Which fields of a row hold words, and which of them may mention shared rows."""

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


def text_fields(model: type[models.Model]) -> list[str]:
    """The names of the fields that hold words."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
    ]
