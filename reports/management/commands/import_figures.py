"""`manage.py import_figures FILE`: figures of earlier years, all rows or none."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cluster_portal.files.spreadsheets import SpreadsheetError
from members.infrastructure.refusals import Refused
from reports.submissions.actions import import_figures
from reports.submissions.figure_import import read_figures


class Command(BaseCommand):
    help = (
        "Store the figures of a CSV or XLSX file as accepted, imported reports. Columns: unit, period, category, "
        "cases, serious, solved, persons, deaths, injuries, damage. An empty cell is 'not reported', 0 is none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options) -> None:
        try:
            with file.open("rb") as opened:
                reports = read_figures(opened, filename=file.name)
            stored = import_figures(reports=reports, by=None, now=timezone.now())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except SpreadsheetError as error:
            lines = "\n".join(f"  {fault}" for fault in error.faults)
            raise CommandError(f"{file}: nothing was stored.\n{lines}") from error
        except Refused as error:
            raise CommandError(f"{file}: nothing was stored.\n  {error}") from error
        self.stdout.write(f"{len(stored)} reports imported from {file}.")
