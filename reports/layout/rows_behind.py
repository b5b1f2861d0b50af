"""The rows behind a figure of the summary: unit by unit, with a sum that equals it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from cluster_portal.door import number_in
from cluster_portal.periods import Period
from incidents.lookups import cases_url
from members.models import Unit
from reports.comparison import sources
from reports.comparison.pair import add
from reports.comparison.reading import SIDES, Reading
from reports.comparison.scope import WHOLE_CLUSTER, Scope, comparison_choices
from reports.comparison.sources import ActivityFigure, CaseFigures
from reports.content import Measure
from reports.layout.titles import measure_title


@dataclass(frozen=True)
class Selection:
    """Which figures are asked for: one measure or one indicator, narrowed down by the rest.

    `scope` is that of the whole comparison, `row_kind` or `row_unit` one line of its tables.
    """

    period: Period
    baseline: Period
    side: str = "current"
    measure: Measure | None = Measure.CASES
    indicator: str = ""
    group: str = ""
    category: str = ""
    row_kind: str = ""
    row_unit: int | None = None
    scope: Scope = WHOLE_CLUSTER

    @classmethod
    def parse(cls, period: Period, query: Mapping[str, str]) -> Selection:
        """Read a query string; a ValueError tells what is wrong with it."""
        baseline = Period.parse(query["baseline"]) if "baseline" in query else period.same_period_last_year
        if query.get("side", "current") not in SIDES or baseline.is_full_year != period.is_full_year:
            raise ValueError(f"no such side or baseline: {query!r}")
        indicator = query.get("indicator", "")
        return cls(
            period=period,
            baseline=baseline,
            side=query.get("side", "current"),
            measure=None if indicator else Measure(query.get("measure", Measure.CASES.value)),
            indicator=indicator,
            group=query.get("group", ""),
            category=query.get("category", ""),
            row_kind=query.get("row_kind", ""),
            row_unit=number_in(query["row_unit"], otherwise=0) if "row_unit" in query else None,
            scope=Scope.parse(query),
        )

    @property
    def comparison_query(self) -> str:
        """The query string that leads back to the comparison."""
        query = comparison_choices(period=self.period, baseline=self.baseline, scope=self.scope)
        return f"?{urlencode(query)}" if query else ""

    @property
    def is_recorded(self) -> bool:
        """Whether the figures of all units are asked for, rather than of those compared."""
        return self.side in ("recorded", "recorded_base")

    @property
    def shown(self) -> Period:
        """The period the figures are of."""
        return self.period if self.side in ("current", "recorded") else self.baseline


@dataclass(frozen=True)
class ReportedFigure:
    """One reported figure; `value` None where the unit sent a report but not this figure."""

    unit_id: int
    unit: str
    half: Period
    subject: str
    value: int | None


@dataclass(frozen=True)
class FigureList:
    """The figures behind a cell. `narrowed_to` names what they were chosen by; `cases_url`
    leads to the registered cases, where they can be chosen alike."""

    selection: Selection
    rows: tuple[ReportedFigure, ...]
    narrowed_to: tuple[str, ...]
    cases_url: str = ""

    @property
    def subject(self) -> str:
        """What is counted, in the language that is active."""
        if self.selection.measure is not None:
            return measure_title(self.selection.measure)
        return self.rows[0].subject if self.rows else ""

    @property
    def total(self) -> int | None:
        return add(row.value for row in self.rows)


def list_figures(selection: Selection) -> FigureList:
    """The accepted figures that add up to a cell of the summary, in the order of the cluster's list."""
    found = sources.load(selection.period, selection.baseline)
    reading = Reading.of(found, scope=selection.scope)
    place = {unit: number for number, unit in enumerate(reading.sources.units)}
    rows = sorted(_rows(reading, selection), key=lambda row: (place[row.unit_id], row.half))
    return FigureList(selection, tuple(rows), tuple(_narrowing(reading, selection)), _cases_url(reading, selection))


def _cases_url(reading: Reading, chosen: Selection) -> str:
    """The registered cases of the same units; none where some of them are left out of the comparison."""
    if chosen.measure is None:
        return ""
    found, is_current = reading.sources, chosen.shown == chosen.period
    everybody = reading.behind(chosen.measure, "recorded" if is_current else "recorded_base")
    if not chosen.is_recorded and list(reading.behind(chosen.measure, chosen.side)) != list(everybody):
        return ""
    days = (
        (found.current_starts_on, found.current_ends_on) if is_current else (found.base_starts_on, found.base_ends_on)
    )
    unit, kind = chosen.row_unit or chosen.scope.unit or "", chosen.row_kind or chosen.scope.kind
    return cases_url(*days, unit=unit, kind=kind, group=chosen.group, category=chosen.category)


def _rows(reading: Reading, chosen: Selection) -> Iterator[ReportedFigure]:
    units = reading.sources.units
    if chosen.measure is None:
        names = {facts.code: facts.name for facts in reading.sources.indicators}
        taken = reading.taken_by_activity(chosen.indicator)
        for activity in reading.sources.indicator_figures:
            is_taken = chosen.is_recorded or not taken or reading.heads.get(activity.unit) in taken
            if activity.indicator == chosen.indicator and is_taken and _belongs(reading, chosen, activity):
                subject = names[activity.indicator]
                yield ReportedFigure(activity.unit, units[activity.unit].name, activity.half, subject, activity.value)
        return
    categories = {facts.code: facts for facts in reading.sources.categories}
    for entry, value in reading.behind(chosen.measure, chosen.side):
        category = categories[entry.category]
        asked = chosen.category in ("", category.code) and chosen.group in ("", category.group_code)
        if asked and value is not None and _belongs(reading, chosen, entry):
            yield ReportedFigure(entry.unit, units[entry.unit].name, entry.half, category.name, value)


def _belongs(reading: Reading, chosen: Selection, entry: CaseFigures | ActivityFigure) -> bool:
    return (
        entry.half in chosen.shown.halves
        and entry.unit in reading.heads
        and chosen.row_kind in ("", reading.kind_of(entry.unit))
        and chosen.row_unit in (None, reading.heads[entry.unit])
    )


def _narrowing(reading: Reading, chosen: Selection) -> Iterator[str]:
    for facts in reading.sources.categories:
        if facts.code == chosen.category:
            yield facts.name
    yield from {facts.group_name for facts in reading.sources.categories if facts.group_code == chosen.group}
    if reading.scope.label:
        yield reading.scope.label
    if chosen.row_kind in Unit.Kind.values and chosen.row_kind != chosen.scope.kind:
        yield str(Unit.Kind(chosen.row_kind).label)
    if chosen.row_unit in reading.sources.units and chosen.row_unit != reading.scope.unit:
        yield reading.sources.units[chosen.row_unit].name
