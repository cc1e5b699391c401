import re
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from sextortion_site.staff import audit

HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})", re.ASCII)


class Command(BaseCommand):
    help = (
        "Checks that nobody has changed the audit trail, and prints its head. Keep that elsewhere: "
        "with --expect it shows next time that nothing was cut off."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect", metavar="NUMBER:HASH", help="a head from before, which must still be there"
        )

    def handle(self, *args: Any, expect: str | None, **options: Any) -> None:
        found = list(audit.faults(_head(expect)))
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"The audit trail is damaged: {len(found)} faults.")
        self.stdout.write(str(audit.head()))


def _head(text: str | None) -> audit.Head | None:
    if text is None:
        return None
    if (match := HEAD.fullmatch(text)) is None:
        raise CommandError("--expect takes what this command prints: a number, a colon, a hash.")
    return audit.Head(int(match[1]), match[2])
