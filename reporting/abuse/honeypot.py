"""A field that people never see. What fills in every field fills in this one too."""

# Not a name that a browser fills in by itself, nor one that a question has.
HONEYPOT = "homepage"


def is_filled(value: str) -> bool:
    """Whether anything at all was typed there."""
    return value != ""
