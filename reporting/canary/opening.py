"""Opening the stored test report as an officer does."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reporting.canary.failures import StepFailed
from reporting.canary.sending import FilledForm
from reporting.keystore import KeyStoreError, unlock
from reporting.questions import parts
from reporting.sealing import CannotOpen, PrivateKeys, Purpose, addressed_to, open_part
from reporting.submission import fingerprint
from reporting.triage import triage


@dataclass(frozen=True)
class Officer:
    """Whose keys open it. ``folder`` is that of the keys."""

    folder: Path
    name: str
    passphrase: str = field(repr=False)

    def unlock(self) -> PrivateKeys:
        """StepFailed where nothing opens."""
        try:
            return unlock(self.folder, self.name, self.passphrase)
        except CannotOpen:
            raise StepFailed(
                f"No key of {self.name} in {self.folder} opens: another passphrase, or they hold"
                " none."
            ) from None
        except KeyStoreError as error:
            raise StepFailed(str(error)) from None


def compare(envelope: bytes, public_key: bytes, report: FilledForm, keys: PrivateKeys) -> None:
    """StepFailed where what opens is not what was sent, or a part does not open; or where the
    mailbox has another key than was sealed.

    Who holds no identity key at all is not expected to open the identity.
    """
    sent = _sent(report, public_key)
    is_for_identity = any(key.purpose == Purpose.IDENTITY for key in keys.values())
    try:
        for part, key_ids in addressed_to(envelope).items():
            if part == "identity" and not is_for_identity:
                continue
            if not any(key_id in keys for key_id in key_ids):
                raise StepFailed(
                    f"The {part} is sealed to keys that this officer does not hold. Does the site"
                    " have the manifest of this set?"
                )
            opened = open_part(envelope, report.known.report_id, part, keys)
            if json.loads(opened) != sent[part]:
                raise StepFailed(f"The {part} that opened is not what was sent.")
    except (CannotOpen, ValueError):
        raise StepFailed("It does not open: what is stored is damaged.") from None


def _sent(report: FilledForm, public_key: bytes) -> dict[str, Any]:
    known_as = {"reference": report.known.reference, "mailbox_key": fingerprint(public_key)}
    return {
        "triage": known_as | triage(report.answers).as_data(),
        **parts(report.answers),
    }
