"""`manage.py read_table units|figures|cases FILE`: what an import would make of a file; stores nothing.

Prints one JSON object and ends with 0 where the file could be stored as it is, 1 where
it has faults, 2 where it can't be read at all.
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import override

from cluster_portal.tables.books import read_book, sentence
from cluster_portal.tables.layout import NoTable, Table, TableKind, find_table
from cluster_portal.tables.reading import Reading, answer, refusal
from cluster_portal.tables.refusals import UnreadableFile
from incidents.imports import CASES, check_cases
from members.unit_import import UNITS, check_units
from reports.submissions.figure_import import FIGURES, check_figures

KINDS: dict[str, TableKind] = {kind.name: kind for kind in (UNITS, FIGURES, CASES)}


class Command(BaseCommand):
    help = "Read a table as an import would, and print what it holds as JSON. Nothing is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, kind: str, file: Path, **options: Any) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
        with override("vi"):
            found = read(KINDS[kind], data)
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        if found["refused"] or found["faults"]:
            sys.exit(2 if found["refused"] else 1)


def read(kind: TableKind, data: bytes) -> dict[str, Any]:
    try:
        return answer(_checked(find_table(read_book(data), kind)))
    except UnreadableFile as refused:
        return refusal(sentence(refused))
    except NoTable as missing:
        return refusal(str(missing))


def _checked(table: Table) -> Reading[Any]:
    if table.kind is UNITS:
        return check_units(table)
    if table.kind is FIGURES:
        return check_figures(table)
    return check_cases(table, by=None, today=timezone.localdate())
