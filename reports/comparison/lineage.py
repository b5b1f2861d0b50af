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
from typing import Protocol

from cluster_portal.periods import Period


class Membership(Protocol):
    """A unit with its first day in the cluster, and the first it is no member any more."""

    @property
    def id(self) -> int: ...
    @property
    def joined_on(self) -> dt.date: ...
    @property
    def left_on(self) -> dt.date | None: ...


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
    divided = [s for s in happened if s.is_partial or s.predecessor not in successor]
    heads = {unit: _last(unit, successor) for unit in successor}
    touched = {unit for s in divided for unit in (s.predecessor, s.successor)}
    return Lineages(heads, frozenset(heads.get(unit, unit) for unit in touched))


def _last(unit: int, successor: Mapping[int, int]) -> int:
    seen = {unit}
    while unit in successor and successor[unit] not in seen:
        unit = successor[unit]
        seen.add(unit)
    return unit


def areas_moved(
    members: Iterable[Membership], successions: Iterable[Succession], *, after: dt.date, until: dt.date
) -> tuple[Set[int], Set[int]]:
    """The units that brought an area of their own into the cluster in a span of days, and those that took one away.

    Who came the very day it wholly took another over, or went the very day it was taken
    over, brought and took nothing.
    """
    whole = [succession for succession in successions if not succession.is_partial]
    heirs = {(succession.successor, succession.on) for succession in whole}
    handed_over = {(succession.predecessor, succession.on) for succession in whole}
    days = [(unit.id, unit.joined_on, unit.left_on) for unit in members]
    came = {unit for unit, on, _left in days if after < on <= until and (unit, on) not in heirs}
    went = {unit for unit, _on, left in days if left and after < left <= until and (unit, left) not in handed_over}
    return came, went


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
    """A unit, those it wholly took over, and which figures there are of them.

    `is_expected`, `was_expected`: one of them was to report some half of the period, or of
    the base; `has_current`, `has_base`: and all that were to report a half did.
    `is_throughout`: there was one in every half of both. `is_same_area`: nobody came into
    the family with an area of its own, or left it with one; `has_moved`: the unit itself did.
    """

    unit: int
    took_over: tuple[int, ...]
    is_member: bool
    is_expected: bool
    was_expected: bool
    has_current: bool
    has_base: bool
    is_throughout: bool
    is_split: bool
    is_same_area: bool
    has_moved: bool

    @property
    def state(self) -> Comparability:
        if self.is_expected and not self.has_current:
            return Comparability.MISSING
        if not self.is_member:
            return Comparability.LEFT
        if self.is_split:
            return Comparability.NOT_COMPARABLE
        if self.was_expected and not self.has_base:
            return Comparability.BASE_MISSING
        if self.is_throughout and self.is_same_area:
            return Comparability.REPORTED
        is_late = self.has_moved or not self.was_expected
        return Comparability.LATE_JOINED if is_late else Comparability.NOT_COMPARABLE

    @property
    def has_both(self) -> bool:
        """Whether it is a member with figures of every half of both periods, comparable or not."""
        return self.is_member and self.is_throughout and self.has_current and self.has_base

    @property
    def is_comparable(self) -> bool:
        """Whether the unit belongs into a comparison of like with like."""
        return self.state is Comparability.REPORTED


Rolls = Mapping[Period, Set[int]]


@dataclass(frozen=True)
class ReportsReceived:
    """Which units each half-year's reports were expected of, and whose were accepted.

    Who is expected comes from the dates of membership (and whoever sent a report);
    `opened` are the half-years that reports were asked for at all; of those that were only
    `imported`, from papers of earlier years, nobody is waited for.
    """

    expected: Rolls
    accepted: Rolls
    opened: Set[Period] = frozenset()
    imported: Set[Period] = frozenset()

    def expects_at_last(self, units: Set[int], period: Period) -> bool:
        """Whether one of the units belongs to the cluster at the end of the period."""
        return bool(self.expected[period.halves[-1]] & units)

    def expects(self, units: Set[int], period: Period) -> bool:
        """Whether one of the units was to report any half of the period."""
        return any(self.expected[half] & units for half in period.halves)

    def expects_throughout(self, units: Set[int], period: Period) -> bool:
        return all(self.expected[half] & units for half in period.halves)

    def owed(self, units: Set[int], period: Period) -> Set[Period]:
        """The halves of which one of the units owes its report."""
        return {half for half in period.halves if self.expected[half] & units - self.accepted[half]}

    def is_complete(self, units: Set[int], period: Period) -> bool:
        """Whether the units were to report something of the period, and owe none of it."""
        return self.expects(units, period) and not self.owed(units, period)

    def units_in(self, period: Period) -> Set[int]:
        return frozenset().union(*(self.expected[half] for half in period.halves))


def families(units: Iterable[int], lineages: Lineages) -> dict[int, set[int]]:
    """The units by the one that stands for them."""
    found: dict[int, set[int]] = defaultdict(set)
    for unit in units:
        found[lineages.head_of(unit)].add(unit)
    return found


def compared_units(
    received: ReportsReceived, lineages: Lineages, moved: Set[int], *, current: Period, baseline: Period
) -> dict[int, ComparedUnit]:
    """How every unit that either period knows stands in the comparison, by the unit that stands for it.

    `moved` are the units that came or went with an area of their own in between.
    """
    not_the_same = {lineages.head_of(unit) for unit in moved}
    known = received.units_in(current) | received.units_in(baseline)
    return {
        head: ComparedUnit(
            unit=head,
            took_over=tuple(sorted(family - {head})),
            is_member=received.expects_at_last(family, current),
            is_expected=received.expects(family, current),
            was_expected=received.expects(family, baseline),
            has_current=received.is_complete(family, current),
            has_base=received.is_complete(family, baseline),
            is_throughout=all(received.expects_throughout(family, period) for period in (current, baseline)),
            is_split=head in lineages.split,
            is_same_area=head not in not_the_same,
            has_moved=head in moved,
        )
        for head, family in families(known, lineages).items()
    }
