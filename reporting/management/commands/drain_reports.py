from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.draining import drain
from reporting.spool import SpoolError


class Command(BaseCommand):
    help = (
        "Stores the reports that wait in the spool. The site does so by itself every few seconds;"
        " this is for a machine on which it does not run."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = drain()
        except SpoolError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Stored {done.stored}, left {done.left}.")
        if done.left:
            raise CommandError("Some reports are still in the spool; try again.")
