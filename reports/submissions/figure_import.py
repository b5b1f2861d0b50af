"""Figures of earlier years from a table: every row is checked before anything is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from cluster_portal.fields import LARGEST_AMOUNT, LARGEST_COUNT
from cluster_portal.periods import Period
from cluster_portal.tables import values
from cluster_portal.tables.layout import Column, Row, Table, TableKind
from cluster_portal.tables.reading import Read, Reading, TableReader
from incidents.models import Category, asked_in
from members.importing.columns import UNIT_HEADS
from members.models import Unit
from reports.content import MEASURES, PARTS_OF_CASES, CategoryFigures, Measure, SubmissionContent, Values
from reports.models import Figure, Submission
from reports.submissions.due_dates import not_begun_fault

FIGURES = TableKind(
    "figures",
    (
        Column("unit", "Đơn vị", UNIT_HEADS, is_required=True, is_key=True),
        Column("period", "Kỳ", ("kỳ báo cáo", "kỳ số liệu", "thời kỳ"), is_required=True, is_key=True),
        Column(
            "category",
            "Nội dung",
            ("loại", "loại vụ việc", "loại vi phạm", "loại tội phạm", "chỉ tiêu", "hành vi", "tội danh"),
            is_required=True,
            is_key=True,
        ),
        *(
            Column(
                measure.value,
                measure.label,
                measure.facts.aliases,
                is_required=measure is Measure.CASES,
                may_be_empty=True,
            )
            for measure in MEASURES
        ),
    ),
)


@dataclass(frozen=True)
class ImportedSubmission:
    """What the file holds on one unit and half-year."""

    unit: Unit
    period: Period
    content: SubmissionContent


@dataclass(frozen=True)
class FigureRow:
    """A unit's figures for a category and half-year."""

    unit: Unit
    period: Period
    category: Category
    figures: Values


def check_figures(table: Table, *, today: dt.date) -> Reading[FigureRow]:
    """Each row's figures. An empty cell is "not reported", 0 is none; damage is in đồng."""
    reader = _FigureReader(table, today=today)
    rows = tuple(reader.read(row) for row in table.rows)
    notices = (*reader.notices(), *reader.told_of_what_goes())
    return Reading(table, rows, tuple(reader.faults), notices, reader.asks_about_days)


def imported_submissions(rows: Sequence[FigureRow]) -> list[ImportedSubmission]:
    """The reports the rows make up, oldest period first."""
    reports: dict[tuple[Period, int], dict[str, CategoryFigures]] = {}
    for row in rows:
        reports.setdefault((row.period, row.unit.pk), {})[row.category.code] = CategoryFigures(row.figures)
    units = {row.unit.pk: row.unit for row in rows}
    return [
        ImportedSubmission(units[unit_id], period, SubmissionContent(categories=categories))
        for (period, unit_id), categories in sorted(reports.items(), key=lambda item: item[0])
    ]


class _FigureReader(TableReader):
    """Reads rows one by one; its lookups are four queries in all."""

    def __init__(self, table: Table, *, today: dt.date) -> None:
        super().__init__(table)
        self.today = today
        self.units = Unit.objects.all().by_name()
        self.units_by_pk = {unit.pk: unit for _name, unit in self.units.all()}
        self.categories = Category.objects.all().by_name()
        self.asked = {category.pk: category.asked_rows for category in Category.objects.with_asked()}
        self.own_reports = set(Submission.objects.own().values_list("round__period", "unit_id"))
        self.imported = {
            (figure.version.submission.round.period, figure.version.submission.unit_id, figure.category_id): figure
            for figure in Figure.objects.accepted().select_related("version__submission__round", "category")
            if not figure.version.submission.is_own
        }
        self.seen: dict[tuple[Any, ...], int] = {}

    def read(self, row: Row) -> Read[FigureRow]:
        before = len(self.faults)
        unit = self.named(row, "unit", self.units, _("There is no unit of this name."))
        period = self.value(row, "period", lambda cell, _note: values.half_year(cell))
        if period and (fault := not_begun_fault(period, today=self.today)):
            self.fault(row, "period", fault)
        category = self.named(row, "category", self.categories, _("There is no category of this name or code."))
        figures = {measure: self._figure(row, measure) for measure in MEASURES}
        self._check_parts(row, figures)
        told = figures
        if period and category:
            figures = self._asked(row, category, period, figures)
        if unit and period and category:
            self._check_place(row, unit, period, category)
        named = {"unit": unit, "period": period, "category": category}
        stored = {**named, **{measure.value: value for measure, value in told.items()}}
        is_whole = unit and period and category and len(self.faults) == before
        return Read(
            row,
            {name: value for name, value in stored.items() if value is not None},
            FigureRow(unit, period, category, figures) if is_whole and unit and period and category else None,
            self._old(unit, period, category),
        )

    def _old(self, unit: Unit | None, period: Period | None, category: Category | None) -> dict[str, int | None]:
        """The figures that an earlier import left, which these would take the place of."""
        figure = self.imported.get((period, unit.pk, category.pk)) if unit and period and category else None
        return {measure.value: getattr(figure, measure.value) for measure in MEASURES} if figure else {}

    def told_of_what_goes(self) -> tuple[str, ...]:
        """A second import takes the place of a whole report: what the file doesn't hold of it counts no longer."""
        reports = {(period, unit) for unit, period, _category in self.seen}
        gone = [
            figure
            for (period, unit, category), figure in self.imported.items()
            if (period, unit) in reports and (unit, period, category) not in self.seen
        ]
        told = _("Imported before and not in this file, so that it counts no longer: %(figures)s.")
        named = "; ".join(
            f"{self.units_by_pk[figure.version.submission.unit_id]}, "
            f"{figure.version.submission.round.period.label}: {figure.category}"
            for figure in gone[:20]
        )
        return (told % {"figures": named + ("; …" if len(gone) > 20 else "")},) if gone else ()

    def _figure(self, row: Row, measure: Measure) -> int | None:
        if measure.facts.is_money:
            return self.amount(row, measure.value, largest=LARGEST_AMOUNT)
        return self.value(row, measure.value, partial(values.count, largest=LARGEST_COUNT))

    def _asked(self, row: Row, category: Category, period: Period, figures: Values) -> Values:
        """The measures the category asks in the period; of another only 0 or nothing may be told."""
        asked = asked_in(self.asked[category.pk], period).measures
        message = _(
            "“%(category)s” doesn't ask this figure in this period. Leave it empty, or let the category "
            "ask it: Categories and indicators, “%(category)s”, figures asked."
        )
        for measure, value in figures.items():
            if measure not in asked and value:
                self.fault(row, measure.value, message % {"category": category.name})
        return {measure: value for measure, value in figures.items() if measure in asked}

    def _check_parts(self, row: Row, figures: Values) -> None:
        cases = figures[Measure.CASES]
        for measure in PARTS_OF_CASES:
            part = figures[measure]
            if part is not None and cases is not None and part > cases:
                told = _("Cannot be more than the number of cases (%(cases)s).")
                self.fault(row, measure.value, told % {"cases": cases})

    def _check_place(self, row: Row, unit: Unit, period: Period, category: Category) -> None:
        first = self.seen.setdefault((unit.pk, period, category.pk), row.number)
        if first != row.number:
            self.fault(row, "category", _("This stands in row %(row)d already.") % {"row": first})
        if (period, unit.pk) in self.own_reports:
            self.fault(row, "unit", _("The unit has sent its own report for this period."))
