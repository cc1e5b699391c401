from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reporting.keystore import PINNED, development_keys, has_keys, make_keys
from reporting.management.passphrases import ask_new, plain_errors


class Command(BaseCommand):
    help = (
        "Makes the keys that reports are sealed to, in a new folder. Run it on a machine that is"
        " on no network; docs/reporting.md says what goes where."
    )
    requires_system_checks = []  # they miss the very keys

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.REPORT_KEYS_DIR)
        parser.add_argument("--passphrase-file", type=Path, help="the key custodian's")
        parser.add_argument("--recovery-passphrase-file", type=Path, help="of the recovery key")
        parser.add_argument(
            "--development",
            action="store_true",
            help="a set for this machine alone, where there is none; it guards nothing",
        )

    def handle(self, *args: Any, folder: Path, development: bool, **options: Any) -> None:
        if development:
            self._make_for_development(folder)
            return
        keeper = ask_new("the key custodian", options["passphrase_file"])
        recovery = ask_new("the recovery key", options["recovery_passphrase_file"])
        if keeper == recovery:
            raise CommandError("The recovery key needs a passphrase of its own.")
        with plain_errors():
            make_keys(folder, keeper, recovery, timezone.localdate())
        self.stdout.write(
            f"The keys are in {folder}. Its folders custodian and recovery go to two safe places"
            " and onto no server. Wrap the keys for the officers: wrap_report_key.\n"
            f"REPORT_MANIFEST_KEY={(folder / PINNED).read_text().strip()}"
        )

    def _make_for_development(self, folder: Path) -> None:
        if settings.SITE_IS_HTTPS and not has_keys(folder):
            raise CommandError(
                f"{folder}: a site on https gets no development keys. Make real ones on another"
                " machine: docs/reporting.md."
            )
        with plain_errors():
            is_new = development_keys(folder, timezone.localdate())
        if is_new:
            self.stdout.write(
                f"Report keys for DEVELOPMENT ONLY were made in {folder}: whoever reads that folder"
                " can read the reports. docs/reporting.md says how a force makes its own."
            )
