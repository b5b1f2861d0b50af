"""What a summary consists of: frozen values, ready to be laid out.

No model, no QuerySet and no HTML: an issued document keeps exactly this.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cluster_portal import formatting
from cluster_portal.periods import Period
from incidents.models import Polarity
from reports.comparison.lineage import Comparability
from reports.comparison.pair import Compared, Tone, share
from reports.comparison.scope import WHOLE_CLUSTER, Scope, comparison_choices
from reports.content import MEASURES, Measure


@dataclass(frozen=True)
class Figures:
    """All measures of a row, each compared; made and read by name."""

    pairs: Mapping[Measure, Compared]

    def __post_init__(self) -> None:
        if set(self.pairs) != set(MEASURES):
            raise ValueError(f"a row has all measures, not {sorted(measure.value for measure in self.pairs)}")

    @classmethod
    def by(cls, pair_of: Callable[[Measure], Compared]) -> Figures:
        return cls({measure: pair_of(measure) for measure in MEASURES})

    @property
    def cases(self) -> Compared:
        return self.pairs[Measure.CASES]

    def __getitem__(self, measure: Measure) -> Compared:
        return self.pairs[measure]

    def __iter__(self) -> Iterator[tuple[Measure, Compared]]:
        return ((measure, self[measure]) for measure in MEASURES)

    @property
    def are_empty(self) -> bool:
        return all(pair.is_empty for _measure, pair in self)


def polarity_of(measure: Measure, cases: str) -> str:
    """Whether a rise of the measure is good, where a rise of the cases is what `cases` says.

    Harm is always bad and solving always good; how many persons were handled says
    nothing by itself.
    """
    return measure.facts.polarity or cases


@dataclass(frozen=True)
class Clearance:
    """How many of which cases were cleared: those of investigated categories for which it is reported."""

    solved: int
    cases: int

    @property
    def percent(self) -> Decimal | None:
        return share(self.solved, self.cases)


@dataclass(frozen=True, kw_only=True)
class ComparedRow:
    """A line of the report; `polarity` is that of its cases. `clearance` is None where nothing of it is reported."""

    name: str
    figures: Figures
    polarity: str = str(Polarity.FEWER_IS_BETTER)
    clearance: Clearance | None = None

    def tone(self, measure: Measure) -> Tone:
        return self.figures[measure].tone(polarity_of(measure, self.polarity))


@dataclass(frozen=True, kw_only=True)
class CategoryRow(ComparedRow):
    """`share` is the percentage of the group's recorded cases."""

    code: str
    group: str
    share: Decimal | None


@dataclass(frozen=True, kw_only=True)
class GroupRow(ComparedRow):
    """`share` is the percentage of all recorded cases."""

    code: str
    share: Decimal | None
    categories: tuple[CategoryRow, ...]


@dataclass(frozen=True, kw_only=True)
class KindRow(ComparedRow):
    """The units of one kind; `name` is the kind's code, whose label is a matter of language."""

    expected: int
    reported: int


@dataclass(frozen=True, kw_only=True)
class UnitRow(ComparedRow):
    """A unit together with those it wholly took over.

    Without figures of both periods there is no change; `is_counted`: its reports are
    among those compared, which may leave every case blank. `lacks_base`: it, or one it took over, owes a report of
    the base, whatever else keeps it from being compared. `left_within`: it left, or was taken
    over, on a day of the period after the first.
    """

    id: int
    short_name: str
    kind: str
    took_over: tuple[str, ...]
    state: Comparability
    is_counted: bool
    lacks_base: bool = False
    left_within: bool = False


@dataclass(frozen=True)
class IndicatorRow:
    code: str
    name: str
    noun: str
    polarity: str
    figure: Compared

    @property
    def tone(self) -> Tone:
        return self.figure.tone(self.polarity)

    def amount(self, value: int) -> str:
        """The value with the indicator's noun, as written in prose: ``07 buổi``."""
        return f"{formatting.count(value)} {self.noun}"


@dataclass(frozen=True)
class Coverage:
    """How many units the figures come from: expected now, reported now, then, and both; and expected then."""

    expected: int
    current: int
    baseline: int
    both: int
    expected_base: int = 0


@dataclass(frozen=True)
class LeftOut:
    """What is not compared in a measure: units with all reports, by id, that left it blank somewhere,
    and categories, by code, that have figures in one of the periods only."""

    measure: Measure
    units: tuple[int, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True)
class HalfYear:
    """The cases of a half-year, how many units told all of theirs, and of how many.

    `owing` names those that did not; `is_a_part`: some of the cases are of one of them;
    `is_nought`: there are none yet, of those who told any.
    """

    period: Period
    cases: int | None
    units: int
    expected: int = 0
    owing: tuple[str, ...] = ()
    is_a_part: bool = False
    is_nought: bool = False

    @property
    def so_far(self) -> int | None:
        """What a table or a chart shows of it."""
        return 0 if self.is_nought else self.cases

    @property
    def is_at_least(self) -> bool:
        """Whether it says so where how many units told theirs stands beside it."""
        return self.is_a_part or self.is_nought

    @property
    def complete(self) -> bool:
        return not self.owing and self.cases is not None


@dataclass(frozen=True)
class Registered:
    """The cases the register holds of the period, from its first to its last day."""

    cases: int
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True)
class Summary:
    """A period beside another.

    `unopened` are halves of the period for which no report was asked, `lacking` and
    `lacking_base` halves of period and baseline without any accepted report.
    """

    period: Period
    baseline: Period
    coverage: Coverage
    total: ComparedRow
    groups: tuple[GroupRow, ...]
    kinds: tuple[KindRow, ...]
    units: tuple[UnitRow, ...]
    indicators: tuple[IndicatorRow, ...]
    history: tuple[HalfYear, ...]
    registered: Registered
    scope: Scope = WHOLE_CLUSTER
    left_out: tuple[LeftOut, ...] = ()
    unopened: tuple[Period, ...] = ()
    lacking: tuple[Period, ...] = ()
    lacking_base: tuple[Period, ...] = ()
    #: Why the figures are used although not all have reported; empty where all have.
    incomplete_because: str = ""
    #: Whether the period is still being collected: there is progress to tell, and no rise or fall.
    is_collecting: bool = False

    @property
    def categories(self) -> tuple[CategoryRow, ...]:
        return tuple(category for group in self.groups for category in group.categories)

    @property
    def has_figures(self) -> bool:
        """Whether anything can be told of the period; of a year only if both halves have reports."""
        reported = self.coverage.current > 0 or self.total.figures.cases.recorded is not None
        return reported and not self.lacking

    @property
    def course(self) -> tuple[HalfYear, ...]:
        """The last half-years since the first of them with figures; nothing where one alone has any."""
        told = [place for place, point in enumerate(self.history) if point.units or point.cases is not None]
        return self.history[told[0] :] if len(told) > 1 else ()

    @property
    def has_base(self) -> bool:
        """Whether there is anything to compare with, and anything to compare yet."""
        return not self.lacking_base and not self.is_collecting

    @property
    def is_whole(self) -> bool:
        """Whether all that was recorded is compared, in every line."""
        told = (row.figure for row in self.indicators if row.figure.asked and not row.figure.is_empty)
        return self.is_whole_in_cases and all(pair.is_whole for pair in told)

    @property
    def is_whole_in_cases(self) -> bool:
        """The same of what is counted of categories, activities left aside."""
        rows = (self.total, *self.groups, *self.categories, *self.kinds, *self.units)
        pairs = (pair for row in rows for _measure, pair in row.figures)
        return all(pair.is_whole for pair in pairs if pair.asked and not pair.is_empty)

    @property
    def has_fewer_categories(self) -> bool:
        """Whether some category has figures in one of the periods only, and so is not compared."""
        return any(left.categories for left in self.left_out)

    def units_that_are(self, *states: Comparability) -> tuple[UnitRow, ...]:
        """Who lacks the base is named where that is told, also beside another reason."""
        return tuple(
            unit
            for unit in self.units
            if unit.state in states or (unit.lacks_base and Comparability.BASE_MISSING in states)
        )

    def may_hold_a_part(self, unit: UnitRow) -> bool:
        """Whether some of the unit's reports may be there and others not: of a year, and where units merged."""
        return self.period.is_full_year or bool(unit.took_over)

    @property
    def compares_same_period(self) -> bool:
        return self.baseline == self.period.same_period_last_year

    @property
    def choices(self) -> dict[str, str]:
        """What is chosen in the address of this comparison."""
        return comparison_choices(period=self.period, baseline=self.baseline, scope=self.scope)
