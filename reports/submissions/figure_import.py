"""Figures of earlier years from a table: every row is checked before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TypeVar, cast

from django.utils.translation import gettext as _

from cluster_portal.fields import LARGEST_AMOUNT, LARGEST_COUNT
from cluster_portal.files.spreadsheets import Fault, Row, SpreadsheetError, read_table
from cluster_portal.formatting import parse_count
from cluster_portal.names import Ambiguous, Names
from cluster_portal.periods import Period
from incidents.models import Category
from members.models import Unit
from reports.content import MEASURES, CategoryFigures, Measure, ReportContent, Values
from reports.models import Submission
from reports.submissions.rules import PARTS_OF_CASES

T = TypeVar("T")

REQUIRED = ("unit", "period", "category", "cases")
OPTIONAL = tuple(measure.value for measure in MEASURES if measure is not Measure.CASES)
ALIASES = {
    "đơn vị": "unit",
    "kỳ": "period",
    "kỳ báo cáo": "period",
    "loại": "category",
    "nội dung": "category",
    "số vụ": "cases",
    "nghiêm trọng": "serious",
    "vụ nghiêm trọng": "serious",
    "làm rõ": "solved",
    "điều tra làm rõ": "solved",
    "đối tượng": "persons",
    "người chết": "deaths",
    "người bị thương": "injuries",
    "thiệt hại": "damage",
    "thiệt hại (đồng)": "damage",
}


@dataclass(frozen=True)
class ImportedReport:
    """What the file holds on one unit and half-year."""

    unit: Unit
    period: Period
    content: ReportContent


def read_figures(file: IO[bytes], *, filename: str) -> list[ImportedReport]:
    """The reports a CSV or XLSX file holds, oldest period first; see `check_figures`."""
    return check_figures(read_rows(file, filename=filename))


def read_rows(file: IO[bytes], *, filename: str) -> list[Row]:
    """The file's rows as text. Raises `SpreadsheetError` where it is no such table."""
    return read_table(file, filename=filename, required=REQUIRED, optional=OPTIONAL, aliases=ALIASES)


def check_figures(rows: list[Row]) -> list[ImportedReport]:
    """The reports the rows hold, oldest period first.

    Columns: ``unit`` (name or short name), ``period`` (2021-H1), ``category`` (name or
    code), ``cases``, and if wanted ``serious, solved, persons, deaths, injuries,
    damage`` (đồng). An empty cell is "not reported", 0 is none. Raises
    `SpreadsheetError` with every fault, each named by row and column.
    """
    reader = _Reader()
    read = [reader.read(row) for row in rows]
    if not rows:
        reader.faults.append(Fault(_("The file has no row of figures.")))
    if reader.faults:
        raise SpreadsheetError(reader.faults)
    reports: dict[tuple[Period, int], dict[str, CategoryFigures]] = {}
    for unit, period, category, values in read:
        reports.setdefault((period, unit.pk), {})[category.code] = CategoryFigures(values)
    units = {unit.pk: unit for unit, *_rest in read}
    return [
        ImportedReport(units[unit_id], period, ReportContent(categories=categories))
        for (period, unit_id), categories in sorted(reports.items(), key=lambda item: item[0])
    ]


class _Reader:
    """Reads rows one by one and gathers every fault; its lookups are three queries in all."""

    def __init__(self) -> None:
        self.units = Unit.objects.all().by_name()
        self.categories = Category.objects.all().by_name()
        self.own_reports = set(Submission.objects.own().values_list("round__period", "unit_id"))
        self.seen: dict[tuple, int] = {}
        self.faults: list[Fault] = []

    def read(self, row: Row) -> tuple[Unit, Period, Category, Values]:
        """The row's values; where it has faults they are noted and the values are of no use."""
        unit = self._look_up(row, "unit", self.units, _("There is no unit of this name."))
        category = self._look_up(row, "category", self.categories, _("There is no category of this name or code."))
        period = self._period(row)
        values = {measure: self._count(row, measure) for measure in MEASURES}
        self._check(row, values)
        if unit and period and category:
            self._check_place(row, unit, period, category)
        return cast(tuple[Unit, Period, Category, Values], (unit, period, category, values))

    def _fault(self, row: Row, column: str, message: str) -> None:
        self.faults.append(Fault(message, row=row.number, column=column))

    def _look_up(self, row: Row, column: str, known: Names[T], message: str) -> T | None:
        found = known.find(row.cells[column])
        if found is None or isinstance(found, Ambiguous):
            self._fault(row, column, str(found or message))
            return None
        return found

    def _period(self, row: Row) -> Period | None:
        try:
            period = Period.parse(row.cells["period"].upper())
        except ValueError:
            period = None
        if period is None or period.is_full_year:
            self._fault(row, "period", _("Write the half-year like 2021-H1 or 2021-H2."))
            return None
        return period

    def _count(self, row: Row, measure: Measure) -> int | None:
        column = measure.value
        try:
            count = parse_count(row.cells[column])
        except ValueError:
            self._fault(row, column, _("Write a whole number of 0 or more, with digits only."))
            return None
        if count is not None and count > (LARGEST_AMOUNT if measure is Measure.DAMAGE else LARGEST_COUNT):
            self._fault(row, column, _("This number is too large."))
            return None
        return count

    def _check(self, row: Row, values: Values) -> None:
        cases = values[Measure.CASES]
        for measure in PARTS_OF_CASES:
            part = values[measure]
            if part is not None and cases is not None and part > cases:
                self._fault(
                    row, measure.value, _("Cannot be more than the number of cases (%(cases)s).") % {"cases": cases}
                )

    def _check_place(self, row: Row, unit: Unit, period: Period, category: Category) -> None:
        first = self.seen.setdefault((unit.pk, period, category.pk), row.number)
        if first != row.number:
            self._fault(row, "category", _("This stands in row %(row)d already.") % {"row": first})
        if (period, unit.pk) in self.own_reports:
            self._fault(row, "unit", _("The unit has sent its own report for this period."))
