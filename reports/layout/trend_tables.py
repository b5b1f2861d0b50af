"""A trend laid out: one table, and small charts with the same figures side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.charts import SMALL, BarChart, Point, columns
from cluster_portal.periods import Period
from reports.comparison.pair import Compared
from reports.comparison.trend import Step, Trend, TrendRow
from reports.comparison.values import Summary
from reports.layout.compared_cells import amount_cell, change_cell
from reports.layout.table import Cell, Column, Table, TableLine
from reports.layout.titles import measure_title, period_label, scoped


@dataclass(frozen=True)
class NamedChart:
    """A chart of the page; `code` tells it apart from the others."""

    code: str
    chart: BarChart


def trend_url(summary: Summary) -> str:
    """The trend up to a summary's period, of the same units."""
    chosen = {"until": str(summary.period.halves[-1])}
    if summary.period.is_full_year:
        chosen["by"] = "year"
    return f"{reverse('reports:trend-detail')}?{urlencode(chosen | summary.scope.choices)}"


def trend_title(trend: Trend) -> str:
    """What is counted, and of whom."""
    return scoped(measure_title(trend.measure), trend.scope)


def trend_span(trend: Trend) -> str:
    first, last = trend.steps[0].period, trend.steps[-1].period
    if first == last:
        return capfirst(last.label)
    return _("From the %(first)s to the %(last)s") % {"first": first.label, "last": last.label}


def trend_notes(trend: Trend) -> tuple[str, ...]:
    """What a reader must know before trusting a rise or a fall."""
    told = []
    if trend.is_collecting:
        told.append(
            _("Figures for the %(period)s are still being collected; nothing is compared with them yet.")
            % {"period": trend.steps[-1].period.label}
        )
    elif not trend.is_like_for_like:
        told.append(
            _(
                "Not every period has figures of the same units (%(units)s): "
                "a rise or a fall is told of the units only that are comparable between its periods."
            )
            % {"units": _reported(trend)}
        )
    if trend.parts:
        told.append(
            _("No unit has all figures of the %(periods)s: what is shown is a part, and nothing is compared with it.")
            % {"periods": ", ".join(step.period.label for step in trend.parts)}
        )
    if halves := [half.label for step in trend.steps for half in step.unasked]:
        told.append(
            _("Not everything was asked in the %(halves)s: the figure of the whole year is “at least” (≥).")
            % {"halves": ", ".join(halves)}
        )
    told.append(
        _("A dash is “not reported”, ≥ “at least”; 0 is “none happened”. Units that merged count as one throughout.")
    )
    return tuple(told)


def _reported(trend: Trend) -> str:
    counts = [step.reported for step in trend.steps]
    if min(counts) == max(counts):
        return _("%(units)d each, though not the same ones") % {"units": counts[0]}
    return _("%(fewest)d to %(most)d units") % {"fewest": min(counts), "most": max(counts)}


def build_trend_table(trend: Trend) -> Table:
    """The whole trend: how many units stand behind it, the total, each group with its categories."""
    return Table.of(
        "trend",
        trend_title(trend),
        _columns(trend),
        (_coverage(trend), *(_line(trend, place, *line) for place, line in enumerate(_lines(trend)))),
    )


def _lines(trend: Trend) -> Iterator[tuple[TrendRow, str, dict[str, str]]]:
    yield trend.total, "total", {}
    for group in trend.groups:
        yield group.row, "group", {"group": group.code}
        if len(group.categories) > 1:
            for code, row in group.categories:
                yield row, "row", {"category": code}


def _columns(trend: Trend) -> tuple[Column, ...]:
    changes = [column for base, pairs in _bases(trend).items() for column in _change_columns(trend, base, pairs)]
    return (Column(_("Category"), "text"), *(_step_column(step) for step in trend.steps), *changes)


def _step_column(step: Step) -> Column:
    if step.period.is_full_year:
        return Column(period_label(step.period))
    half = _("1st half") if step.period.half == 1 else _("2nd half")
    return Column(half, group=str(step.period.year))


def _bases(trend: Trend) -> dict[Period, list[Compared]]:
    """What the last period is compared with, line by line.

    That is the first, and the same period a year before where it is another; neither
    where nothing is compared with it, as while the last is being collected. In a cluster's
    first period the first is the last: nothing is compared with itself.
    """
    if trend.is_collecting:
        return {}
    rows = [row for row, _level, _where in _lines(trend)]
    last = trend.steps[-1].period
    found = {last.same_period_last_year: [row.over_a_year for row in rows]}
    found = {trend.steps[0].period: [row.over_the_span for row in rows]} | found
    return {base: pairs for base, pairs in found.items() if base != last and any(pair.is_compared for pair in pairs)}


def _coverage(trend: Trend) -> TableLine:
    told = [Cell(f"{step.reported}/{step.expected}") for step in trend.steps]
    empty = [Cell("") for base, pairs in _bases(trend).items() for _column in _change_columns(trend, base, pairs)]
    return TableLine((Cell(_("Units with all figures")), *told, *empty))


def _line(trend: Trend, place: int, row: TrendRow, level: str, where: dict[str, str]) -> TableLine:
    name = _("Total") if level == "total" else row.name
    values = [
        _value(trend, step, value, at_least, where)
        for step, value, at_least in zip(trend.steps, row.so_far, row.at_least, strict=True)
    ]
    cells = [cell for pairs in _bases(trend).values() for cell in _change(pairs, row, pairs[place])]
    return TableLine((Cell(name), *values, *cells), level)


def _value(trend: Trend, step: Step, value: int | None, at_least: bool, where: dict[str, str]) -> Cell:
    return amount_cell(value, _rows_behind(trend, step, value, where), is_part=at_least)


def _is_partial(pairs: list[Compared]) -> bool:
    """Whether something is compared, but not all that was recorded."""
    return any(pair.is_compared and not pair.is_whole for pair in pairs)


def _change_columns(trend: Trend, base: Period, pairs: list[Compared]) -> list[Column]:
    """The change; where it is not of all units, with what it is between."""
    group = _("Against the %(period)s") % {"period": base.label}
    change = [
        Column(_("Rise or fall"), group=group, signed=True),
        Column(_("Rise or fall, %"), "percent", group=group, signed=True),
    ]
    if not _is_partial(pairs):
        return change
    group = _("Against the %(period)s, %(n)d comparable units")
    if any(pair.fewer_categories for pair in pairs):
        group = _("Against the %(period)s, %(n)d comparable units and categories")
    group %= {"period": base.label, "n": pairs[0].units}
    ends = [Column(period_label(trend.steps[-1].period), group=group), Column(period_label(base), group=group)]
    return [*ends, *(replace(column, group=group) for column in change)]


def _change(pairs: list[Compared], row: TrendRow, pair: Compared) -> tuple[Cell, ...]:
    percent = Cell(formatting.signed_percent(pair.percent), pair.percent)
    change = (change_cell(pair, pair.tone(row.polarity)), percent)
    if not _is_partial(pairs):
        return change
    ends = (pair.current, pair.base) if pair.units else (None, None)
    return (*(Cell(formatting.number(value), value) for value in ends), *change)


def _rows_behind(trend: Trend, step: Step, value: int | None, where: dict[str, str]) -> str:
    if value is None or not trend.rows_can_be_listed:
        return ""
    query = {"side": "recorded", "measure": trend.measure.value, **where, **trend.scope.choices}
    return f"{reverse('reports:figure-list', args=[step.period])}?{urlencode(query)}"


def draw_trend_charts(trend: Trend) -> tuple[NamedChart, ...]:
    """The total, then each group that has a figure, each on a scale of its own."""
    shown = [("total", _("Total"), trend.total), *((group.code, group.row.name, group.row) for group in trend.groups)]
    # Amounts of money are too long for a small chart in đồng.
    written = formatting.millions if trend.measure.facts.is_money else formatting.number
    return tuple(
        NamedChart(
            code,
            columns(_chart_title(trend, name), _points(trend, row), width=SMALL, written=written),
        )
        for code, name, row in shown
        if any(value is not None for value in row.so_far)
    )


def _chart_title(trend: Trend, name: str) -> str:
    return _("%(name)s (million đồng)") % {"name": name} if trend.measure.facts.is_money else name


def _points(trend: Trend, row: TrendRow) -> list[Point]:
    return [
        Point(_short_label(step.period), value, is_at_least=is_part)
        for step, value, is_part in zip(trend.steps, row.so_far, row.incomplete, strict=True)
    ]


def _short_label(period: Period) -> str:
    """The period in two short lines below its bar."""
    if period.is_full_year:
        return str(period.year)
    half = _("H1") if period.half == 1 else _("H2")
    return f"{half}\n{period.year}"
