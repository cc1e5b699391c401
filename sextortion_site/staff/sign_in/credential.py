"""What a browser says for a passkey. Anybody can send something else: it is refused like a wrong
passkey, whatever it is."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from cryptography.exceptions import UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError

# Base64 in JSON: plain letters, none escaped, so that a database takes all that comes of it. The
# largest that browsers send has half of this; what is much larger would keep a processor busy.
PLAIN = re.compile(r"[ -\[\]-~]{2,16000}")
MOST_LEVELS = 50
# What the libraries for passkeys raise at bytes that no passkey has said. Not DatabaseError.
SAID_BY_NO_PASSKEY = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,  # of recursion and of what is not implemented
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
)


class CredentialField(forms.CharField):
    """Takes the JSON of a browser's credential apart."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> dict[str, Any]:
        text = super().clean(value)
        levels = text.count("[") + text.count("{")
        if not PLAIN.fullmatch(text) or levels > MOST_LEVELS:
            raise not_right()
        try:
            credential = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
        except ValueError as error:
            raise not_right() from error
        if not isinstance(credential, dict) or not credential:
            raise not_right()
        return credential


@contextmanager
def taken_apart() -> Iterator[None]:
    """Around what looks into a credential."""
    try:
        yield
    except ValidationError:
        raise
    except SAID_BY_NO_PASSKEY as error:
        raise not_right() from error


def not_right() -> ValidationError:
    wrong: ValidationError = get_adapter().validation_error("incorrect_code")
    return wrong


def _refuse(number: str) -> None:
    raise ValueError("A browser sends no fractions.")
