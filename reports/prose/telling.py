"""One figure beside its base, in words: ``xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cluster_portal import formatting
from reports.comparison.pair import Compared, Comparison
from reports.content import Measure


@dataclass(frozen=True)
class Words:
    """How an amount is told in prose; `verb` precedes it, `recorded` where not all is known of it."""

    amount: Callable[[int], str]
    none_happened: str
    verb: str = ""
    recorded: str = ""

    def happened(self, value: int) -> str:
        return f"{self.verb} {self.amount(value)}".strip() if value else self.none_happened

    @classmethod
    def of_measure(cls, measure: Measure) -> Words:
        recorded = "ghi nhận" if measure is Measure.CASES else measure.verb
        return cls(measure.amount, measure.none_happened, measure.verb, recorded)


def sentence(comparison: Comparison, measure: Measure, baseline: str) -> str:
    """The Vietnamese phrase for one measure: ``xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021``."""
    return told(comparison, Words.of_measure(measure), baseline)


def told(pair: Comparison, words: Words, baseline: str) -> str:
    """A figure beside its base in words; `baseline` empty where there is none at all, which is said elsewhere.

    Where not all units can be compared: ``ghi nhận 435 vụ (25/28 đơn vị); trong 23 đơn vị
    có số liệu cả hai kỳ: 420 vụ, giảm 49 vụ (10,45%) so với cùng kỳ năm 2021``.
    """
    if isinstance(pair, Compared):
        if not pair.asked:
            return "không thống kê"
        if pair.is_told and not pair.is_whole:
            return _partly_told(pair, words, baseline)
    if pair.current is None:
        return "chưa có số liệu"
    happened = words.happened(pair.current)
    return f"{happened}, {pair.movement(words.amount, baseline, words.none_happened)}" if baseline else happened


def _partly_told(pair: Compared, words: Words, baseline: str) -> str:
    if pair.is_compared and pair.current is not None:
        moved = pair.movement(words.amount, baseline, words.none_happened)
        if pair.complete and pair.current == pair.recorded:  # the base alone holds more than is compared
            return f"{recorded(pair, words)}; {among(pair)}: {moved}"
        now = words.amount(pair.current) if pair.current else words.none_happened
        return f"{recorded(pair, words, with_units=True)}; {among(pair)}: {now}, {moved}"
    said = recorded(pair, words)
    if not baseline:
        return said
    if pair.recorded_base is None:
        return f"{said}, {pair.without_base(baseline)}"
    return f"{said}, không so sánh được với {baseline}"


def among(pair: Compared) -> str:
    """Of whom the compared figures are: ``trong 23 đơn vị có số liệu cả hai kỳ``."""
    also = " và các loại vụ việc" if pair.fewer_categories else ""
    return f"trong {formatting.count(pair.units)} đơn vị{also} có số liệu cả hai kỳ"


def recorded(pair: Compared, words: Words, *, with_units: bool = False) -> str:
    """What was recorded, by how many of the units: ``ghi nhận 435 vụ (25/28 đơn vị)``; never “none” where some lack."""
    units = f" ({pair.reported}/{pair.expected} đơn vị)" if pair.expected > 1 else ""
    if pair.recorded is None:
        return f"chưa có đủ số liệu{units}" if pair.is_nought_so_far else "chưa có số liệu"
    if pair.complete:
        if not with_units or not pair.recorded:
            return words.happened(pair.recorded)
        return f"{words.recorded} {words.amount(pair.recorded)}{units}".strip()
    at_least = "" if words.recorded == "ghi nhận" and not pair.has_parts else "ít nhất "
    return f"{words.recorded} {at_least}{words.amount(pair.recorded)}{units}".strip()
