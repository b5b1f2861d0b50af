"""Comparing a figure with the same period a year before (so với cùng kỳ).

The rules were checked against published reports: change = current − base, percent =
|change| / base × 100 rounded half up to two decimals. A base of 0 gives no percent; a
missing figure gives no comparison at all, for missing is not 0.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cluster_portal import formatting
from incidents.models import Polarity
from reports.content import Measure

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

    def movement(self, amount: Callable[[int], str], baseline: str, none_happened: str = "không xảy ra") -> str:
        """The change in prose: ``giảm 07 vụ (14,58%) so với cùng kỳ năm 2021``.

        `amount` writes a positive number with its noun; `baseline` names what is
        compared with, such as ``cùng kỳ năm 2021``; `none_happened` is what a base of
        0 is called.
        """
        if self.current is None:
            return "chưa có số liệu kỳ này"
        if self.base is None:
            return f"chưa có số liệu {baseline}"
        if self.change is None:
            return f"không so sánh được với {baseline}"
        if self.change == 0:
            return f"bằng {baseline}"
        nothing_before = f" ({baseline} {none_happened})" if self.base == 0 else ""
        return f"{self.difference(amount)} so với {baseline}{nothing_before}"

    def difference(self, amount: Callable[[int], str]) -> str:
        """The bare change in prose, ``giảm 07 vụ (14,58%)``, or that there is none."""
        if self.change is None:
            return "chưa so sánh được"
        if self.change == 0:
            return "không thay đổi"
        direction = "tăng" if self.change > 0 else "giảm"
        relative = "" if self.percent is None else f" ({formatting.percent(abs(self.percent))})"
        return f"{direction} {amount(abs(self.change))}{relative}"


def sentence(comparison: Comparison, measure: Measure, baseline: str) -> str:
    """The Vietnamese phrase for one measure: ``xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021``."""
    if comparison.current is None:
        return "chưa có số liệu"
    none_happened = measure.none_happened
    happened = f"{measure.verb} {measure.amount(comparison.current)}" if comparison.current else none_happened
    return f"{happened}, {comparison.movement(measure.amount, baseline, none_happened)}"
