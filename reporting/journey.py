"""One reader's way through the form: a random number and the time, signed, in a hidden field.

Nothing of it is stored. With the answers it gives the secret from which a report's id, reference
and code are derived. So a second press, a reload or a retry, which send the same again, show the
same confirmation; answers that were changed make a report of their own.
"""

import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from reporting.questions import Answers

SEED_BYTES = 32


@dataclass(frozen=True)
class Journey:
    """What a form's token says. ``age`` is in seconds since the form was given out; None where
    the token is missing, forged or spoilt."""

    seed: bytes = field(repr=False)
    age: float | None

    def secret(self, answers: Answers) -> bytes:
        """32 bytes, the same for the same answers."""
        canonical = json.dumps(answers, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        # Under a key of the site's own: else anybody could search, without asking the site, for
        # answers that give a reference they have seen, and crowd its owner out.
        return salted_hmac(
            "reporting.journey.secret",
            self.seed + canonical.encode(),
            secret=settings.REPORT_SECRET,
            algorithm="sha256",
        ).digest()


def issue() -> str:
    """A token for a new form."""
    return _signer().sign_object([secrets.token_urlsafe(SEED_BYTES), int(time.time())])


def read(token: str) -> Journey:
    """The journey of a token; never raises.

    A spoilt token still makes a second press the same report, since it is spoilt the same way.
    """
    if not token:
        return Journey(secrets.token_bytes(SEED_BYTES), None)
    seed = hashlib.sha256(token.encode(errors="surrogatepass")).digest()
    return Journey(seed, _age(token))


def _age(token: str) -> float | None:
    try:
        _random, issued_at = _signer().unsign_object(token)
    except (signing.BadSignature, UnicodeError):  # half a letter cannot even be compared
        return None
    return time.time() - issued_at


def _signer() -> signing.Signer:
    return signing.Signer(salt="reporting.journey")
