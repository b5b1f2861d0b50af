"""The tables of a summary: headings, order, and every figure as it is printed.

Page, PDF, DOCX and XLSX lay out the same cells, so that no template and no writer
computes or formats anything. A cell keeps the bare number beside its text, for the
files that want it typed, and `href`, where the rows that add up to it are listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal import formatting
from members.models import Unit
from reports.comparison.lineage import Comparability
from reports.comparison.pair import Comparison, Tone, share
from reports.comparison.sources import HalfYear
from reports.comparison.values import ComparedRow, Summary, UnitRow
from reports.content import MEASURES, Measure
from reports.layout.table import Cell, Column, Table, TableLine
from reports.layout.titles import capital, measure_title, period_label, scoped

STATE_LABELS = {
    Comparability.REPORTED: gettext_lazy("figures for both periods"),
    Comparability.MISSING: gettext_lazy("no figures yet"),
    Comparability.BASE_MISSING: gettext_lazy("no figures to compare with"),
    Comparability.LATE_JOINED: gettext_lazy("joined later"),
    Comparability.NOT_COMPARABLE: gettext_lazy("not comparable"),
    Comparability.LEFT: gettext_lazy("no longer a member"),
}
TONE_LABELS = {Tone.GOOD: gettext_lazy("better"), Tone.BAD: gettext_lazy("worse"), Tone.NEUTRAL: ""}


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

    def __iter__(self):
        return iter(vars(self).values())


def build_tables(summary: Summary) -> Tables:
    """All tables, in the language that is active."""
    return Tables(
        measures=_measures(summary),
        categories=_categories(summary),
        kinds=_kinds(summary),
        units=_units(summary),
        indicators=_indicators(summary),
        history=_history(summary),
        category_details=_category_details(summary),
        unit_details=_unit_details(summary),
    )


def _compared(summary: Summary) -> tuple[Column, ...]:
    return (
        Column(period_label(summary.period)),
        Column(period_label(summary.baseline)),
        Column(_("Rise or fall"), signed=True),
        Column(_("Rise or fall, %"), "percent", signed=True),
    )


def _rows_behind(summary: Summary, side: str, **where: str | int) -> str:
    """The page of the figures that add up to a cell."""
    query: dict[str, str | int] = {"side": side, **where, **summary.choices}
    return f"{reverse('reports:figure-list', args=[summary.period])}?{urlencode(query)}"


def _figure(summary: Summary, value: int | None, side: str, **where: str | int) -> Cell:
    return Cell(formatting.number(value), value, "" if value is None else _rows_behind(summary, side, **where))


def change_cell(pair: Comparison, tone: Tone) -> Cell:
    return Cell(formatting.signed(pair.change), pair.change, tone=str(tone), tone_label=str(TONE_LABELS[tone]))


def _compared_cells(summary: Summary, row: ComparedRow, measure: Measure, **where: str | int) -> tuple[Cell, ...]:
    pair = row.figures[measure]
    return (
        _figure(summary, pair.current, "current", measure=measure.value, **where),
        _figure(summary, pair.base, "base", measure=measure.value, **where),
        change_cell(pair, row.tone(measure)),
        Cell(formatting.signed_percent(pair.percent), pair.percent),
    )


def _share(value: Decimal | None) -> Cell:
    return Cell(formatting.percent(value), value)


def _measures(summary: Summary) -> Table:
    return Table.of(
        "measures",
        scoped(_("All figures"), summary.scope) if summary.scope.label else _("All figures of the cluster"),
        (Column(_("Figure"), "text"), *_compared(summary)),
        tuple(
            TableLine((Cell(measure_title(measure)), *_compared_cells(summary, summary.total, measure)))
            for measure in MEASURES
        ),
    )


def _category_lines(summary: Summary) -> Iterable[tuple[ComparedRow, str, dict[str, str], Decimal | None]]:
    """The total, then each group and – where it holds more than one – its categories."""
    cases = summary.total.figures.cases.current
    yield summary.total, "total", {}, share(cases, cases)
    for group in summary.groups:
        yield group, "group", {"group": group.code}, group.share
        if len(group.categories) > 1:
            for category in group.categories:
                yield category, "row", {"category": category.code}, category.share


def _name(row: ComparedRow, level: str) -> Cell:
    return Cell(_("Total")) if level == "total" else Cell(row.name)


def _categories(summary: Summary) -> Table:
    return Table.of(
        "categories",
        _("Cases by category"),
        (Column(_("Category"), "text"), *_compared(summary), Column(_("Share, %"), "percent")),
        tuple(
            TableLine(
                (_name(row, level), *_compared_cells(summary, row, Measure.CASES, **where), _share(portion)), level
            )
            for row, level, where, portion in _category_lines(summary)
        ),
    )


def _detail_columns(heading: str) -> tuple[Column, ...]:
    sides = ((_("This period"), False), (_("Rise or fall"), True))
    return (
        Column(heading, "text"),
        *(Column(text, group=measure_title(measure), signed=signed) for measure in MEASURES for text, signed in sides),
    )


def _detail_cells(summary: Summary, row: ComparedRow, **where: str | int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for measure, pair in row.figures:
        cells += [
            _figure(summary, pair.current, "current", measure=measure.value, **where),
            change_cell(pair, row.tone(measure)),
        ]
    return tuple(cells)


def _category_details(summary: Summary) -> Table:
    return Table.of(
        "category-details",
        _("All figures by category"),
        _detail_columns(_("Category")),
        tuple(
            TableLine((_name(row, level), *_detail_cells(summary, row, **where)), level)
            for row, level, where, _portion in _category_lines(summary)
        ),
    )


def _kinds(summary: Summary) -> Table:
    total = Cell(f"{summary.coverage.current}/{summary.coverage.expected}")
    return Table.of(
        "kinds",
        _("Cases by kind of unit"),
        (Column(_("Kind of unit"), "text"), Column(_("Units with figures"), "text"), *_compared(summary)),
        (
            TableLine((Cell(_("Total")), total, *_compared_cells(summary, summary.total, Measure.CASES)), "total"),
            *(
                TableLine(
                    (
                        Cell(capital(str(Unit.Kind(kind.name).label))),
                        Cell(f"{kind.reported}/{kind.expected}"),
                        *_compared_cells(summary, kind, Measure.CASES, row_kind=kind.name),
                    )
                )
                for kind in summary.kinds
            ),
        ),
    )


def _state(unit: UnitRow) -> Cell:
    """How the unit stands; of a year it may have reported one half only, which is figures, but not enough."""
    is_partial = unit.state is Comparability.MISSING and unit.figures.cases.current is not None
    is_partial |= unit.state is Comparability.BASE_MISSING and unit.figures.cases.base is not None
    return Cell(_("not all figures") if is_partial else str(STATE_LABELS[unit.state]))


def _unit_name(unit: UnitRow) -> Cell:
    if not unit.took_over:
        return Cell(unit.name)
    return Cell(_("%(unit)s (with %(others)s)") % {"unit": unit.name, "others": ", ".join(unit.took_over)})


def _units(summary: Summary) -> Table:
    return Table.of(
        "units",
        _("Cases by unit"),
        (Column(_("Unit"), "text"), Column(_("Figures"), "text"), *_compared(summary)),
        (
            TableLine((Cell(_("Total")), Cell(""), *_compared_cells(summary, summary.total, Measure.CASES)), "total"),
            *(
                TableLine(
                    (
                        _unit_name(unit),
                        _state(unit),
                        *_compared_cells(summary, unit, Measure.CASES, row_unit=unit.id),
                    )
                )
                for unit in summary.units
            ),
        ),
    )


def _unit_details(summary: Summary) -> Table:
    return Table.of(
        "unit-details",
        _("All figures by unit"),
        _detail_columns(_("Unit")),
        (
            TableLine((Cell(_("Total")), *_detail_cells(summary, summary.total)), "total"),
            *(TableLine((_unit_name(unit), *_detail_cells(summary, unit, row_unit=unit.id))) for unit in summary.units),
        ),
    )


def _indicators(summary: Summary) -> Table:
    lines = []
    for row in summary.indicators:
        pair = row.figure
        lines.append(
            TableLine(
                (
                    Cell(row.name),
                    Cell(row.noun),
                    _figure(summary, pair.current, "current", indicator=row.code),
                    _figure(summary, pair.base, "base", indicator=row.code),
                    change_cell(pair, row.tone),
                    Cell(formatting.signed_percent(pair.percent), pair.percent),
                )
            )
        )
    columns = (Column(_("Activity"), "text"), Column(_("Counted in"), "text"), *_compared(summary))
    return Table.of("indicators", _("Activities"), columns, tuple(lines))


def _rows_of(summary: Summary, point: HalfYear) -> str:
    """The rows behind a half-year of the past; not of a few units, which may have been others then."""
    if point.cases is None or not summary.scope.is_whole:
        return ""
    query = urlencode({"side": "current", "measure": Measure.CASES.value})
    return f"{reverse('reports:figure-list', args=[point.period])}?{query}"


def _history(summary: Summary) -> Table:
    return Table.of(
        "history",
        _("Figures of the chart"),
        (Column(_("Period"), "text"), Column(measure_title(Measure.CASES)), Column(_("Units with figures"))),
        tuple(
            TableLine(
                (
                    Cell(period_label(point.period)),
                    Cell(formatting.number(point.cases), point.cases, _rows_of(summary, point)),
                    Cell(formatting.number(point.units), point.units),
                )
            )
            for point in summary.history
        ),
    )
