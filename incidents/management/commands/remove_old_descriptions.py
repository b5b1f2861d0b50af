"""`manage.py remove_old_descriptions`: to be run regularly, for example every night."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from incidents.retention import due_for_removal, remove_old_texts


class Command(BaseCommand):
    help = (
        "Remove the descriptions of cases that were closed INCIDENT_TEXT_MONTHS months ago or earlier. "
        "Their counts stay; every removal is written into the audit trail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell how many cases are due")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        months, now = settings.INCIDENT_TEXT_MONTHS, timezone.now()
        if dry_run:
            due = due_for_removal(months=months, today=timezone.localdate(now)).count()
            self.stdout.write(f"{due} descriptions are due for removal.")
        else:
            removed = remove_old_texts(months=months, now=now)
            self.stdout.write(f"{removed} descriptions removed.")
