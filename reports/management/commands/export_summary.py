"""Write the comparison of a period into a file, for other programs or for the archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cluster_portal.periods import Period
from members.infrastructure.refusals import Refused
from members.letterhead import build_letterhead
from members.models import Cluster, Unit
from reports.comparison.asked import require_both_halves, require_earlier_base
from reports.comparison.period_states import states_of
from reports.comparison.scope import Scope
from reports.comparison.summarise import summarise
from reports.comparison.values import Summary
from reports.files import json_file, pdf_file, word_file, workbook_file
from reports.files.summary_report import build_report

WRITERS = {"pdf": pdf_file.write, "html": pdf_file.write_html, "docx": word_file.write, "xlsx": workbook_file.write}
FORMATS = ("json", *WRITERS)


class Command(BaseCommand):
    help = "Write the comparison of a period with the same period a year before, as JSON, PDF, HTML, Word or Excel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="2022-H1, 2022-H2, or 2022 for the whole year")
        parser.add_argument("--format", choices=FORMATS, default="json")
        parser.add_argument("--output", required=True, metavar="FILE", help="the file to write; - for standard output")
        parser.add_argument("--baseline", metavar="PERIOD", help="another period to compare with")
        narrowed = parser.add_mutually_exclusive_group()
        narrowed.add_argument("--kind", choices=Unit.Kind.values, default="", help="only units of this kind")
        narrowed.add_argument("--unit", metavar="NAME", help="only this unit, by its name or short name")

    def handle(self, *args: Any, **options: Any) -> None:
        current = _period(options["period"])
        baseline = _period(options["baseline"]) if options["baseline"] else None
        scope = Scope(kind=options["kind"], unit=_unit(options["unit"]) if options["unit"] else None)
        try:
            states = states_of([current])
            require_both_halves(current, states)
            require_earlier_base(current, baseline)
            is_collecting = states.is_collecting(current)
            summary = summarise(current=current, baseline=baseline, scope=scope, is_collecting=is_collecting)
        except ValueError as error:
            raise CommandError(f"{error}.") from error
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        content = _written(summary, options["format"])
        if options["output"] == "-":
            sys.stdout.buffer.write(content)
            return
        try:
            Path(options["output"]).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{options['output']} can't be written: {error.strerror}.") from error


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise CommandError(
            f"“{text}” is no period. Write 2022-H1 for the first half, 2022-H2 for the second, 2022 for the whole year."
        ) from error


def _unit(name: str) -> int:
    found = Unit.objects.called(name)
    if found is None:
        raise CommandError(f"There is no unit “{name}”.")
    return found.pk


def _written(summary: Summary, form: str) -> bytes:
    if form == "json":
        return json_file.write(summary)
    return WRITERS[form](build_report(summary, build_letterhead(Cluster.get(), on=None)))
