"""A unit's place among the others, told so that it tells nothing of any other unit.

The rule, which is printed on the sheet as well:

- A place and the median are given only where at least `FEWEST_OTHERS` units besides the
  unit itself have the figure. Ties share a place, the better one.
- No other figure is given, least of all the smallest and the largest. The median is that
  of all units with the figure, the unit among them: it is the same on everybody's sheet,
  so that two leaders who lay theirs side by side learn nothing from the difference.
- A place among the units of its kind is given only where at least as many units of other
  kinds have the figure too. Otherwise the difference between both places would tell
  where the only school stands.
- None is given where it would tell each of the others' figures: whoever had one case and
  more than everybody else would know that all the others had none.

Which units have the figure is told nowhere on the sheet, nor may a liaison see who has
reported. A place still moves when another unit's report is accepted; who watches that
*and* knows from elsewhere whose it was learns on which side of their own it lies.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.comparison.lineage import Comparability
from reports.comparison.values import Summary, UnitRow

FEWEST_OTHERS = 5


class RankedBy(enum.Enum):
    """What the units are put in order by, the smallest first."""

    CASES = "cases"
    CHANGE = "change"


class Among(enum.Enum):
    CLUSTER = "cluster"
    KIND = "kind"


class Withheld(enum.Enum):
    """Why there is no place."""

    OWN_MISSING = "the unit has no such figure"
    TOO_FEW = "too few other units have it"
    OTHER_KINDS_TOO_FEW = "too few units of other kinds have it"
    TELLING = "it would tell the figures of the others"


@dataclass(frozen=True)
class Rank:
    """`place` counts from 1, the smallest figure; `out_of` counts the unit itself, too."""

    own: int
    place: int
    out_of: int
    is_shared: bool
    median: Decimal


@dataclass(frozen=True)
class Ranking:
    """A unit's place by one figure among some units, or why there is none."""

    figure: RankedBy
    among: Among
    found: Rank | Withheld


def rankings(whole: Summary, unit: int) -> tuple[Ranking, ...]:
    """The places of a unit in the comparison of the whole cluster.

    Where all units with the figure are of one kind, its place among them is told once.
    """
    kinds = {row.id: row.kind for row in whole.units}
    found = []
    for figure in RankedBy:
        values = _values(whole, figure)
        same = {row: value for row, value in values.items() if kinds[row] == kinds[unit]}
        found.append(Ranking(figure, Among.CLUSTER, _found(figure, values, unit)))
        if len(same) < len(values):
            found.append(Ranking(figure, Among.KIND, _found_among_kind(figure, same, values, unit)))
    return tuple(found)


def _values(whole: Summary, figure: RankedBy) -> dict[int, int]:
    """The figure by unit: the cases of whoever has reported, the change of whoever can be compared."""
    given = {row.id: _value(row, figure) for row in whole.units}
    return {unit: value for unit, value in given.items() if value is not None}


def _value(row: UnitRow, figure: RankedBy) -> int | None:
    if row.state in (Comparability.MISSING, Comparability.LEFT):
        return None
    return row.figures.cases.current if figure is RankedBy.CASES else row.figures.cases.change


def _found(figure: RankedBy, values: Mapping[int, int], unit: int) -> Rank | Withheld:
    if unit not in values:
        return Withheld.OWN_MISSING
    others = _others(values, unit)
    if len(others) < FEWEST_OTHERS:
        return Withheld.TOO_FEW
    if _tells_all(figure, values[unit], others):
        return Withheld.TELLING
    return rank_among(values[unit], others)


def _found_among_kind(
    figure: RankedBy, same: Mapping[int, int], values: Mapping[int, int], unit: int
) -> Rank | Withheld:
    found = _found(figure, same, unit)
    other_kinds = [value for row, value in values.items() if row not in same]
    if isinstance(found, Withheld):
        return found
    if len(other_kinds) < FEWEST_OTHERS:
        return Withheld.OTHER_KINDS_TOO_FEW
    return Withheld.TELLING if _tells_all(figure, values[unit], other_kinds) else found


def _others(values: Mapping[int, int], unit: int) -> list[int]:
    return [value for row, value in values.items() if row != unit]


def _tells_all(figure: RankedBy, own: int, others: Sequence[int]) -> bool:
    """Whether it follows from the place that each of the others had no case: nothing is less than 1 but 0."""
    return figure is RankedBy.CASES and own == 1 and max(others) == 0


def rank_among(own: int, others: Sequence[int]) -> Rank:
    return Rank(
        own=own,
        place=1 + sum(other < own for other in others),
        out_of=1 + len(others),
        is_shared=own in others,
        median=median([own, *others]),
    )


def median(values: Sequence[int]) -> Decimal:
    """The value in the middle, or half-way between the two that are."""
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return Decimal(ordered[middle])
    return Decimal(ordered[middle - 1] + ordered[middle]) / 2
