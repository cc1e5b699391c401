from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from reporting.keystore import holds_keys, wrap_for_officer
from reporting.management.passphrases import ask, ask_new, plain_errors
from reporting.sealing import Purpose


class Command(BaseCommand):
    help = (
        "Gives an officer the report keys of a purpose, older ones too, under a passphrase of"
        " their own. They type it themselves."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.REPORT_KEYS_DIR)
        parser.add_argument("--officer", required=True, help="the name they sign in with")
        parser.add_argument(
            "--purpose",
            action="append",
            choices=[Purpose.TEAM.value, Purpose.IDENTITY.value],
            help="team (when not given) or identity; may be given twice",
        )
        parser.add_argument("--passphrase-file", type=Path, help="the key custodian's")
        parser.add_argument("--officer-passphrase-file", type=Path, help="the officer's own")

    def handle(self, *args: Any, folder: Path, officer: str, **options: Any) -> None:
        purposes = [Purpose(value) for value in options["purpose"] or [Purpose.TEAM]]
        with plain_errors():
            asks = ask if holds_keys(folder, officer) else ask_new
            keeper = ask("the key custodian", options["passphrase_file"])
            own = asks(officer, options["officer_passphrase_file"])
            keys = wrap_for_officer(folder, officer, purposes, keeper, own)
        for key in keys:
            self.stdout.write(f"{officer} holds the {key.purpose} key {key.key_id}.")
