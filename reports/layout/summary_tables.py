"""The tables of a summary: headings, order, and every figure as it is printed.

Page, PDF, DOCX and XLSX lay out the same cells, so that no template and no writer
computes or formats anything. A cell keeps the bare number beside its text, for the
files that want it typed, and `href`, where the rows that add up to it are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal import formatting
from cluster_portal.remembered import remembered
from members.models import Unit
from reports.comparison.lineage import Comparability
from reports.comparison.pair import Compared, share
from reports.comparison.values import ComparedRow, HalfYear, Summary, UnitRow
from reports.content import MEASURES, Measure
from reports.layout.compared_cells import Shape, amount_cell, change_cell, figure_cell, recorded_cell
from reports.layout.table import Cell, Column, Table, TableLine
from reports.layout.titles import capital, measure_title, period_label, scoped

#: Of so many summaries a process remembers the tables.
REMEMBERED = 12

STATE_LABELS = {
    Comparability.REPORTED: gettext_lazy("reports of both periods"),
    Comparability.MISSING: gettext_lazy("no report yet"),
    Comparability.BASE_MISSING: gettext_lazy("no report to compare with"),
    Comparability.LATE_JOINED: gettext_lazy("joined later"),
    Comparability.NOT_COMPARABLE: gettext_lazy("not comparable"),
    Comparability.LEFT: gettext_lazy("no longer a member"),
}


@dataclass(frozen=True)
class Tables:
    """The tables in the order of the report."""

    measures: Table
    categories: Table
    kinds: Table
    units: Table
    indicators: Table
    history: Table
    category_details: Table
    unit_details: Table
    recorded: Table

    def __iter__(self) -> Iterator[Table]:
        return iter(table for table in vars(self).values() if table.lines)


@remembered(REMEMBERED)
def build_tables(summary: Summary) -> Tables:
    """All tables, in the language that is active."""
    return Tables(
        measures=_measures(summary),
        categories=_categories(summary),
        kinds=_of_several(_kinds(summary)),
        units=_of_several(_units(summary)),
        indicators=_indicators(summary),
        history=_history(summary),
        category_details=_category_details(summary),
        unit_details=_of_several(_unit_details(summary)),
        recorded=_recorded(summary),
    )


def _of_several(table: Table) -> Table:
    """Nothing where a single unit, or kind of units, would repeat the total."""
    return table if table.is_of_several else replace(table, lines=())


def _compared_cells(
    shape: Shape, row: ComparedRow, measure: Measure, reported: int | None = None, /, **where: str | int
) -> tuple[Cell, ...]:
    return shape.cells(row.figures[measure], row.tone(measure), reported, measure=measure.value, **where)


def _of_cases(summary: Summary, rows: Iterable[ComparedRow]) -> Shape:
    return Shape.of(summary, (row.figures.cases for row in (summary.total, *rows)))


def _share(value: Decimal | None) -> Cell:
    return Cell(formatting.percent(value), value)


def _measures(summary: Summary) -> Table:
    shape = Shape.of(summary, (pair for _measure, pair in summary.total.figures), per_line=True)
    return Table.of(
        "measures",
        scoped(_("All figures"), summary.scope) if summary.scope.label else _("All figures of the cluster"),
        (Column(_("Figure"), "text"), *shape.columns),
        tuple(
            TableLine((Cell(measure_title(measure)), *_compared_cells(shape, summary.total, measure)))
            for measure in MEASURES
        ),
    )


def _category_lines(summary: Summary) -> Iterable[tuple[ComparedRow, str, dict[str, str], Decimal | None]]:
    """The total, then each group and – where it holds more than one – its categories."""
    cases = summary.total.figures.cases.recorded
    yield summary.total, "total", {}, share(cases, cases)
    for group in summary.groups:
        yield group, "group", {"group": group.code}, group.share
        if len(group.categories) > 1:
            for category in group.categories:
                yield category, "row", {"category": category.code}, category.share


def _name(row: ComparedRow, level: str) -> Cell:
    return Cell(_("Total")) if level == "total" else Cell(row.name)


def _categories(summary: Summary) -> Table:
    shape = _of_cases(summary, (*summary.groups, *summary.categories))
    heading = _("Share of the recorded, %") if shape.is_partial else _("Share, %")
    return Table.of(
        "categories",
        _("Cases by category"),
        (Column(_("Category"), "text"), *shape.columns, Column(heading, "percent")),
        tuple(
            TableLine((_name(row, level), *_compared_cells(shape, row, Measure.CASES, **where), _share(portion)), level)
            for row, level, where, portion in _category_lines(summary)
        ),
    )


@dataclass(frozen=True)
class _Details:
    """This period and the change of each measure; `in_part` are those of which not all there is, is compared."""

    summary: Summary
    in_part: Set[Measure]

    @classmethod
    def of(cls, summary: Summary, rows: Iterable[ComparedRow]) -> _Details:
        shown = (summary.total, *rows)
        compared = [m for m in MEASURES if summary.has_base and summary.total.figures[m].units]
        return cls(summary, {m for m in compared if not all(_is_all(row.figures[m]) for row in shown)})

    def columns(self, heading: str) -> tuple[Column, ...]:
        sides = ((_("This period"), False), *([(_("Rise or fall"), True)] if self.summary.has_base else []))
        groups = [(self._group(measure), text, signed) for measure in MEASURES for text, signed in sides]
        return Column(heading, "text"), *(Column(text, group=group, signed=signed) for group, text, signed in groups)

    def _group(self, measure: Measure) -> str:
        title, units = measure_title(measure), self.summary.total.figures[measure].units
        if measure not in self.in_part:
            return title
        return _("%(measure)s, %(n)d units compared") % {"measure": title, "n": units}

    def cells(self, row: ComparedRow, **where: str | int) -> tuple[Cell, ...]:
        """The compared figures, or what was recorded where there is nothing to compare with or nothing more."""
        cells: list[Cell] = []
        for measure, pair in row.figures:
            cell = (
                figure_cell(self.summary, pair.current, "current", pair.asked, measure=measure.value, **where)
                if measure in self.in_part
                else recorded_cell(self.summary, pair, "current", measure=measure.value, **where)
            )
            cells += [cell, change_cell(pair, row.tone(measure))] if self.summary.has_base else [cell]
        return tuple(cells)


def _is_all(pair: Compared) -> bool:
    """Whether what is compared is all there is."""
    return pair.is_whole or pair.is_empty


def _recorded(summary: Summary) -> Table:
    """What all units reported, not compared; nothing where the other tables show all of it."""
    units = summary.units if len(summary.units) > 1 else ()
    heading = _("Category, unit") if units else _("Category")
    columns = (Column(heading, "text"), *(Column(measure_title(measure)) for measure in MEASURES))
    lines = [
        TableLine((_name(row, level), *_recorded_cells(summary, row, **where)), level)
        for row, level, where, _portion in _category_lines(summary)
    ]
    lines += [TableLine((_unit_name(unit), *_recorded_cells(summary, unit, row_unit=unit.id))) for unit in units]
    is_shown = summary.has_base and not summary.is_whole_in_cases
    return Table.of("recorded", _("What was recorded, not compared"), columns, lines if is_shown else ())


def _recorded_cells(summary: Summary, row: ComparedRow, **where: str | int) -> tuple[Cell, ...]:
    return tuple(
        recorded_cell(summary, pair, "recorded", measure=measure.value, **where) for measure, pair in row.figures
    )


def _category_details(summary: Summary) -> Table:
    details = _Details.of(summary, (*summary.groups, *summary.categories))
    return Table.of(
        "category-details",
        _("All figures by category"),
        details.columns(_("Category")),
        tuple(
            TableLine((_name(row, level), *details.cells(row, **where)), level)
            for row, level, where, _portion in _category_lines(summary)
        ),
    )


def _kinds(summary: Summary) -> Table:
    total = Cell(f"{summary.coverage.current}/{summary.coverage.expected}")
    shape = _of_cases(summary, summary.kinds)
    return Table.of(
        "kinds",
        _("Cases by kind of unit"),
        (Column(_("Kind of unit"), "text"), Column(_("Units with all reports"), "text"), *shape.columns),
        (
            TableLine(
                (
                    Cell(_("Total")),
                    total,
                    *_compared_cells(shape, summary.total, Measure.CASES, summary.coverage.current),
                ),
                "total",
            ),
            *(
                TableLine(
                    (
                        Cell(capital(str(Unit.Kind(kind.name).label))),
                        Cell(f"{kind.reported}/{kind.expected}"),
                        *_compared_cells(shape, kind, Measure.CASES, kind.reported, row_kind=kind.name),
                    )
                )
                for kind in summary.kinds
            ),
        ),
    )


def unit_state(summary: Summary, unit: UnitRow) -> str:
    """Which reports there are of the unit; of a year there may be that on one half only, which is not enough."""
    if not summary.has_base and unit.state in (Comparability.BASE_MISSING, Comparability.LATE_JOINED):
        return _("has reported")  # that there is no base is said once, not of each
    if unit.state is Comparability.LEFT and unit.left_within:
        return _("left in the period")
    is_lacking = unit.state in (Comparability.MISSING, Comparability.BASE_MISSING)
    return _("not all reports") if is_lacking and summary.may_hold_a_part(unit) else str(STATE_LABELS[unit.state])


def _unit_name(unit: UnitRow) -> Cell:
    if not unit.took_over:
        return Cell(unit.name)
    return Cell(_("%(unit)s (with %(others)s)") % {"unit": unit.name, "others": ", ".join(unit.took_over)})


def _units(summary: Summary) -> Table:
    shape = _of_cases(summary, summary.units)
    return Table.of(
        "units",
        _("Cases by unit"),
        (Column(_("Unit"), "text"), Column(_("State of the reports"), "text"), *shape.columns),
        (
            TableLine((Cell(_("Total")), Cell(""), *_compared_cells(shape, summary.total, Measure.CASES)), "total"),
            *(
                TableLine(
                    (
                        _unit_name(unit),
                        Cell(unit_state(summary, unit)),
                        *_compared_cells(shape, unit, Measure.CASES, row_unit=unit.id),
                    )
                )
                for unit in summary.units
            ),
        ),
    )


def _unit_details(summary: Summary) -> Table:
    details = _Details.of(summary, summary.units)
    return Table.of(
        "unit-details",
        _("All figures by unit"),
        details.columns(_("Unit")),
        (
            TableLine((Cell(_("Total")), *details.cells(summary.total)), "total"),
            *(TableLine((_unit_name(unit), *details.cells(unit, row_unit=unit.id))) for unit in summary.units),
        ),
    )


def _indicators(summary: Summary) -> Table:
    shape = Shape.of(summary, (row.figure for row in summary.indicators), per_line=True)
    lines = [
        TableLine((Cell(row.name), Cell(row.noun), *shape.cells(row.figure, row.tone, indicator=row.code)))
        for row in summary.indicators
    ]
    columns = (Column(_("Activity"), "text"), Column(_("Counted in"), "text"), *shape.columns)
    return Table.of("indicators", _("Activities"), columns, lines)


def _rows_of(summary: Summary, point: HalfYear) -> str:
    """The rows behind a half-year of the past; not of a few units, which may have been others then."""
    if point.so_far is None or not summary.scope.is_whole:
        return ""
    query = urlencode({"side": "recorded", "measure": Measure.CASES.value})
    return f"{reverse('reports:figure-list', args=[point.period])}?{query}"


def units_of(point: HalfYear) -> str:
    """How many units told all of a half-year's figures: ``28``, or ``25/28`` where some are missing."""
    return f"{point.units}/{point.expected}" if point.units < point.expected else formatting.number(point.units)


def _history(summary: Summary) -> Table:
    return Table.of(
        "history",
        _("Cases half-year by half-year"),
        (Column(_("Period"), "text"), Column(measure_title(Measure.CASES)), Column(_("Units with all figures"))),
        tuple(
            TableLine(
                (
                    Cell(period_label(point.period)),
                    amount_cell(point.so_far, _rows_of(summary, point), is_part=point.is_at_least),
                    Cell(units_of(point), point.units if point.units == point.expected else None),
                )
            )
            for point in summary.course
        ),
    )
