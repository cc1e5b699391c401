from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from reporting.keystore import load_current, rehearse, unlock_recovery
from reporting.management.passphrases import ask, plain_errors


class Command(BaseCommand):
    help = (
        "Seals a marker report to the keys of today, and opens it with the recovery key alone."
        " Run it offline, with the manifest that the public server has."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.REPORT_KEYS_DIR)
        parser.add_argument("--passphrase-file", type=Path, help="of the recovery key")

    def handle(
        self, *args: Any, folder: Path, passphrase_file: Path | None, **options: Any
    ) -> None:
        with plain_errors():
            manifest = load_current(folder)
            key = unlock_recovery(folder, ask("the recovery key", passphrase_file))
            rehearse(manifest, key)
        self.stdout.write(
            f"It went well: all parts of a report sealed to manifest {manifest.number:04} opened"
            f" with the recovery key {key.key_id}. Nothing was kept."
        )
