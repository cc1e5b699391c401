from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reporting.draining import drain
from reporting.spool import DAMAGED, SpoolError, damaged


class Command(BaseCommand):
    help = (
        "Stores the reports that wait in the spool. The site does so by itself every few seconds;"
        " this is for a machine on which it does not run."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.REPORT_SPOOL_DIR
        try:
            done, aside = drain(), damaged(folder)
        except SpoolError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Stored {done.stored}, left {done.left}, set aside as damaged {aside}.")
        faults = []
        if done.left:
            faults.append("Some reports are still in the spool; try again.")
        if aside:
            faults.append(f"Look at what lies in {folder / DAMAGED}, and take it away from there.")
        if faults:
            raise CommandError(" ".join(faults))
