"""Everything a summary is made of, fetched as plain values.

Each source is fetched on its own – a join of two would multiply their rows – and the
number of queries depends on nothing but the number of half-years compared.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Sum

from cluster_portal.periods import Period
from incidents.models import Category
from members.models import Cluster, Unit, UnitSuccession
from reports.contents import MEASURES, Measure, Values
from reports.lineage import Attendance, Succession
from reports.models import Figure, Indicator, IndicatorValue, ReportingRound, Submission
from reports.register import cases_by_unit

PERIOD = "version__submission__round__period"
UNIT = "version__submission__unit_id"


@dataclass(frozen=True)
class UnitFacts:
    id: int
    name: str
    short_name: str
    kind: str


@dataclass(frozen=True)
class CategoryFacts:
    code: str
    name: str
    polarity: str
    group_code: str
    group_name: str
    is_active: bool


@dataclass(frozen=True)
class IndicatorFacts:
    code: str
    name: str
    noun: str
    polarity: str
    is_active: bool


@dataclass(frozen=True)
class CaseFigures:
    """A unit's accepted figures for one category in one half-year."""

    unit: int
    half: Period
    category: str
    values: Values


@dataclass(frozen=True)
class IndicatorFigure:
    unit: int
    half: Period
    indicator: str
    value: int | None


@dataclass(frozen=True)
class HalfYear:
    """The cases of all accepted reports of a half-year, and how many reports there are."""

    period: Period
    cases: int | None
    units: int


@dataclass(frozen=True)
class Sources:
    """The accepted reports of two periods, with what is needed to read them."""

    current: Period
    baseline: Period
    base_starts_on: dt.date
    base_ends_on: dt.date
    current_starts_on: dt.date
    current_ends_on: dt.date
    units: dict[int, UnitFacts]
    successions: tuple[Succession, ...]
    categories: tuple[CategoryFacts, ...]
    indicators: tuple[IndicatorFacts, ...]
    attendance: Attendance
    figures: tuple[CaseFigures, ...]
    indicator_figures: tuple[IndicatorFigure, ...]
    #: Cases of the current period in the register, by unit.
    registered: dict[int, int]


def load(current: Period, baseline: Period) -> Sources:
    """Fetch the accepted reports of both periods."""
    halves = tuple({*current.halves, *baseline.halves})
    rounds = {opened.period: opened for opened in ReportingRound.objects.filter(period__in=halves)}
    rule = Cluster.get().cut_off_rule
    first, last = baseline.halves[0], baseline.halves[-1]
    opening, now = current.halves[0], current.halves[-1]
    current_starts_on = rounds[opening].starts_on if opening in rounds else opening.first_day(rule)
    current_ends_on = rounds[now].ends_on if now in rounds else now.last_day(rule)
    return Sources(
        current=current,
        baseline=baseline,
        base_starts_on=rounds[first].starts_on if first in rounds else first.first_day(rule),
        base_ends_on=rounds[last].ends_on if last in rounds else last.last_day(rule),
        current_starts_on=current_starts_on,
        current_ends_on=current_ends_on,
        units={
            row[0]: UnitFacts(*row) for row in Unit.objects.in_order().values_list("pk", "name", "short_name", "kind")
        },
        successions=_successions(),
        categories=_categories(),
        indicators=_indicators(),
        attendance=_attendance(halves, rounds),
        figures=_figures(halves),
        indicator_figures=_indicator_figures(halves),
        registered=cases_by_unit(current_starts_on, current_ends_on),
    )


def _successions() -> tuple[Succession, ...]:
    rows = UnitSuccession.objects.values_list("predecessor_id", "successor_id", "on", "is_partial")
    return tuple(Succession(*row) for row in rows)


def _categories() -> tuple[CategoryFacts, ...]:
    rows = Category.objects.in_order().values_list(
        "code", "name", "polarity", "group__code", "group__name", "is_active"
    )
    return tuple(CategoryFacts(*row) for row in rows)


def _indicators() -> tuple[IndicatorFacts, ...]:
    rows = Indicator.objects.values_list("code", "name", "noun", "polarity", "is_active")
    return tuple(IndicatorFacts(*row) for row in rows)


def _attendance(halves: tuple[Period, ...], rounds: dict[Period, ReportingRound]) -> Attendance:
    expected = {
        half: frozenset(rounds[half].expected_units().values_list("pk", flat=True)) if half in rounds else frozenset()
        for half in halves
    }
    accepted: dict[Period, set[int]] = defaultdict(set)
    rows = Submission.objects.accepted().filter(round__period__in=halves).values_list("round__period", "unit_id")
    for half, unit in rows:
        accepted[half].add(unit)
    return Attendance(expected, {half: frozenset(accepted[half]) for half in halves})


def _figures(halves: tuple[Period, ...]) -> tuple[CaseFigures, ...]:
    rows = (
        Figure.objects.accepted()
        .in_periods(halves)
        .order_by("pk")
        .values_list(UNIT, PERIOD, "category__code", *(measure.value for measure in MEASURES))
    )
    return tuple(
        CaseFigures(unit, half, category, dict(zip(MEASURES, values, strict=True)))
        for unit, half, category, *values in rows
    )


def _indicator_figures(halves: tuple[Period, ...]) -> tuple[IndicatorFigure, ...]:
    rows = IndicatorValue.objects.accepted().in_periods(halves).order_by("pk")
    return tuple(IndicatorFigure(*row) for row in rows.values_list(UNIT, PERIOD, "indicator__code", "value"))


def history(*, until: Period, length: int) -> tuple[HalfYear, ...]:
    """The last `length` half-years up to the end of `until`, oldest first."""
    halves = [until.halves[-1]]
    while len(halves) < length:
        halves.insert(0, halves[0].previous)
    cases = dict(
        Figure.objects.accepted()
        .in_periods(tuple(halves))
        .order_by()
        .values_list(PERIOD)
        .annotate(Sum(Measure.CASES.value))
    )
    reports = dict(
        Submission.objects.accepted()
        .filter(round__period__in=halves)
        .order_by()
        .values_list("round__period")
        .annotate(Count("pk"))
    )
    return tuple(HalfYear(half, cases.get(half), reports.get(half, 0)) for half in halves)


def reported_periods() -> tuple[Period, ...]:
    """The half-years with accepted reports, newest first, and before its halves each year that has both."""
    halves = set(Submission.objects.accepted().order_by().values_list("round__period", flat=True).distinct())
    years = {Period(half.year) for half in halves if halves.issuperset(Period(half.year).halves)}
    return tuple(sorted(halves | years, key=lambda period: (-period.year, bool(period.half), -period.half)))
