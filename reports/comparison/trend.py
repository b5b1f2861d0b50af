"""How the figures of the cluster went over the last half-years, or over full years.

`trend()` gives one finished object of plain values for one measure; page and workbook
only lay it out. `None` means "not reported", and is a gap, never a nought.

Units that merged within the span count as one throughout, so that a merger alone
changes neither how many units there are nor which of them a scope takes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from cluster_portal.periods import Period
from cluster_portal.remembered import remembered
from incidents.models import Polarity
from members.models import Unit
from reports.comparison import sources
from reports.comparison.lineage import Lineages, Rolls, Succession, trace
from reports.comparison.pair import Compared
from reports.comparison.period_states import NOTHING_COLLECTED, PeriodStates
from reports.comparison.reading import Reading
from reports.comparison.scope import WHOLE_CLUSTER, Scope
from reports.comparison.sources import Days, Sources, UnitFacts
from reports.comparison.values import polarity_of
from reports.content import Measure

#: How many half-years can be looked at.
LENGTHS = (4, 6, 8, 10)
USUAL_LENGTH = 6
#: So many trends a process remembers.
REMEMBERED = 12


@dataclass(frozen=True)
class Step:
    """A period of the trend: how many units were to report, and which have told all of the measure.

    `unasked` are halves of a year in which some of what was told of the other was asked of nobody.
    """

    period: Period
    expected: int
    complete: Set[int]
    unasked: tuple[Period, ...] = ()

    @property
    def reported(self) -> int:
        return len(self.complete)


@dataclass(frozen=True)
class TrendRow:
    """One line: what was recorded in each step, the change over the whole span, and that within the last year.

    A change is of the units that told the measure in full in both of its periods.
    """

    name: str
    polarity: str
    values: tuple[int | None, ...]
    over_the_span: Compared
    over_a_year: Compared
    #: Where a value is a sum that some unit owes a part of: below the count of units, and standing alone.
    at_least: tuple[bool, ...] = ()
    incomplete: tuple[bool, ...] = ()
    #: Where there are none yet, of those who told any.
    noughts: tuple[bool, ...] = ()

    @property
    def so_far(self) -> tuple[int | None, ...]:
        """What a table or a chart shows."""
        found = zip(self.values, self.noughts, strict=True)
        return tuple(0 if is_nought else value for value, is_nought in found)


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
    #: Whether the last period is still being collected: it shows how far it is, and no rise or fall.
    is_collecting: bool = False

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
    states: PeriodStates = NOTHING_COLLECTED,
) -> Trend:
    """The accepted figures of the last `length` half-years up to `until`, itself a half-year.

    `by_year` adds them up to the full years among them. The number of queries depends
    neither on units nor on periods. `states` know whether the last period is still being
    collected. Raises `UnknownScope`.
    """
    periods = _periods(until, length, by_year=by_year)
    is_collecting = states.is_collecting(periods[-1])
    return _compose(
        Span.load(periods), until=until, length=length, by_year=by_year, measure=measure, scope=scope,
        is_collecting=is_collecting,
    )  # fmt: skip


@remembered(REMEMBERED)
def _compose(
    found: Span, *, until: Period, length: int, by_year: bool, measure: Measure, scope: Scope, is_collecting: bool
) -> Trend:
    """The trend of what was fetched: for the same figures it is put together once."""
    course = Course.read(found, scope, is_collecting=is_collecting)
    line = Lines(course, measure)
    return Trend(
        scope=course.scope,
        measure=measure,
        by_year=by_year,
        length=length,
        until=until,
        steps=line.steps,
        total=line.row("total", str(Polarity.FEWER_IS_BETTER)),
        groups=tuple(line.groups()),
        rows_can_be_listed=course.scope.is_whole or not course.lineages.heads,
        is_collecting=is_collecting,
    )


def _periods(until: Period, length: int, *, by_year: bool) -> tuple[Period, ...]:
    """The half-years, oldest first; or as many full years as they make, none of them begun only."""
    if not by_year:
        return sources.last_halves(until=until, length=length)
    last = until.year if until.half == 2 else until.year - 1
    return tuple(Period(year) for year in range(last - length // 2 + 1, last + 1))


def _since_there_is_a_cluster(periods: tuple[Period, ...], expected: Rolls) -> tuple[Period, ...]:
    """The periods without those at the beginning in which no unit was a member: nothing can be told of them."""
    without = takewhile(lambda period: not any(expected[half] for half in period.halves), periods[:-1])
    return periods[len(list(without)) :]


@dataclass(frozen=True)
class Span:
    """The accepted figures of every period beside the year before, and of the last one beside each base."""

    periods: tuple[Period, ...]
    first_day: dt.date
    last_day: dt.date
    units: Mapping[int, UnitFacts]
    successions: tuple[Succession, ...]
    by_period: Mapping[Period, Sources]
    #: The last period against the first, and against the same a year before.
    against: Mapping[Period, Sources]

    @classmethod
    def load(cls, periods: tuple[Period, ...]) -> Span:
        halves = sources.with_the_year_before(periods)
        days, members = Days.of(halves), tuple(Unit.objects.in_order())
        found, last = sources.over_a_span(halves, days, members), periods[-1]
        periods = _since_there_is_a_cluster(periods, found.received.expected)
        bases = (periods[0], last.same_period_last_year)
        return cls(
            periods=periods,
            first_day=days.first_of(periods[0]),
            last_day=days.last_of(last),
            units=found.units,
            successions=found.successions,
            by_period={one: sources.of_two(found, days, one, one.same_period_last_year) for one in periods},
            against={base: sources.of_two(found, days, last, base) for base in bases},
        )


@dataclass(frozen=True)
class Course:
    """Every period read for itself, merged units as one over the whole span; and the last beside each base."""

    periods: tuple[Period, ...]
    scope: Scope
    lineages: Lineages
    by_period: Mapping[Period, Reading]
    against: Mapping[Period, Reading]

    @classmethod
    def read(cls, span: Span, scope: Scope, *, is_collecting: bool = False) -> Course:
        lineages = trace(span.successions, after=span.first_day, until=span.last_day)
        scope = scope.settled(span.units, lineages)
        return cls(
            periods=span.periods,
            scope=scope,
            lineages=lineages,
            by_period={
                period: Reading.of(found, scope=scope, lineages=lineages) for period, found in span.by_period.items()
            },
            # What was divided before a base doesn't keep anybody from being compared with it.
            against={
                base: Reading.of(found, scope=scope, is_collecting=is_collecting)
                for base, found in span.against.items()
            },
        )

    def is_lacking(self, period: Period) -> bool:
        """Whether nobody reported a half of it: half a year is no year."""
        return bool(self.by_period[period].lacking(period))


@dataclass(frozen=True)
class Lines:
    """The lines of a trend, for one measure."""

    course: Course
    measure: Measure

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The periods, with who told all of the measure."""
        return tuple(self._step(period) for period in self.course.periods)

    def _step(self, period: Period) -> Step:
        found = self.course.by_period[period]
        total = found.figure(self.measure, found.compared.keys())
        expected = {who.unit for who in found.compared.values() if who.is_expected}
        complete = expected - set(total.missing) if total.is_told else set()
        return Step(period, len(expected), complete, () if found.lacking(period) else total.unasked)

    def row(self, name: str, cases: str, categories: Set[str] | None = None) -> TrendRow:
        """The line of some categories, of all unless told; `cases` is what a rise of their cases means."""
        course, measure = self.course, self.measure
        told = [course.by_period[period].figures(categories=categories)[measure] for period in course.periods]
        silent = [step.expected - step.reported for step in self.steps]
        shown = [None if course.is_lacking(p) else pair.recorded for p, pair in zip(course.periods, told, strict=True)]
        last = course.periods[-1]
        return TrendRow(
            name=name,
            polarity=polarity_of(measure, cases),
            values=tuple(shown),
            # Where as many owe a part as of the total, the count of units above says of whom the sum is.
            at_least=tuple(
                not pair.complete and (pair.has_parts or pair.is_nought_so_far or len(pair.missing) != owing)
                for pair, owing in zip(told, silent, strict=True)
            ),
            incomplete=tuple(not pair.complete for pair in told),
            noughts=tuple(
                pair.is_nought_so_far and not course.is_lacking(p) for p, pair in zip(course.periods, told, strict=True)
            ),
            over_the_span=course.against[course.periods[0]].figures(categories=categories)[measure],
            over_a_year=course.against[last.same_period_last_year].figures(categories=categories)[measure],
        )

    def groups(self) -> Iterator[TrendGroup]:
        facts = next(iter(self.course.by_period.values())).sources.categories
        used = {
            category
            for found in self.course.by_period.values()
            for (_unit, category), cell in found.cells.items()
            if any(now is not None for now, _then in cell.values())
        }
        for code, members in sources.shown_groups(facts, used).items():
            yield TrendGroup(
                code=code,
                row=self.row(
                    members[0].group_name,
                    sources.polarity_of_group(members),
                    frozenset(facts.code for facts in members),
                ),
                categories=tuple(
                    (facts.code, self.row(facts.name, facts.polarity, frozenset({facts.code}))) for facts in members
                ),
            )
