"""`manage.py import_figures FILE`: figures of earlier years, all rows or none."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cluster_portal.tables.books import read_book, sentence
from cluster_portal.tables.finding import NoTable, find_table
from cluster_portal.tables.refusals import UnreadableFile
from members.infrastructure.refusals import Refused
from reports.submissions.actions import import_figures
from reports.submissions.figure_import import FIGURES, ImportedSubmission, check_figures, imported_submissions


class Command(BaseCommand):
    help = (
        "Store the figures of a table as accepted, imported reports; `read_table figures FILE` shows what it holds. "
        f"Columns: {', '.join(column.field for column in FIGURES.columns)}. "
        "An empty cell is 'not reported', 0 is none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            reports = _reports_in(file)
            stored = import_figures(reports=reports, by=None, now=timezone.now())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except (Refused, NoTable) as error:
            raise CommandError(f"{file}: nothing was stored.\n  {error}") from error
        except UnreadableFile as refused:
            raise CommandError(f"{file}: nothing was stored.\n  {sentence(refused)}") from refused
        self.stdout.write(f"{len(stored)} reports imported from {file}.")


def _reports_in(file: Path) -> list[ImportedSubmission]:
    reading = check_figures(find_table(read_book(file.read_bytes()), FIGURES), today=timezone.localdate())
    if reading.faults:
        lines = "\n".join(f"  {fault}" for fault in reading.faults)
        raise CommandError(f"{file}: nothing was stored.\n{lines}")
    return imported_submissions(reading.things)
