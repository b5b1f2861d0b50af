"""Comparing a figure with the same period a year before (so với cùng kỳ).

The rules were checked against published reports: change = current − base, percent =
|change| / base × 100 rounded half up to two decimals. A base of 0 gives no percent; a
missing figure gives no comparison at all, for missing is not 0.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cluster_portal import formatting
from cluster_portal.periods import Period
from incidents.models import Polarity

TWO_PLACES = Decimal("0.01")


def ratio(part: int, whole: int) -> Decimal:
    """part / whole × 100, rounded half up to two decimals; `whole` must not be 0."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TWO_PLACES, ROUND_HALF_UP)


def share(part: int | None, whole: int | None) -> Decimal | None:
    """The percentage `part` is of the group it stands under, None where either is missing or there is none."""
    return None if part is None or not whole else ratio(part, whole)


def add(values: Iterable[int | None]) -> int | None:
    """The sum of what was reported; None if nothing was."""
    reported = [value for value in values if value is not None]
    return sum(reported) if reported else None


class Tone(enum.StrEnum):
    """What a change means; always told by word as well."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Comparison:
    """A figure and the same period's figure a year before; None is "not reported".

    Figures of a unit that was divided in between stand beside each other, but are not
    comparable: there is no change from one to the other.
    """

    current: int | None
    base: int | None
    is_comparable: bool = True

    @property
    def change(self) -> int | None:
        if self.current is None or self.base is None or not self.is_comparable:
            return None
        return self.current - self.base

    @property
    def _has_some_current(self) -> bool:
        """Whether the figure is known of some, though not of those compared."""
        return self.current is not None

    @property
    def _has_some_base(self) -> bool:
        """The same of the base."""
        return self.base is not None

    def without_base(self, baseline: str) -> str:
        """Why there is nothing to compare with."""
        return f"chưa có số liệu {baseline}"

    @property
    def percent(self) -> Decimal | None:
        """The signed relative change, None where the base is missing or 0."""
        if self.change is None or not self.base:
            return None
        magnitude = ratio(abs(self.change), self.base)
        return -magnitude if self.change < 0 else magnitude

    def tone(self, polarity: str) -> Tone:
        """Whether the change is good or bad, if a rise of the figure is what `polarity` says."""
        if not self.change or polarity == Polarity.NEUTRAL:
            return Tone.NEUTRAL
        return Tone.GOOD if (self.change > 0) == (polarity == Polarity.MORE_IS_BETTER) else Tone.BAD

    def movement(
        self,
        amount: Callable[[int], str],
        baseline: str,
        none_happened: str = "không xảy ra",
        *,
        is_named: bool = False,
    ) -> str:
        """The change in prose: ``giảm 07 vụ (14,58%) so với cùng kỳ năm 2021``.

        `amount` writes a positive number with its noun; `baseline` names what is
        compared with, such as ``cùng kỳ năm 2021``; `none_happened` is what a base of
        0 is called; `is_named`: what is compared with has just been named.
        """
        if self.current is None and not self._has_some_current:
            return "chưa có số liệu kỳ này"
        if self.base is None and not self._has_some_base:
            return self.without_base(baseline)
        if self.change is None:
            return f"không so sánh được với {baseline}"
        if self.change == 0:
            return f"bằng {baseline}"
        nothing_before = f" ({baseline} {none_happened})" if self.base == 0 else ""
        beside = "" if is_named else f" so với {baseline}"
        return f"{self.difference(amount)}{beside}{nothing_before}"

    def difference(self, amount: Callable[[int], str]) -> str:
        """The bare change in prose, ``giảm 07 vụ (14,58%)``, or that there is none."""
        if self.change is None:
            return "chưa so sánh được"
        if self.change == 0:
            return "không thay đổi"
        direction = "tăng" if self.change > 0 else "giảm"
        relative = "" if self.percent is None else f" ({formatting.percent(abs(self.percent))})"
        return f"{direction} {amount(abs(self.change))}{relative}"


@dataclass(frozen=True, kw_only=True)
class Compared(Comparison):
    """A sum over units beside the same period's, which knows whose figures it holds.

    `current`, `base` and with them `change` and `percent` are of the same `units`: those
    that reported the measure in full in both periods, over the categories that asked it
    in both. Where there is no such unit in the whole comparison, `current` is what was
    recorded, and there is no base. Where there is one, but not in this row, both are None.

    `recorded` and `recorded_base` are what all reported; None: nobody anything, or an
    incomplete nought. `missing` are the units, by id, that owe a part of `recorded` (of
    `expected` units), `missing_base` those that owe one of `recorded_base` (of
    `expected_base`). An incomplete sum is “at least”, and “at least none” says nothing in words.
    `has_parts`: some of it is not all that somebody has to tell. `holds_others`,
    `holds_others_base`: some of it comes from a unit that owes another part, and so is not
    among those that have told all. `is_nought_so_far`: it is None though somebody told a nought.
    `asked` and `asked_base`: whether the measure is asked of anything in the row; what is
    not asked is neither reported nor missing. `unasked` and `unasked_base` are the halves
    of a year in which some of what was told of the other half was asked of nobody: half a
    year is no year, and the sum is “at least”.
    """

    recorded: int | None = None
    recorded_base: int | None = None
    units: int = 0
    expected: int = 0
    expected_base: int = 0
    missing: tuple[int, ...] = ()
    missing_base: tuple[int, ...] = ()
    has_parts: bool = False
    holds_others: bool = False
    holds_others_base: bool = False
    is_nought_so_far: bool = False
    #: The same of the base.
    is_nought_so_far_base: bool = False
    asked: bool = True
    asked_base: bool = True
    unasked: tuple[Period, ...] = ()
    unasked_base: tuple[Period, ...] = ()
    #: Some category was asked in one of the two periods only, and is not compared.
    fewer_categories: bool = False
    #: Those compared are all who told all of both periods; whose area changed may have told, and isn't compared.
    of_all_with_both: bool = False

    @property
    def _has_some_current(self) -> bool:
        return self.is_told

    @property
    def _has_some_base(self) -> bool:
        return self.recorded_base is not None

    @property
    def is_told(self) -> bool:
        """Whether anybody told anything of this period, be it a nought that is not all."""
        return self.recorded is not None or self.is_nought_so_far

    @property
    def so_far(self) -> int | None:
        """What a table shows of this period: of noughts that are not all, “at least” nought."""
        return 0 if self.is_nought_so_far else self.recorded

    @property
    def so_far_base(self) -> int | None:
        return 0 if self.is_nought_so_far_base else self.recorded_base

    @property
    def reported(self) -> int:
        """How many of the expected units have told all of it; none where there is nothing to tell."""
        return self.expected - len(self.missing) if self.is_told else 0

    @property
    def complete(self) -> bool:
        """Whether it is all; nothing at all is not, unless it isn't asked."""
        return not self.missing and not self.unasked and (self.recorded is not None or not self.asked)

    @property
    def complete_base(self) -> bool:
        return (
            not self.missing_base and not self.unasked_base and (self.recorded_base is not None or not self.asked_base)
        )

    def without_base(self, baseline: str) -> str:
        """What was asked of nobody is not what nobody reported, nor what some told a nought of."""
        if self.is_nought_so_far_base:
            return f"chưa có đủ số liệu {baseline}"
        return super().without_base(baseline) if self.asked_base else f"{baseline} không thống kê"

    @property
    def is_compared(self) -> bool:
        """Whether there are three figures that stand together."""
        return self.units > 0 and self.change is not None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to compare: neither a sum, of either period, nor noughts of those compared."""
        return self.recorded is None and self.recorded_base is None and not self.is_compared

    @property
    def is_whole(self) -> bool:
        """Whether what is compared is all there is, of all units."""
        same = self.recorded == self.current and self.recorded_base == self.base
        owed = (self.missing, self.missing_base, self.unasked, self.unasked_base)
        return same and not any(owed)

    @property
    def of_whom(self) -> str:
        """Whose the recorded figure is, as it stands in brackets; of what half of a year it lacks something."""
        return _of_whom(self.reported, self.expected, self.unasked, holds_others=self.holds_others)

    @property
    def of_whom_base(self) -> str:
        reported = self.expected_base - len(self.missing_base)
        return _of_whom(reported, self.expected_base, self.unasked_base, holds_others=self.holds_others_base)


def _of_whom(reported: int, expected: int, unasked: Sequence[Period], *, holds_others: bool) -> str:
    """``25/28 đơn vị``; ``chưa đủ số liệu 6 tháng đầu năm 2022`` where all have told what was asked; or both.

    Where the figure holds parts of others too, those counted are the ones that told all of
    it: ``25/28 đơn vị có đủ số liệu``.
    """
    counted = f"{reported}/{expected} đơn vị"
    if holds_others:
        counted += " có đủ số liệu được yêu cầu" if unasked else " có đủ số liệu"
    told = [counted] if not unasked or 1 < expected != reported else []
    if unasked:
        told.append(f"chưa đủ số liệu {', '.join(half.printed for half in unasked)}")
    return ", ".join(told)
