from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """In the place of Django's: nobody is a superuser here."""

    help = "Refused: invite_administrator makes the first account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-input", "--noinput", action="store_true")
        parser.add_argument("--username")
        parser.add_argument("--email")

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            "Nobody is a superuser here. manage.py invite_administrator makes the first account, "
            "which gives the others their roles."
        )
