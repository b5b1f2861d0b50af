"""Who is compared with whom when units come, go and merge.

A unit that was wholly taken over is compared as a part of its successor, on both
sides. Where only a part of a unit moved, no figure before can be set beside one after:
the units concerned are *not comparable* (không so sánh được).
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from cluster_portal.periods import Period


@dataclass(frozen=True)
class Succession:
    predecessor: int
    successor: int
    on: dt.date
    is_partial: bool


@dataclass(frozen=True)
class Lineages:
    """For each unit, the unit that stands for it; and the units no comparison holds for."""

    heads: Mapping[int, int]
    split: Set[int]

    def head_of(self, unit: int) -> int:
        return self.heads.get(unit, unit)


def trace(successions: Iterable[Succession], *, after: dt.date, until: dt.date) -> Lineages:
    """The lineages formed by what happened after the day `after` and up to the day `until`.

    A unit said to be wholly taken over by several others can't be added to any of them:
    it counts as divided, like one of which only a part moved.
    """
    happened = [succession for succession in successions if after < succession.on <= until]
    whole = [succession for succession in happened if not succession.is_partial]
    heirs = defaultdict(set)
    for succession in happened:
        heirs[succession.predecessor].add(succession.successor)
    successor = {s.predecessor: s.successor for s in whole if len(heirs[s.predecessor]) == 1}
    divided = [s for s in happened if s.predecessor not in successor]
    heads = {unit: _last(unit, successor) for unit in successor}
    touched = {unit for s in divided for unit in (s.predecessor, s.successor)}
    return Lineages(heads, frozenset(heads.get(unit, unit) for unit in touched))


def _last(unit: int, successor: Mapping[int, int]) -> int:
    seen = {unit}
    while unit in successor and successor[unit] not in seen:
        unit = successor[unit]
        seen.add(unit)
    return unit


class Comparability(enum.StrEnum):
    """How a unit stands in the comparison."""

    REPORTED = "reported"
    MISSING = "missing"
    BASE_MISSING = "base_missing"
    LATE_JOINED = "late_joined"
    NOT_COMPARABLE = "not_comparable"
    LEFT = "left"


@dataclass(frozen=True)
class ComparedUnit:
    """A unit, those it wholly took over, and which figures there are of them."""

    unit: int
    took_over: tuple[int, ...]
    is_expected: bool
    was_expected: bool
    has_current: bool
    has_base: bool
    is_split: bool

    @property
    def state(self) -> Comparability:
        if not self.is_expected:
            return Comparability.LEFT
        if not self.has_current:
            return Comparability.MISSING
        if self.is_split:
            return Comparability.NOT_COMPARABLE
        if self.has_base:
            return Comparability.REPORTED
        return Comparability.BASE_MISSING if self.was_expected else Comparability.LATE_JOINED

    @property
    def is_comparable(self) -> bool:
        """Whether the unit belongs into a comparison of like with like."""
        return self.state is Comparability.REPORTED


Rolls = Mapping[Period, Set[int]]


@dataclass(frozen=True)
class ReportsReceived:
    """Which units each half-year's reports were expected of, and whose were accepted."""

    expected: Rolls
    accepted: Rolls

    def expects(self, units: Set[int], period: Period) -> bool:
        return any(self.expected[half] & units for half in period.halves)

    def is_complete(self, units: Set[int], period: Period) -> bool:
        """Whether there are figures for every half of the period, and none of the units owes any."""
        return all(
            self.accepted[half] & units and self.expected[half] & units <= self.accepted[half] for half in period.halves
        )

    def units_in(self, period: Period) -> Set[int]:
        return frozenset().union(*(self.expected[half] for half in period.halves))


def families(units: Iterable[int], lineages: Lineages) -> dict[int, set[int]]:
    """The units by the one that stands for them."""
    found: dict[int, set[int]] = defaultdict(set)
    for unit in units:
        found[lineages.head_of(unit)].add(unit)
    return found


def compared_units(
    received: ReportsReceived, lineages: Lineages, *, current: Period, baseline: Period
) -> dict[int, ComparedUnit]:
    """How every unit that either period knows stands in the comparison, by the unit that stands for it."""
    known = received.units_in(current) | received.units_in(baseline)
    return {
        head: ComparedUnit(
            unit=head,
            took_over=tuple(sorted(family - {head})),
            is_expected=received.expects(family, current),
            was_expected=received.expects(family, baseline),
            has_current=received.is_complete(family, current),
            has_base=received.is_complete(family, baseline),
            is_split=head in lineages.split,
        )
        for head, family in families(known, lineages).items()
    }
