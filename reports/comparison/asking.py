"""What was asked in which half-year, what was answered, and what was left blank.

A category is asked in a half-year if the catalogue says so and somebody reported it: one
that came into use later, or had gone out of use, was asked of nobody. In a row without
cases nothing else happened; in any other a blank measure that is asked is not reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from cluster_portal.periods import Period
from incidents.models import asked_in
from reports.comparison.sources import CaseFigures, CategoryFacts
from reports.content import Measure, Values

Blank = tuple[str, Measure]


@dataclass(frozen=True)
class Questions:
    """The measures each category asks, by category and half-year; and what the catalogue says of those nobody told."""

    asked: Mapping[tuple[str, Period], Set[Measure]]
    listed: Mapping[tuple[str, Period], Set[Measure]]
    investigated: Set[tuple[str, Period]]

    @classmethod
    def of(
        cls, categories: Iterable[CategoryFacts], halves: Iterable[Period], figures: Iterable[CaseFigures]
    ) -> Questions:
        told = {(entry.category, entry.half) for entry in figures if entry.is_told}
        said = {(facts.code, half): asked_in(facts.asked, half) for facts in categories for half in set(halves)}
        active = {facts.code for facts in categories if facts.is_active}
        return cls(
            asked={place: asked.measures for place, asked in said.items() if place in told},
            listed={place: asked.measures for place, asked in said.items() if place in told or place[0] in active},
            investigated={place for place, asked in said.items() if asked.is_investigated},
        )

    def of_half(self, category: str, half: Period) -> Set[Measure]:
        """The measures that were asked of the category in a half-year, in which somebody reported it."""
        return self.asked.get((category, half), frozenset())

    def asks(self, category: str, measure: Measure, period: Period) -> bool:
        """Whether the measure was asked, and the category reported by somebody, in the whole of a period."""
        return all(measure in self.of_half(category, half) for half in period.halves)

    def lists(self, categories: Iterable[str], measure: Measure, period: Period) -> bool:
        """Whether any of the categories asks the measure in any part of a period."""
        return any(
            measure in self.listed.get((category, half), ()) for category in categories for half in period.halves
        )

    def answers(self, entry: CaseFigures) -> Values:
        """The measures that were asked, with what was answered."""
        nought = 0 if entry.values.get(Measure.CASES) == 0 else None
        given = {measure: entry.values.get(measure) for measure in self.of_half(entry.category, entry.half)}
        return {measure: nought if value is None else value for measure, value in given.items()}

    def blanks(
        self, figures: Iterable[CaseFigures], reports: Iterable[tuple[int, Period]]
    ) -> dict[tuple[int, Period], set[Blank]]:
        """What each of the `reports` – unit and half-year – left blank of what was asked."""
        answered: dict[tuple[int, Period], set[Blank]] = defaultdict(set)
        for entry in figures:
            known = {(entry.category, measure) for measure, value in self.answers(entry).items() if value is not None}
            answered[entry.unit, entry.half] |= known
        asked: dict[Period, set[Blank]] = defaultdict(set)
        for (category, half), measures in self.asked.items():
            asked[half] |= {(category, measure) for measure in measures}
        return {(unit, half): asked[half] - answered[unit, half] for unit, half in reports}
