from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sextortion_site.grants import GrantError, statements


class Command(BaseCommand):
    help = (
        "Prints what a PostgreSQL role must be granted to serve readers (SITE_ROLE=public), as SQL"
        " for psql. It is run as the owner of the tables, after every migration."
    )
    requires_system_checks = []  # it needs neither keys nor a spool

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", required=True, help="the role's name; it is there already")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        try:
            lines = list(statements(role))
        except GrantError as error:
            raise CommandError(str(error)) from None
        self.stdout.write("\n".join(lines))
