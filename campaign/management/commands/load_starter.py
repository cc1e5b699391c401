from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from campaign.starter.load import StarterError, is_loaded, load
from campaign.starter.read import STARTER


class Command(BaseCommand):
    help = "Loads the starter content into an empty site; leaves a site with pages as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=STARTER, help="another force's content")

    @transaction.atomic
    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if is_loaded():
            self.stdout.write("The site has its content already; nothing was changed.")
            return
        try:
            pages = load(folder)
        except StarterError as error:
            raise CommandError(f"{str(error).rstrip('.')}. Nothing was loaded.") from error
        self.stdout.write(f"Loaded {pages} pages.")
