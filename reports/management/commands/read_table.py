"""`manage.py read_table units|people|figures|cases FILE`: what an import would make of a file; stores nothing.

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
from cluster_portal.tables.finding import NoTable
from cluster_portal.tables.reading import answer, refusal
from cluster_portal.tables.refusals import UnreadableFile
from incidents.case_import import CASE_IMPORT
from members.importing.kinds import ImportKind
from members.people_import import PEOPLE_IMPORT
from members.unit_import import UNIT_IMPORT
from reports.submissions.figure_import_kind import FIGURE_IMPORT

KINDS = {kind.table.name: kind for kind in (UNIT_IMPORT, PEOPLE_IMPORT, FIGURE_IMPORT, CASE_IMPORT)}


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


def read(kind: ImportKind, data: bytes) -> dict[str, Any]:
    try:
        table = kind.find(read_book(data))
        return answer(kind.check(table, None, timezone.localdate()))
    except UnreadableFile as refused:
        return refusal(sentence(refused))
    except NoTable as missing:
        return refusal(str(missing))
