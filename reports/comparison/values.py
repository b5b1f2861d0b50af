"""What a summary consists of: frozen values, ready to be laid out.

No model, no QuerySet and no HTML: an issued document keeps exactly this.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from cluster_portal import formatting
from cluster_portal.periods import Period
from incidents.models import Polarity
from reports.comparison.lineage import Comparability
from reports.comparison.pair import Comparison, Tone
from reports.comparison.scope import WHOLE_CLUSTER, Scope, comparison_choices
from reports.comparison.sources import HalfYear
from reports.content import MEASURES, Measure


@dataclass(frozen=True)
class Figures:
    """All seven measures of a row, each compared."""

    cases: Comparison
    serious: Comparison
    solved: Comparison
    persons: Comparison
    deaths: Comparison
    injuries: Comparison
    damage: Comparison

    def __getitem__(self, measure: Measure) -> Comparison:
        return getattr(self, measure.value)

    def __iter__(self) -> Iterator[tuple[Measure, Comparison]]:
        return ((measure, self[measure]) for measure in MEASURES)

    @property
    def are_empty(self) -> bool:
        return all(pair.current is None and pair.base is None for _measure, pair in self)


NO_FIGURES = Figures(*(Comparison(None, None) for _field in fields(Figures)))


def polarity_of(measure: Measure, cases: str) -> str:
    """Whether a rise of the measure is good, where a rise of the cases is what `cases` says.

    Harm is always bad and solving always good; how many persons were handled says
    nothing by itself.
    """
    fixed = {
        Measure.SOLVED: Polarity.MORE_IS_BETTER,
        Measure.PERSONS: Polarity.NEUTRAL,
        Measure.DEATHS: Polarity.FEWER_IS_BETTER,
        Measure.INJURIES: Polarity.FEWER_IS_BETTER,
        Measure.DAMAGE: Polarity.FEWER_IS_BETTER,
    }
    return str(fixed.get(measure, cases))


@dataclass(frozen=True, kw_only=True)
class ComparedRow:
    """A line of the report; `polarity` is that of its cases."""

    name: str
    figures: Figures
    polarity: str = str(Polarity.FEWER_IS_BETTER)

    def tone(self, measure: Measure) -> Tone:
        return self.figures[measure].tone(polarity_of(measure, self.polarity))


@dataclass(frozen=True, kw_only=True)
class CategoryRow(ComparedRow):
    """`share` is the percentage of the group's cases."""

    code: str
    group: str
    share: Decimal | None


@dataclass(frozen=True, kw_only=True)
class GroupRow(ComparedRow):
    """`share` is the percentage of all cases."""

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

    Without figures of both periods there is no change; in a comparison of like with
    like only `is_counted` rows have figures at all.
    """

    id: int
    short_name: str
    kind: str
    took_over: tuple[str, ...]
    state: Comparability
    is_counted: bool


@dataclass(frozen=True)
class IndicatorRow:
    code: str
    name: str
    noun: str
    polarity: str
    figure: Comparison

    @property
    def tone(self) -> Tone:
        return self.figure.tone(self.polarity)

    def amount(self, value: int) -> str:
        """The value with the indicator's noun, as written in prose: ``07 buổi``."""
        return f"{formatting.count(value)} {self.noun}"


@dataclass(frozen=True)
class Coverage:
    """How many units the figures come from: expected now, reported now, then, and both."""

    expected: int
    current: int
    baseline: int
    both: int


@dataclass(frozen=True)
class Registered:
    """The cases the register holds of the period, from its first to its last day."""

    cases: int
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True)
class Summary:
    period: Period
    baseline: Period
    like_for_like: bool
    coverage: Coverage
    total: ComparedRow
    groups: tuple[GroupRow, ...]
    kinds: tuple[KindRow, ...]
    units: tuple[UnitRow, ...]
    indicators: tuple[IndicatorRow, ...]
    history: tuple[HalfYear, ...]
    registered: Registered
    scope: Scope = WHOLE_CLUSTER
    #: Why the figures are used although not all have reported; empty where all have.
    incomplete_because: str = ""

    @property
    def categories(self) -> tuple[CategoryRow, ...]:
        return tuple(category for group in self.groups for category in group.categories)

    @property
    def has_figures(self) -> bool:
        return self.coverage.current > 0 or not self.total.figures.are_empty

    def units_that_are(self, *states: Comparability) -> tuple[UnitRow, ...]:
        return tuple(unit for unit in self.units if unit.state in states)

    @property
    def compares_same_period(self) -> bool:
        return self.baseline == self.period.same_period_last_year

    @property
    def choices(self) -> dict[str, str]:
        """What is chosen in the address of this comparison."""
        return comparison_choices(
            period=self.period, baseline=self.baseline, like_for_like=self.like_for_like, scope=self.scope
        )
