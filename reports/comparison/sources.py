"""Everything a summary is made of, fetched as plain values.

Each source is fetched on its own – a join of two would multiply their rows – and the
number of queries depends on nothing: neither on the units nor on the half-years looked at.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from cluster_portal.periods import Period
from incidents.lookups import cases_by_unit
from incidents.models import Asked, Category, Polarity
from members.models import Cluster, Unit, UnitSuccession
from reports.comparison.lineage import ReportsReceived, Succession
from reports.content import MEASURES, Values
from reports.models import Figure, Indicator, IndicatorValue, ReportingRound, Submission

PERIOD = "version__submission__round__period"
UNIT = "version__submission__unit_id"


@dataclass(frozen=True)
class UnitFacts:
    id: int
    name: str
    short_name: str
    kind: str
    joined_on: dt.date
    left_on: dt.date | None


@dataclass(frozen=True)
class CategoryFacts:
    code: str
    name: str
    polarity: str
    group_code: str
    group_name: str
    is_active: bool
    #: What it asks, from when on; everything where nothing is said.
    asked: tuple[Asked, ...] = ()


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

    @property
    def is_told(self) -> bool:
        return any(value is not None for value in self.values.values())


@dataclass(frozen=True)
class ActivityFigure:
    unit: int
    half: Period
    indicator: str
    value: int | None


@dataclass(frozen=True)
class Sources:
    """The accepted reports of two periods, with what is needed to read them."""

    current: Period
    baseline: Period
    base_starts_on: dt.date
    #: The cut-off day of the base's first half: what belonged to the cluster then is the area compared.
    base_cut_off_on: dt.date
    base_ends_on: dt.date
    current_starts_on: dt.date
    current_ends_on: dt.date
    units: dict[int, UnitFacts]
    successions: tuple[Succession, ...]
    categories: tuple[CategoryFacts, ...]
    indicators: tuple[IndicatorFacts, ...]
    received: ReportsReceived
    figures: tuple[CaseFigures, ...]
    indicator_figures: tuple[ActivityFigure, ...]
    #: Why the figures of the current period are used before all have reported; empty where nobody said so.
    closed_because: str
    #: Cases of the current period in the register, by unit.
    registered: dict[int, int]
    #: The last half-years up to the end of the current period, oldest first, each beside the year before.
    past: tuple[Sources, ...] = ()

    @property
    def halves(self) -> tuple[Period, ...]:
        return *self.current.halves, *self.baseline.halves


def load(current: Period, baseline: Period, *, past: int = 0) -> Sources:
    """Fetch the accepted reports of both periods, and how the last `past` half-years went."""
    compared = {*current.halves, *baseline.halves}
    earlier = last_halves(until=current, length=past)
    halves = tuple({*compared, *with_the_year_before(earlier)})
    days, members = Days.of(halves), tuple(Unit.objects.in_order())
    found = Sources(
        current=current,
        baseline=baseline,
        base_starts_on=days.first_of(baseline),
        base_cut_off_on=days.last_of(baseline.halves[0]),
        base_ends_on=days.last_of(baseline),
        current_starts_on=days.first_of(current),
        current_ends_on=days.last_of(current),
        units=unit_facts(members),
        successions=successions(),
        categories=categories(),
        indicators=_indicators(),
        received=reports_received(halves, days, members),
        figures=figures(halves),
        indicator_figures=_indicator_figures(tuple(compared)),
        closed_because=days.reasons_of(current),
        registered=cases_by_unit(days.first_of(current), days.last_of(current)),
    )
    return with_past(found, days, earlier)


def with_past(found: Sources, days: Days, earlier: Iterable[Period]) -> Sources:
    """The sources of their two periods, with those of the earlier half-years that were fetched with them."""
    past = tuple(of_two(found, days, half, half.same_period_last_year) for half in earlier)
    return replace(of_two(found, days, found.current, found.baseline), past=past)


def with_the_year_before(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The half-years of the periods, and of the years before, beside which they are read; oldest first.

    What a unit left blank shows beside its usual base, so that a half-year reads the same
    in every table.
    """
    return tuple(sorted({half for one in periods for two in (one, one.same_period_last_year) for half in two.halves}))


def over_a_span(halves: tuple[Period, ...], days: Days, members: tuple[Unit, ...]) -> Sources:
    """The accepted reports of many half-years, to be read two periods at a time."""
    return Sources(
        current=halves[-1],
        baseline=halves[0],
        base_starts_on=days.first_of(halves[0]),
        base_cut_off_on=days.last_of(halves[0].halves[0]),
        base_ends_on=days.last_of(halves[0]),
        current_starts_on=days.first_of(halves[-1]),
        current_ends_on=days.last_of(halves[-1]),
        units=unit_facts(members),
        successions=successions(),
        categories=categories(),
        indicators=(),
        received=reports_received(halves, days, members),
        figures=figures(halves),
        indicator_figures=(),
        registered={},
        closed_because="",
    )


def of_two(found: Sources, days: Days, current: Period, baseline: Period) -> Sources:
    """Two periods of a span."""
    halves = {*current.halves, *baseline.halves}
    return replace(
        found,
        current=current,
        baseline=baseline,
        base_starts_on=days.first_of(baseline),
        base_cut_off_on=days.last_of(baseline.halves[0]),
        base_ends_on=days.last_of(baseline),
        current_starts_on=days.first_of(current),
        current_ends_on=days.last_of(current),
        figures=tuple(entry for entry in found.figures if entry.half in halves),
    )


@dataclass(frozen=True)
class Days:
    """The first and last days of half-years: those of their rounds, and where none is open the rule's."""

    rounds: Mapping[Period, ReportingRound]
    rule: str

    @classmethod
    def of(cls, halves: Iterable[Period]) -> Days:
        rounds = ReportingRound.objects.filter(period__in=list(halves)).with_whether_asked()
        return cls({opened.period: opened for opened in rounds}, Cluster.get().cut_off_rule)

    def first_of(self, period: Period) -> dt.date:
        half = period.halves[0]
        return self.rounds[half].starts_on if half in self.rounds else half.first_day(self.rule)

    def last_of(self, period: Period) -> dt.date:
        half = period.halves[-1]
        return self.rounds[half].ends_on if half in self.rounds else half.last_day(self.rule)

    def reasons_of(self, period: Period) -> str:
        """Why its rounds were closed before all had reported, each reason once."""
        rounds = [self.rounds[half] for half in period.halves if half in self.rounds]
        return "; ".join(dict.fromkeys(opened.close_reason for opened in rounds if opened.close_reason))


def shown_groups(facts: Iterable[CategoryFacts], used: Container[object]) -> dict[str, list[CategoryFacts]]:
    """The categories that are in use, or were, by their group's code, in the order of the catalogue."""
    groups: dict[str, list[CategoryFacts]] = defaultdict(list)
    for category in facts:
        if category.is_active or category.code in used:
            groups[category.group_code].append(category)
    return groups


def polarity_of_group(members: Iterable[CategoryFacts]) -> str:
    """What a rise of the group's cases means: neither good nor bad where its categories differ."""
    polarities = {category.polarity for category in members}
    return polarities.pop() if len(polarities) == 1 else str(Polarity.NEUTRAL)


def last_halves(*, until: Period, length: int) -> tuple[Period, ...]:
    """The last `length` half-years up to the end of `until`, oldest first."""
    halves: list[Period] = []
    while len(halves) < length:
        halves.insert(0, halves[0].previous if halves else until.halves[-1])
    return tuple(halves)


def unit_facts(members: Iterable[Unit]) -> dict[int, UnitFacts]:
    return {
        unit.pk: UnitFacts(unit.pk, unit.name, unit.short_name, unit.kind, unit.joined_on, unit.left_on)
        for unit in members
    }


def successions() -> tuple[Succession, ...]:
    rows = UnitSuccession.objects.values_list("predecessor_id", "successor_id", "on", "is_partial")
    return tuple(Succession(*row) for row in rows)


def categories() -> tuple[CategoryFacts, ...]:
    return tuple(
        CategoryFacts(
            code=row.code,
            name=row.name,
            polarity=row.polarity,
            group_code=row.group.code,
            group_name=row.group.name,
            is_active=row.is_active,
            asked=row.asked_rows,
        )
        for row in Category.objects.in_order().with_asked()
    )


def _indicators() -> tuple[IndicatorFacts, ...]:
    rows = Indicator.objects.values_list("code", "name", "noun", "polarity", "is_active")
    return tuple(IndicatorFacts(*row) for row in rows)


def reports_received(halves: Iterable[Period], days: Days, members: Iterable[Unit]) -> ReportsReceived:
    """Who was to report and whose report counts, of all half-years at once.

    Members on the last day are expected whether or not a round was opened: that nobody
    asked says nothing about who belongs to the cluster. So is who sent a report, but not
    who left with one that was only begun.
    """
    halves = list(halves)
    known: dict[Period, set[int]] = defaultdict(set)
    accepted: dict[Period, set[int]] = defaultdict(set)
    sent = Submission.objects.sent().filter(round__period__in=halves)
    for half, unit, status in sent.values_list("round__period", "unit_id", "status"):
        known[half].add(unit)
        if status == Submission.Status.ACCEPTED:
            accepted[half].add(unit)
    for half in halves:
        known[half] |= {unit.pk for unit in members if unit.is_member_on(days.last_of(half))}
    return ReportsReceived(
        expected={half: frozenset(known[half]) for half in halves},
        accepted={half: frozenset(accepted[half]) for half in halves},
        opened=frozenset(days.rounds.keys() & set(halves)),
        imported=frozenset(half for half in halves if half in days.rounds and not days.rounds[half].is_asked),
    )


def figures(halves: tuple[Period, ...]) -> tuple[CaseFigures, ...]:
    rows = (
        Figure.objects.accepted()
        .in_periods(halves)
        .order_by("pk")
        .values(UNIT, PERIOD, "category__code", *(measure.value for measure in MEASURES))
    )
    return tuple(
        CaseFigures(
            unit=row[UNIT],
            half=row[PERIOD],
            category=row["category__code"],
            values={measure: row[measure.value] for measure in MEASURES},
        )
        for row in rows
    )


def _indicator_figures(halves: tuple[Period, ...]) -> tuple[ActivityFigure, ...]:
    rows = IndicatorValue.objects.accepted().in_periods(halves).order_by("pk")
    return tuple(ActivityFigure(*row) for row in rows.values_list(UNIT, PERIOD, "indicator__code", "value"))


def reported_periods() -> tuple[Period, ...]:
    """The half-years with accepted reports, newest first, and before its halves each year that has both."""
    halves = set(Submission.objects.accepted().order_by().values_list("round__period", flat=True).distinct())
    years = {Period(half.year) for half in halves if halves.issuperset(Period(half.year).halves)}
    return tuple(sorted(halves | years, key=lambda period: (-period.year, bool(period.half), -period.half)))
