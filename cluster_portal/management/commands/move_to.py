"""`manage.py move_to URL`: from SQLite to PostgreSQL, or back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cluster_portal.configuration import judge_database
from cluster_portal.moving import NotMoved, move


class Command(BaseCommand):
    help = "Copy all rows into the empty database at URL and compare them. Stop the portal first. Files stay."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", help="postgres://portal:password@127.0.0.1:5432/portal or sqlite:////srv/portal.db")

    def handle(self, *args: Any, url: str, **options: Any) -> None:
        if wrong := judge_database(url):
            raise CommandError(f"The address {wrong}.")
        try:
            counts = move(url)
        except NotMoved as refusal:
            raise CommandError(f"Nothing was moved: {refusal}") from refusal
        filled = sum(1 for count in counts.values() if count)
        self.stdout.write(f"{sum(counts.values())} rows of {filled} tables are in the new database, each compared.")
        self.stdout.write("Write its address as DATABASE_URL in .env, then start the portal. The old one is as it was.")
