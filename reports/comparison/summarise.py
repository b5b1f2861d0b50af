"""The half-year of the whole cluster, compared with the same period a year before.

`summarise()` gives one finished object of plain values; the page, the PDF and the
other files only lay it out, so that they can't disagree. `None` means "not reported".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from cluster_portal.periods import Period
from members.models import Unit
from reports.comparison import sources
from reports.comparison.lineage import Comparability, ComparedUnit, compared_units, families, trace
from reports.comparison.pair import Comparison, add, share
from reports.comparison.scope import WHOLE_CLUSTER, Scope
from reports.comparison.sources import CaseFigures, CategoryFacts, HalfYear, Sources
from reports.comparison.values import (
    NO_FIGURES,
    CategoryRow,
    ComparedRow,
    Coverage,
    Figures,
    GroupRow,
    IndicatorRow,
    KindRow,
    Registered,
    Summary,
    UnitRow,
)
from reports.content import MEASURES

__all__ = ["Summary", "summarise"]

HISTORY_LENGTH = 6


def summarise(
    *, current: Period, baseline: Period | None = None, like_for_like: bool = False, scope: Scope = WHOLE_CLUSTER
) -> Summary:
    """Compare the accepted reports of `current` with those of `baseline` (a year before, unless said otherwise).

    `like_for_like` takes only units that have figures in both periods and can be
    compared; `scope` only those of a kind, or one with what it took over. The two
    periods must be of one length; a ValueError says so, also where there is no such unit.
    """
    baseline = baseline or current.same_period_last_year
    if current.is_full_year != baseline.is_full_year or baseline == current:
        raise ValueError(f"{current} can't be compared with {baseline}")
    found = sources.load(current, baseline, past=HISTORY_LENGTH)
    return compose_summary(Reading.of(found, like_for_like=like_for_like, scope=scope))


def compose_summary(found: Reading) -> Summary:
    """The summary of sources that are at hand."""
    total = found.figures_by(lambda entry: "total").get("total", NO_FIGURES)
    return Summary(
        period=found.sources.current,
        baseline=found.sources.baseline,
        like_for_like=found.like_for_like,
        scope=found.scope,
        coverage=found.coverage(),
        total=ComparedRow(name="total", figures=total),
        groups=found.groups(total),
        kinds=found.kinds(),
        units=found.units(),
        indicators=found.indicators(),
        history=found.history(),
        registered=found.registered(),
        incomplete_because=found.incomplete_because(),
    )


@dataclass(frozen=True)
class Reading:
    """The sources, with each unit's standing settled: which figures count, and for whom."""

    sources: Sources
    compared: dict[int, ComparedUnit]
    heads: dict[int, int]
    like_for_like: bool
    scope: Scope

    @classmethod
    def of(cls, found: Sources, *, like_for_like: bool, scope: Scope = WHOLE_CLUSTER) -> Reading:
        lineages = trace(found.successions, after=found.base_starts_on, until=found.current_ends_on)
        scope = scope.settled(found.units, lineages)
        settled = {
            head: who
            for head, who in compared_units(
                found.received, lineages, current=found.current, baseline=found.baseline
            ).items()
            if scope.takes(found.units[head])
        }
        heads = {member: head for head, who in settled.items() for member in (head, *who.took_over)}
        return cls(found, settled, heads, like_for_like, scope)

    def counts(self, unit: int) -> bool:
        if unit not in self.heads:
            return False
        return not self.like_for_like or self.compared[self.heads[unit]].is_comparable

    def kind_of(self, unit: int) -> str:
        return self.sources.units[self.heads[unit]].kind

    @property
    def counted(self) -> Iterator[CaseFigures]:
        return (entry for entry in self.sources.figures if self.counts(entry.unit))

    def figures_by(self, key: Callable[[CaseFigures], Hashable]) -> dict[Hashable, Figures]:
        """The figures that count, added up by `key`."""
        columns: dict = defaultdict(list)
        for entry in self.counted:
            for measure, value in entry.values.items():
                columns[key(entry), measure, entry.half in self.sources.current.halves].append(value)
        return {
            row: Figures(
                *(
                    Comparison(add(columns[row, measure, True]), add(columns[row, measure, False]))
                    for measure in MEASURES
                )
            )
            for row in {row for row, _measure, _side in columns}
        }

    def registered(self) -> Registered:
        counted = (cases for unit, cases in self.sources.registered.items() if self.counts(unit))
        return Registered(sum(counted), self.sources.current_starts_on, self.sources.current_ends_on)

    def incomplete_because(self) -> str:
        counts = self.coverage()
        return self.sources.closed_because if counts.current < counts.expected else ""

    def coverage(self) -> Coverage:
        expected = [who for who in self.compared.values() if who.is_expected]
        return Coverage(
            expected=len(expected),
            current=sum(who.has_current for who in expected),
            baseline=self._units_in_base(),
            both=sum(who.has_current and who.has_base for who in expected),
        )

    def _units_in_base(self) -> int:
        """The units of the base period, as they stood at its end, whose figures are there."""
        found = self.sources
        then = trace(found.successions, after=found.base_starts_on, until=found.base_ends_on)
        known = found.received.units_in(found.baseline) & self.heads.keys()
        units = families(known, then).values()
        return sum(found.received.is_complete(frozenset(family), found.baseline) for family in units)

    def history(self) -> tuple[HalfYear, ...]:
        """The last half-years of the units looked at, with all they took over since the first of them."""
        found = self.sources
        lineages = trace(found.successions, after=found.past_starts_on, until=found.current_ends_on)
        reports = [
            report for report in found.past_reports if self.scope.takes(found.units[lineages.head_of(report.unit)])
        ]
        return tuple(
            HalfYear(half, add(cases), len(cases))
            for half in found.past
            for cases in [[report.cases for report in reports if report.half == half]]
        )

    def groups(self, total: Figures) -> tuple[GroupRow, ...]:
        group_of = {category.code: category.group_code for category in self.sources.categories}
        by_group = self.figures_by(lambda entry: group_of[entry.category])
        by_category = self.figures_by(lambda entry: entry.category)
        return tuple(
            self._group(categories, by_group.get(code, NO_FIGURES), by_category, total)
            for code, categories in sources.shown_groups(self.sources.categories, by_category).items()
        )

    def _group(self, categories: list[CategoryFacts], figures: Figures, by_category: dict, total: Figures) -> GroupRow:
        return GroupRow(
            code=categories[0].group_code,
            name=categories[0].group_name,
            figures=figures,
            polarity=sources.polarity_of_group(categories),
            share=share(figures.cases.current, total.cases.current),
            categories=tuple(
                _category(facts, by_category.get(facts.code, NO_FIGURES), figures) for facts in categories
            ),
        )

    def kinds(self) -> tuple[KindRow, ...]:
        by_kind = self.figures_by(lambda entry: self.kind_of(entry.unit))
        members: dict[str, list[ComparedUnit]] = {kind: [] for kind in Unit.Kind.values}
        for who in self.compared.values():
            members[self.kind_of(who.unit)].append(who)
        return tuple(
            KindRow(
                name=kind,
                figures=by_kind.get(kind, NO_FIGURES),
                expected=sum(who.is_expected for who in standing),
                reported=sum(who.is_expected and who.has_current for who in standing),
            )
            for kind, standing in members.items()
            if standing
        )

    def units(self) -> tuple[UnitRow, ...]:
        by_unit = self.figures_by(lambda entry: self.heads[entry.unit])
        return tuple(self._unit(who, by_unit.get(who.unit, NO_FIGURES)) for who in self._in_order())

    def _unit(self, who: ComparedUnit, figures: Figures) -> UnitRow:
        facts = self.sources.units[who.unit]
        if not who.is_comparable:
            figures = Figures(*(replace(pair, is_comparable=False) for _measure, pair in figures))
        return UnitRow(
            id=who.unit,
            name=facts.name,
            short_name=facts.short_name,
            kind=facts.kind,
            took_over=tuple(self.sources.units[unit].name for unit in who.took_over),
            state=who.state,
            is_counted=self.counts(who.unit),
            figures=figures,
        )

    def _in_order(self) -> Iterable[ComparedUnit]:
        """The units in the order of the cluster's list, those that left last."""
        listed = [self.compared[unit] for unit in self.sources.units if unit in self.compared]
        return sorted(listed, key=lambda who: who.state is Comparability.LEFT)

    def indicators(self) -> tuple[IndicatorRow, ...]:
        columns: dict = defaultdict(list)
        for entry in self.sources.indicator_figures:
            if self.counts(entry.unit):
                columns[entry.indicator, entry.half in self.sources.current.halves].append(entry.value)
        used = {code for code, _side in columns}
        return tuple(
            IndicatorRow(
                code=facts.code,
                name=facts.name,
                noun=facts.noun,
                polarity=facts.polarity,
                figure=Comparison(add(columns[facts.code, True]), add(columns[facts.code, False])),
            )
            for facts in self.sources.indicators
            if facts.is_active or facts.code in used
        )


def _category(facts: CategoryFacts, figures: Figures, group: Figures) -> CategoryRow:
    return CategoryRow(
        code=facts.code,
        name=facts.name,
        group=facts.group_code,
        polarity=facts.polarity,
        figures=figures,
        share=share(figures.cases.current, group.cases.current),
    )
