"""One figure beside its base, in words: ``xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cluster_portal import formatting
from incidents.measures import CASES_BY_POLARITY, FEWER_IS_BETTER, OVERALL, CaseWords
from reports.comparison.pair import Compared, Comparison
from reports.content import Measure


@dataclass(frozen=True)
class Words:
    """How an amount is told in prose; `verb` precedes it, `recorded` where not all is known of it.

    `opening` writes it after the verb and `changed` that of a change, where their nouns
    are others than elsewhere: ``ghi nhận 435 vụ việc, giảm 78 vụ``.
    """

    amount: Callable[[int], str]
    none_happened: str
    verb: str = ""
    recorded: str = ""
    opening: Callable[[int], str] | None = None
    changed: Callable[[int], str] | None = None

    @property
    def first(self) -> Callable[[int], str]:
        return self.opening or self.amount

    @property
    def moved(self) -> Callable[[int], str]:
        return self.changed or self.amount

    def happened(self, value: int) -> str:
        return f"{self.verb} {self.first(value)}".strip() if value else self.none_happened

    @classmethod
    def of_measure(cls, measure: Measure, cases: CaseWords = CASES_BY_POLARITY[FEWER_IS_BETTER]) -> Words:
        """`cases` says what cases of the row do: some happen, some are found."""
        if measure is Measure.CASES:
            return cls(
                measure.amount, cases.none_happened, cases.verb, OVERALL.verb, cases.amount, measure.amount_of_change
            )
        return cls(measure.amount, measure.none_happened, measure.verb, measure.verb, changed=measure.amount_of_change)


@dataclass(frozen=True)
class Base:
    """What is compared with, as a sentence calls it: ``cùng kỳ năm 2021``; no name where there is nothing.

    `is_named`: it has just been named, and with it the units that are compared in `among`;
    None where no units were named.
    """

    name: str
    is_named: bool = False
    among: Compared | None = None

    def movement(self, pair: Comparison, words: Words) -> str:
        return pair.movement(words.moved, self.name, words.none_happened, is_named=self.is_named)

    def has_named_units_of(self, pair: Compared) -> bool:
        return self.among is not None and not pair.fewer_categories and of_same_units(pair, self.among)


def told(pair: Comparison, words: Words, base: Base) -> str:
    """A figure beside its base in words.

    Where not all units can be compared: ``ghi nhận 435 vụ (25/28 đơn vị); trong 23 đơn vị
    có số liệu cả hai kỳ: 420 vụ, giảm 49 vụ (10,45%) so với cùng kỳ năm 2021``; where these
    have just been named: ``ít nhất 53 vụ, so sánh được 51 vụ, giảm 18 vụ (26,09%)``.
    """
    if isinstance(pair, Compared):
        if not pair.asked:
            return "không thống kê"
        if pair.is_told and not pair.is_whole:
            return _partly_told(pair, words, base)
    if pair.current is None:
        return "chưa có số liệu"
    happened = words.happened(pair.current)
    return f"{happened}, {base.movement(pair, words)}" if base.name else happened


def _partly_told(pair: Compared, words: Words, base: Base) -> str:
    if pair.is_compared and pair.current is not None:
        moved = base.movement(pair, words)
        if base.has_named_units_of(pair) and pair.recorded:
            if pair.complete and pair.current == pair.recorded:
                return f"{words.happened(pair.recorded)}, {moved}"
            at_least = "" if pair.complete else "ít nhất "
            known = f"{words.verb} {at_least}{words.first(pair.recorded)}".strip()
            return f"{known}, so sánh được {words.amount(pair.current)}, {moved}"
        if pair.complete and pair.current == pair.recorded:  # the base alone holds more than is compared
            return f"{recorded(pair, words)}; {among(pair)}: {moved}"
        now = words.amount(pair.current) if pair.current else words.none_happened
        return f"{recorded(pair, words, with_units=True)}; {among(pair)}: {now}, {moved}"
    said = recorded(pair, words)
    if not base.name:
        return said
    if pair.recorded_base is None:
        return f"{said}, {pair.without_base(base.name)}"
    return f"{said}, không so sánh được với {base.name}"


def of_same_units(one: Compared, other: Compared) -> bool:
    """Whether the same units owe the same parts of both, so that the same ones are compared."""
    return _owed(one) == _owed(other)


def _owed(pair: Compared) -> tuple[object, ...]:
    return pair.units, pair.expected, pair.missing, pair.missing_base, pair.unasked, pair.unasked_base


def among(pair: Compared) -> str:
    """Of whom the compared figures are: ``trong 23 đơn vị có số liệu cả hai kỳ``.

    Where others have a part of theirs: ``có đủ số liệu cả hai kỳ``. Where not all with
    figures of both can be compared, as an area changed: ``trong 22 đơn vị so sánh được``.
    """
    units = f"trong {formatting.count(pair.units)} đơn vị"
    if pair.fewer_categories:
        return f"{units} và các loại vụ việc so sánh được"
    if not pair.of_all_with_both:
        return f"{units} so sánh được"
    return f"{units} {'có đủ' if pair.holds_others or pair.holds_others_base else 'có'} số liệu cả hai kỳ"


def recorded(pair: Compared, words: Words, *, with_units: bool = False) -> str:
    """What was recorded, by how many of the units: ``ghi nhận 435 vụ (25/28 đơn vị)``; never “none” where some lack."""
    units = f" ({pair.of_whom})" if pair.expected > 1 or pair.unasked else ""
    if pair.recorded is None:
        return f"chưa có đủ số liệu{units}" if pair.is_nought_so_far else "chưa có số liệu"
    if pair.complete:
        if not with_units or not pair.recorded:
            return words.happened(pair.recorded)
        return f"{words.recorded} {words.first(pair.recorded)}{units}".strip()
    at_least = "" if words.recorded == OVERALL.verb and not pair.has_parts else "ít nhất "
    return f"{words.recorded} {at_least}{words.first(pair.recorded)}{units}".strip()
