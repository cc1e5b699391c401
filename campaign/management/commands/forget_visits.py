"""Deletes what the site said it would not keep, though nobody visits; to be run once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from campaign.visits import forget


class Command(BaseCommand):
    help = "Deletes the keys of visits after a day, and the counts after 400 days."

    def handle(self, *args: Any, **options: Any) -> None:
        forget()
