from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reporting.keystore import FOR_OFFICERS, Passphrases, Rotation, rotate, to_be_asked
from reporting.management.passphrases import ask, ask_new, plain_errors
from reporting.sealing import Purpose


class Command(BaseCommand):
    help = (
        "Replaces report keys, and takes them from officers who leave. Old reports stay readable"
        " to those who stay. Then copy the officers to the staff server, and after that the"
        " manifest to both."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.REPORT_KEYS_DIR)
        parser.add_argument(
            "--purpose",
            action="append",
            choices=[*FOR_OFFICERS, Purpose.RECOVERY.value],
            help="what to replace; may be given again. Team and identity when not given",
        )
        parser.add_argument(
            "--leaver", action="append", default=[], help="an officer who loses the keys"
        )
        parser.add_argument(
            "--absent",
            action="append",
            default=[],
            help="an officer who gets the new keys later, by wrap_report_key",
        )
        parser.add_argument("--passphrase-file", type=Path, help="the key custodian's")
        parser.add_argument(
            "--officer-passphrases",
            type=Path,
            metavar="FOLDER",
            help="one file for each officer, of their name; asked for when not given",
        )
        parser.add_argument("--recovery-passphrase-file", type=Path, help="of a new recovery key")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        rotation = Rotation(
            purposes=frozenset(Purpose(value) for value in options["purpose"] or FOR_OFFICERS),
            leavers=frozenset(options["leaver"]),
            absent=frozenset(options["absent"]),
        )
        with plain_errors():
            passphrases = self._ask(to_be_asked(folder, rotation), rotation, options)
            manifest = rotate(folder, rotation, passphrases, timezone.localdate())
        for purpose in sorted(rotation.purposes):
            self.stdout.write(f"The {purpose} key is now {manifest.key_id(purpose)}.")
        for name in sorted(rotation.leavers):
            self.stdout.write(f"{name} holds no key here; remove them from the staff server too.")
        for name in sorted(rotation.absent):
            self.stdout.write(f"{name} cannot read new reports before wrap_report_key.")
        self.stdout.write(f"Manifest {manifest.number:04} is signed.")

    def _ask(self, officers: list[str], rotation: Rotation, options: dict[str, Any]) -> Passphrases:
        place = options["officer_passphrases"]
        return Passphrases(
            custodian=ask("the key custodian", options["passphrase_file"]),
            officers={name: ask(name, place and place / name) for name in officers},
            recovery=(
                ask_new("the new recovery key", options["recovery_passphrase_file"])
                if Purpose.RECOVERY in rotation.purposes
                else ""
            ),
        )
