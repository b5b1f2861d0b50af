"""How the figures of the cluster went over the last half-years, or over full years.

`trend()` gives one finished object of plain values for one measure; page and workbook
only lay it out. `None` means "not reported", and is a gap, never a nought.

Units that merged within the span count as one throughout, so that a merger alone
changes neither how many units there are nor which of them a scope takes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Set
from dataclasses import dataclass

from cluster_portal.periods import Period
from incidents.models import Polarity
from members.models import Unit
from reports.comparison import sources
from reports.comparison.lineage import Lineages, ReportsReceived, families, trace
from reports.comparison.pair import Comparison, add
from reports.comparison.scope import WHOLE_CLUSTER, Scope
from reports.comparison.sources import CaseFigures, CategoryFacts, Days, UnitFacts
from reports.comparison.values import polarity_of
from reports.content import Measure

#: How many half-years can be looked at.
LENGTHS = (4, 6, 8, 10)
USUAL_LENGTH = 6


@dataclass(frozen=True)
class Step:
    """A period of the trend: how many units were to report, and which have reported all of it."""

    period: Period
    expected: int
    complete: Set[int]

    @property
    def reported(self) -> int:
        return len(self.complete)


@dataclass(frozen=True)
class TrendRow:
    """One line: a value for each step, the change over the whole span, and that within the last year."""

    name: str
    polarity: str
    values: tuple[int | None, ...]
    over_the_span: Comparison
    over_a_year: Comparison


@dataclass(frozen=True)
class TrendGroup:
    code: str
    row: TrendRow
    categories: tuple[tuple[str, TrendRow], ...]


@dataclass(frozen=True)
class Trend:
    """`rows_can_be_listed`: whether the rows behind a value can be asked for period by period.

    Where units merged in between and only some are looked at, a period by itself does
    not know who came to belong together later.
    """

    scope: Scope
    measure: Measure
    by_year: bool
    length: int
    until: Period
    steps: tuple[Step, ...]
    total: TrendRow
    groups: tuple[TrendGroup, ...]
    rows_can_be_listed: bool

    @property
    def choices(self) -> dict[str, str]:
        """What is chosen in the address of this trend; what goes without saying is left out."""
        chosen = {"until": str(self.until)}
        if self.length != USUAL_LENGTH:
            chosen["length"] = str(self.length)
        if self.by_year:
            chosen["by"] = "year"
        if self.measure is not Measure.CASES:
            chosen["measure"] = self.measure.value
        return chosen | self.scope.choices

    @property
    def has_figures(self) -> bool:
        return any(value is not None for value in self.total.values)

    @property
    def parts(self) -> tuple[Step, ...]:
        """The steps with figures, but of no unit all of them."""
        found = zip(self.steps, self.total.values, strict=True)
        return tuple(step for step, value in found if value is not None and not step.reported)

    @property
    def is_like_for_like(self) -> bool:
        """Whether the same units stand behind every value, not merely as many."""
        return len({frozenset(step.complete) for step in self.steps}) <= 1


def trend(
    *,
    until: Period,
    length: int = USUAL_LENGTH,
    by_year: bool = False,
    measure: Measure = Measure.CASES,
    scope: Scope = WHOLE_CLUSTER,
) -> Trend:
    """The accepted figures of the last `length` half-years up to `until`, itself a half-year.

    `by_year` adds them up to the full years among them. The number of queries depends
    neither on units nor on periods. Raises `UnknownScope`.
    """
    course = Course.load(_periods(until, length, by_year=by_year), scope)
    line = Lines(course, measure)
    return Trend(
        scope=course.scope,
        measure=measure,
        by_year=by_year,
        length=length,
        until=until,
        steps=tuple(course.step(period) for period in course.periods),
        total=line.row("total", str(Polarity.FEWER_IS_BETTER), line.by(lambda entry: "total"), "total"),
        groups=tuple(line.groups()),
        rows_can_be_listed=course.scope.is_whole or not course.lineages.heads,
    )


def _periods(until: Period, length: int, *, by_year: bool) -> tuple[Period, ...]:
    """The half-years, oldest first; or as many full years as they make, none of them begun only."""
    if not by_year:
        return sources.last_halves(until=until, length=length)
    last = until.year if until.half == 2 else until.year - 1
    return tuple(Period(year) for year in range(last - length // 2 + 1, last + 1))


@dataclass(frozen=True)
class Course:
    """The sources of a trend, with each unit's lineage over the whole span settled."""

    periods: tuple[Period, ...]
    scope: Scope
    units: dict[int, UnitFacts]
    lineages: Lineages
    received: ReportsReceived
    figures: tuple[CaseFigures, ...]
    categories: tuple[CategoryFacts, ...]

    @classmethod
    def load(cls, periods: tuple[Period, ...], scope: Scope) -> Course:
        halves = tuple(half for period in periods for half in period.halves)
        days, members = Days.of(halves), tuple(Unit.objects.in_order())
        units = sources.unit_facts(members)
        lineages = trace(sources.successions(), after=days.first_of(periods[0]), until=days.last_of(periods[-1]))
        return cls(
            periods=periods,
            scope=scope.settled(units, lineages),
            units=units,
            lineages=lineages,
            received=sources.reports_received(halves, days, members),
            figures=sources.figures(halves),
            categories=sources.categories(),
        )

    def takes(self, unit: int) -> bool:
        return self.scope.takes(self.units[self.lineages.head_of(unit)])

    def families_in(self, period: Period) -> dict[int, set[int]]:
        """The units that were to report in the period, by the one that stands for those that merged since."""
        return families((unit for unit in self.received.units_in(period) if self.takes(unit)), self.lineages)

    def step(self, period: Period) -> Step:
        known = self.families_in(period)
        complete = {head for head, family in known.items() if self.received.is_complete(family, period)}
        return Step(period, len(known), complete)

    def can_compare(self, one: Period, other: Period) -> bool:
        """Whether a change says anything.

        Not where nobody has all figures of one of them, such as of a year of which only a
        half was reported; nor of a single unit that was divided meanwhile.
        """
        complete = all(self.step(period).reported for period in (one, other))
        return complete and (self.scope.unit is None or self.scope.unit not in self.lineages.split)


@dataclass(frozen=True)
class Lines:
    """The lines of a trend, for one measure."""

    course: Course
    measure: Measure

    def by(self, key: Callable[[CaseFigures], Hashable]) -> dict[Hashable, tuple[int | None, ...]]:
        """The values of each step, added up by `key`."""
        place = {half: number for number, period in enumerate(self.course.periods) for half in period.halves}
        columns: dict[Hashable, list[list[int | None]]] = {}
        for entry in self.course.figures:
            if self.course.takes(entry.unit):
                steps = columns.setdefault(key(entry), [[] for _period in self.course.periods])
                steps[place[entry.half]].append(entry.values[self.measure])
        return {row: tuple(add(values) for values in steps) for row, steps in columns.items()}

    def row(self, name: str, cases: str, found: dict[Hashable, tuple[int | None, ...]], key: Hashable) -> TrendRow:
        """The line of `key`; `cases` is what a rise of its cases means."""
        periods = self.course.periods
        values = found.get(key, (None,) * len(periods))
        return TrendRow(
            name=name,
            polarity=polarity_of(self.measure, cases),
            values=values,
            over_the_span=self._change(values, periods[0]),
            over_a_year=self._change(values, periods[-1].same_period_last_year),
        )

    def _change(self, values: tuple[int | None, ...], base: Period) -> Comparison:
        """From the step `base` to the last; the shortest trend reaches back a year."""
        periods = self.course.periods
        can_compare = self.course.can_compare(periods[-1], base)
        return Comparison(values[-1], values[periods.index(base)], is_comparable=can_compare)

    def groups(self) -> Iterator[TrendGroup]:
        group_of = {facts.code: facts.group_code for facts in self.course.categories}
        by_group = self.by(lambda entry: group_of[entry.category])
        by_category = self.by(lambda entry: entry.category)
        for code, members in sources.shown_groups(self.course.categories, by_category).items():
            yield TrendGroup(
                code=code,
                row=self.row(members[0].group_name, sources.polarity_of_group(members), by_group, code),
                categories=tuple(
                    (facts.code, self.row(facts.name, facts.polarity, by_category, facts.code)) for facts in members
                ),
            )
