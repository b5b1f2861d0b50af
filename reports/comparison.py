"""Comparing a figure with the same period a year before (so với cùng kỳ).

The rules were checked against published reports: change = current − base, percent =
|change| / base × 100 rounded half up to two decimals. A base of 0 gives no percent; a
missing figure gives no comparison at all, for missing is not 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cluster_portal import formatting
from reports.contents import Measure

TWO_PLACES = Decimal("0.01")


def ratio(part: int, whole: int) -> Decimal:
    """part / whole × 100, rounded half up to two decimals; `whole` must not be 0."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TWO_PLACES, ROUND_HALF_UP)


def share(part: int | None, whole: int | None) -> Decimal | None:
    """The percentage `part` is of the group it stands under, None where either is missing or there is none."""
    return None if part is None or not whole else ratio(part, whole)


def add(values: list[int | None]) -> int | None:
    """The sum of what was reported; None if nothing was."""
    reported = [value for value in values if value is not None]
    return sum(reported) if reported else None


@dataclass(frozen=True)
class Comparison:
    """A figure and the same period's figure a year before; None is "not reported"."""

    current: int | None
    base: int | None

    @property
    def change(self) -> int | None:
        if self.current is None or self.base is None:
            return None
        return self.current - self.base

    @property
    def percent(self) -> Decimal | None:
        """The signed relative change, None where the base is missing or 0."""
        if self.change is None or not self.base:
            return None
        magnitude = ratio(abs(self.change), self.base)
        return -magnitude if self.change < 0 else magnitude

    def movement(self, measure_amount: Callable[[int], str], baseline: str) -> str:
        """The change in prose: ``giảm 07 vụ (14,58%) so với cùng kỳ năm 2021``.

        `measure_amount` writes a positive number with its noun; `baseline` names what
        is compared with, such as ``cùng kỳ năm 2021``.
        """
        if self.change is None:
            return f"chưa có số liệu {baseline}" if self.base is None else "chưa có số liệu kỳ này"
        if self.change == 0:
            return f"bằng {baseline}"
        direction = "tăng" if self.change > 0 else "giảm"
        relative = "" if self.percent is None else f" ({formatting.percent(abs(self.percent))})"
        nothing_before = f" ({baseline} không xảy ra)" if self.base == 0 else ""
        return f"{direction} {measure_amount(abs(self.change))}{relative} so với {baseline}{nothing_before}"


def sentence(comparison: Comparison, measure: Measure, baseline: str) -> str:
    """The Vietnamese phrase for one measure: ``xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021``."""
    if comparison.current is None:
        return "chưa có số liệu"
    if comparison.current == 0:
        happened = "không xảy ra" if measure is Measure.CASES else f"{measure.verb} 0 {measure.noun}"
    else:
        happened = f"{measure.verb} {measure.amount(comparison.current)}"
    return f"{happened}, {comparison.movement(measure.amount, baseline)}"
