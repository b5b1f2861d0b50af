"""A unit's sheet laid out: the same sentences, tables and chart for page and PDF, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.charts import BarChart
from members.models import Unit
from reports.comparison.ranking import FEWEST_OTHERS, Among, Rank, RankedBy, Ranking, Withheld
from reports.layout.compared_cells import amount_cell
from reports.layout.summary_tables import build_tables
from reports.layout.table import Cell, Column, Table, TableLine
from reports.layout.titles import period_label
from reports.layout.trend_tables import build_trend_table as trend_table
from reports.layout.trend_tables import draw_trend_charts
from reports.models import Submission
from reports.prose import narrative, phrases
from reports.sheets.sheet import Sheet, SubmissionState
from reports.submissions.board import NOT_STARTED


@dataclass(frozen=True)
class PlaceTexts:
    """What is told of the place among some units."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class SheetLayout:
    """`headline` and `warnings` are official prose, in Vietnamese whatever the language of the page."""

    headline: str
    warnings: tuple[str, ...]
    places: tuple[PlaceTexts, ...]
    figures: tuple[Table, ...]
    reports: Table
    course: Table
    chart: BarChart | None
    footnotes: tuple[str, ...]

    @property
    def history(self) -> tuple[Table, ...]:
        """What was reported half-year by half-year, as far as there is any."""
        return tuple(table for table in (self.reports, self.course) if table.lines)


def layout(sheet: Sheet) -> SheetLayout:
    charts = draw_trend_charts(sheet.course)
    return SheetLayout(
        headline=narrative.headline(sheet.summary),
        warnings=tuple(_warnings(sheet)),
        places=tuple(_places(sheet)),
        figures=tuple(_figures(sheet)),
        reports=_reports(sheet),
        course=_course(sheet),
        chart=charts[0].chart if charts else None,
        footnotes=_footnotes(),
    )


def _warnings(sheet: Sheet) -> Iterator[str]:
    if sheet.took_over:
        yield f"Số liệu gồm cả đơn vị đã sáp nhập: {'; '.join(sheet.took_over)}."
    yield from phrases.warnings(sheet.summary)


def _figures(sheet: Sheet) -> Iterator[Table]:
    """The comparison's tables, without categories that did not happen and without links to pages of the cluster."""
    tables = build_tables(sheet.summary)
    titles = ((tables.measures, _("All figures")), (tables.categories, ""), (tables.indicators, ""))
    for table, title in titles:
        lines = _joined([_unlinked(line) for line in table.lines if _is_worth_telling(table, line)])
        if lines:
            yield Table.of(table.code, title or table.title, table.columns, lines)


def _joined(lines: Sequence[TableLine]) -> list[TableLine]:
    """A group whose one remaining category has its figures is one line: ``Trật tự xã hội: trộm cắp tài sản``."""
    joined: list[TableLine] = []
    for line, following in zip_longest(lines, lines[1:]):
        group = joined[-1] if joined else None
        is_last = following is None or following.level != "row"
        if line.level == "row" and is_last and group and group.level == "group" and _same_figures(group, line):
            name = f"{group.cells[0].text}: {formatting.within_sentence(line.cells[0].text)}"
            joined[-1] = replace(group, cells=(replace(group.cells[0], text=name), *group.cells[1:]))
        else:
            joined.append(line)
    return joined


def _same_figures(group: TableLine, row: TableLine) -> bool:
    """Their shares, of different wholes, left aside."""
    texts = [
        [cell.text for column, cell in line.with_columns if column.signed or column.kind == "number"]
        for line in (group, row)
    ]
    return texts[0] == texts[1]


def _is_worth_telling(table: Table, line: TableLine) -> bool:
    if table.code == "categories" and line.level == "row":
        return any(cell.value for cell in line.cells)
    return _is_filled_in(line)


def _is_filled_in(line: TableLine) -> bool:
    return any(cell.value is not None for cell in line.cells)


def _unlinked(line: TableLine) -> TableLine:
    return replace(line, cells=tuple(replace(cell, href="") for cell in line.cells))


def _reports(sheet: Sheet) -> Table:
    """How the report of each half-year stands, and the cases that are counted."""
    cases = zip(sheet.course.total.so_far, sheet.course.total.at_least, strict=True)
    return Table.of(
        "reports",
        _("Reports over time"),
        (Column(_("Period"), "text"), Column(_("Report"), "text"), Column(_("Number of cases"))),
        (
            TableLine((Cell(period_label(report.half)), Cell(_state(report)), amount_cell(value, is_part=is_part)))
            for report, (value, is_part) in zip(sheet.reports, cases, strict=True)
        ),
    )


def _course(sheet: Sheet) -> Table:
    """The cases of each group that has any figure, half-year by half-year."""
    table, halves = trend_table(sheet.course), len(sheet.course.steps)
    lines = [
        replace(line, cells=_unlinked(line).cells[: halves + 1])
        for line in table.lines
        if line.level != "row" and _is_filled_in(line)
    ]
    return Table.of("course", _("Cases by group over the half-years"), table.columns[: halves + 1], lines)


def _state(report: SubmissionState) -> str:
    if not report.status:
        return formatting.NOT_REPORTED
    labels = {NOT_STARTED: _("not started"), **dict(Submission.Status.choices)}
    state = str(labels[report.status])
    return _("%(state)s (late)") % {"state": state} if report.is_late else state


def _places(sheet: Sheet) -> Iterator[PlaceTexts]:
    kind = Unit.Kind(sheet.summary.units[0].kind).label if sheet.summary.units else ""
    headings = {Among.CLUSTER: _("In the whole cluster"), Among.KIND: _("Among the units of its kind: %s") % kind}
    for among, heading in headings.items():
        told = [_sentence(ranking) for ranking in sheet.rankings if ranking.among is among]
        if told:
            yield PlaceTexts(heading, tuple(dict.fromkeys(told)))


def _sentence(ranking: Ranking) -> str:
    found = ranking.found
    if isinstance(found, Withheld):
        return f"{_figure_name(ranking.figure)}: {_reason(found)}"
    return _by_cases(found) if ranking.figure is RankedBy.CASES else _by_change(found)


def _by_cases(rank: Rank) -> str:
    return _(
        "Number of cases (%(own)s): place %(place)s of %(of)d units with all figures, counted from the fewest; "
        "the median of the units is %(median)s cases."
    ) % {
        "own": formatting.number(rank.own),
        "place": _place(rank),
        "of": rank.out_of,
        "median": formatting.middle(rank.median),
    }


def _by_change(rank: Rank) -> str:
    sign = "+" if rank.median > 0 else ""
    return _(
        "Rise or fall (%(own)s cases): place %(place)s of %(of)d units that can be compared, counted from the "
        "largest fall; the median of the units is %(median)s cases."
    ) % {
        "own": formatting.signed(rank.own),
        "place": _place(rank),
        "of": rank.out_of,
        "median": f"{sign}{formatting.middle(rank.median)}",
    }


def _place(rank: Rank) -> str:
    return _("%(place)d (shared)") % {"place": rank.place} if rank.is_shared else str(rank.place)


def _figure_name(figure: RankedBy) -> str:
    return _("Number of cases") if figure is RankedBy.CASES else _("Rise or fall")


def _reason(withheld: Withheld) -> str:
    reasons = {
        Withheld.OWN_MISSING: _("no place, as the unit has not told all of it."),
        Withheld.TOO_FEW: _("no place, as fewer than %(fewest)d other units have told all of it."),
        Withheld.OTHER_KINDS_TOO_FEW: _("no place, as fewer than %(fewest)d units of other kinds have told all of it."),
        Withheld.TELLING: _("no place, as it would tell the figures of other units."),
    }
    return reasons[withheld] % {"fewest": FEWEST_OTHERS}


def _footnotes() -> tuple[str, ...]:
    return (
        _(
            "A dash is “not reported”, ≥ “at least”; 0 is “none happened”. "
            "Categories that happened in neither period are left out."
        ),
        _(
            "A place is given only where at least %(fewest)d other units have the figure, and among the units of its "
            "kind only where as many of other kinds have it. Units with the same figure share a place. The median is "
            "the figure in the middle of all units that have it, this one among them. Neither the names nor the "
            "figures of other units are given, nor the smallest and the largest figure."
        )
        % {"fewest": FEWEST_OTHERS},
    )
