from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.canary import Officer, Site, StepFailed, run, send_only
from reporting.management.passphrases import ask


class Command(BaseCommand):
    help = (
        "Sends a test report through the site's own form, finds it in the database, opens it as"
        " an officer, opens its mailbox, and deletes it. It says in its words that it is a test."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--url",
            default=settings.PUBLIC_URL or settings.SITE_URL,
            help="the address that readers type",
        )
        parser.add_argument("--folder", type=Path, default=settings.REPORT_KEYS_DIR)
        parser.add_argument("--passphrase-file", type=Path, help="the officer's")
        parser.add_argument(
            "--wait",
            type=float,
            default=60,
            metavar="SECONDS",
            help="how long the report may take into the database; 60 when not given",
        )
        how_far = parser.add_mutually_exclusive_group(required=True)
        how_far.add_argument("--officer", help="whose keys open it")
        how_far.add_argument(
            "--send-only",
            action="store_true",
            help="stop after the confirmation, where no private key is; the test report stays",
        )

    def handle(self, *args: Any, url: str, officer: str | None, **options: Any) -> None:
        site = Site(url.rstrip("/"))
        try:
            if officer is None:
                send_only(site, self.stdout.write)
            else:
                words = ask(officer, options["passphrase_file"])
                opener = Officer(options["folder"], officer, words)
                run(site, opener, options["wait"], self.stdout.write)
        except StepFailed as error:
            raise CommandError(str(error)) from None
        self.stdout.write("It went well.")
