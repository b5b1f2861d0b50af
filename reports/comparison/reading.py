"""The sources read: who is compared with whom in which measure, and what each unit told.

In each measure one set of units is compared, and one of categories: the units that told
all that was asked of it in both periods, over the categories that asked it in both. So
the rows of a table add up, and three figures that stand together are of the same units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cluster_portal.periods import Period
from reports.comparison.asking import Questions
from reports.comparison.lineage import ComparedUnit, Lineages, areas_moved, compared_units, trace
from reports.comparison.pair import Compared, add
from reports.comparison.scope import WHOLE_CLUSTER, Scope
from reports.comparison.sources import ActivityFigure, CaseFigures, Sources
from reports.comparison.values import Clearance, Figures
from reports.content import MEASURES, Measure

Sides = tuple[int | None, int | None]
#: The halves of a year that are not in a figure, by unit that stands for others and category.
Unasked = Mapping[tuple[int, str], Mapping[Measure, Set[Period]]]
#: What a cell of a table is of: both periods as compared, or as recorded.
SIDES = ("current", "base", "recorded", "recorded_base")


@dataclass(frozen=True)
class Taken:
    """The units, by the one that stands for each, and the categories that are compared in a measure."""

    units: Set[int]
    categories: Set[str]


@dataclass(frozen=True)
class Reading:
    """The sources, with each unit's standing settled. `blanks` and `cells` are by unit that stands for others."""

    sources: Sources
    compared: Mapping[int, ComparedUnit]
    heads: Mapping[int, int]
    scope: Scope
    questions: Questions
    blanks: tuple[Mapping[int, Set[tuple[str, Measure]]], Mapping[int, Set[tuple[str, Measure]]]]
    taken: Mapping[Measure, Taken]
    cells: Mapping[tuple[int, str], Mapping[Measure, Sides]]
    unasked: tuple[Unasked, Unasked]
    is_collecting: bool = False

    @classmethod
    def of(
        cls,
        found: Sources,
        *,
        scope: Scope = WHOLE_CLUSTER,
        lineages: Lineages | None = None,
        is_collecting: bool = False,
    ) -> Reading:
        """Read the sources; units that merged between both periods, or in `lineages`, count as one.

        Nobody is compared in a period that is still being collected.
        """
        lineages = lineages or trace(found.successions, after=found.base_starts_on, until=found.current_ends_on)
        scope = scope.settled(found.units, lineages)
        who = compared_units(found.received, lineages, _moved(found), current=found.current, baseline=found.baseline)
        compared = {head: unit for head, unit in who.items() if scope.takes(found.units[head])}
        heads = {member: head for head, unit in compared.items() for member in (head, *unit.took_over)}
        questions = Questions.of(found.categories, found.halves, found.figures)
        blanks = _blanks(found, heads, questions, found.current), _blanks(found, heads, questions, found.baseline)
        return cls(
            sources=found,
            compared=compared,
            heads=heads,
            scope=scope,
            questions=questions,
            blanks=blanks,
            taken={
                measure: Taken(frozenset(), frozenset())
                if is_collecting
                else _taken(measure, found, compared, questions, blanks)
                for measure in MEASURES
            },
            is_collecting=is_collecting,
            cells=_cells(found, heads, questions),
            unasked=(
                _unasked(found, heads, questions, found.current),
                _unasked(found, heads, questions, found.baseline),
            ),
        )

    @property
    def categories(self) -> frozenset[str]:
        return frozenset(facts.code for facts in self.sources.categories)

    def is_compared(self, unit: int, measure: Measure = Measure.CASES) -> bool:
        return self.heads.get(unit) in self.taken[measure].units

    def kind_of(self, unit: int) -> str:
        return self.sources.units[self.heads[unit]].kind

    def lacking(self, period: Period) -> tuple[Period, ...]:
        """The halves without any accepted report of the units looked at.

        A half in which none of them was a member, while others were, lacks nothing of
        them; a period in which none was in any half has nothing at all.
        """
        accepted, expected = self.sources.received.accepted, self.sources.received.expected
        if not any(expected[half] & self.heads.keys() for half in period.halves):
            return period.halves
        return tuple(
            half
            for half in period.halves
            if not accepted[half] & self.heads.keys() and (expected[half] & self.heads.keys() or not accepted[half])
        )

    def figure(self, measure: Measure, units: Set[int]) -> Compared:
        """One measure of some units, by the one that stands for each, over all categories."""
        cells = {place: cell for place, cell in self.cells.items() if place[0] in units}
        return self._pair(measure, units, self.categories, cells)

    def figures(self, units: Set[int] | None = None, categories: Set[str] | None = None) -> Figures:
        """The sums over some units, by the one that stands for each, and some categories; over all unless told."""
        units = self.compared.keys() if units is None else units
        categories = self.categories if categories is None else categories
        cells = {place: cell for place, cell in self.cells.items() if place[0] in units and place[1] in categories}
        return Figures.by(lambda measure: self._pair(measure, units, categories, cells))

    def _pair(
        self,
        measure: Measure,
        units: Set[int],
        categories: Set[str],
        cells: Mapping[tuple[int, str], Mapping[Measure, Sides]],
    ) -> Compared:
        found = {place: cell[measure] for place, cell in cells.items() if measure in cell}
        taken = self.taken[measure]
        of_both = [
            sides for (unit, category), sides in found.items() if unit in taken.units and category in taken.categories
        ]
        missing = self._missing(0, measure, units, categories)
        missing_base = self._missing(1, measure, units, categories)
        told_now = [now for now, _then in found.values() if now is not None]
        told_then = [then for _now, then in found.values() if then is not None]
        unasked, unasked_base = self._unasked(0, measure, found), self._unasked(1, measure, found)
        recorded = sum_told(told_now, (*missing, *unasked))
        recorded_base = sum_told(told_then, (*missing_base, *unasked_base))
        holds_others = any(unit in missing and now is not None for (unit, _category), (now, _then) in found.items())
        return Compared(
            current=add(now for now, _then in of_both) if taken.units else recorded,
            base=add(then for _now, then in of_both) if taken.units else None,
            recorded=recorded,
            recorded_base=recorded_base,
            units=len(taken.units & units),
            expected=sum(self.compared[unit].is_expected for unit in units),
            expected_base=sum(self.compared[unit].was_expected for unit in units),
            missing=missing,
            missing_base=missing_base,
            is_nought_so_far=recorded is None and bool(told_now),
            is_nought_so_far_base=recorded_base is None and bool(told_then),
            has_parts=bool(unasked) or holds_others,
            holds_others=holds_others,
            holds_others_base=any(
                unit in missing_base and then is not None for (unit, _category), (_now, then) in found.items()
            ),
            unasked=unasked,
            unasked_base=unasked_base,
            asked=self.questions.lists(categories, measure, self.sources.current),
            asked_base=self.questions.lists(categories, measure, self.sources.baseline),
            fewer_categories=any(
                sides != (None, None) for place, sides in found.items() if place[1] not in taken.categories
            ),
            of_all_with_both=taken.units & units == self._with_both(units, missing, missing_base),
        )

    def _with_both(self, units: Iterable[int], *missing: Iterable[int]) -> Set[int]:
        """Of the units, those that were to tell both periods and are missing in neither."""
        asked = {unit for unit in units if self.compared[unit].is_expected and self.compared[unit].was_expected}
        return asked.difference(*missing)

    def _missing(self, side: int, measure: Measure, units: Set[int], categories: Set[str]) -> tuple[int, ...]:
        """The units that owe a part of a sum of this (0) or the other (1) period."""
        blanks, period = self.blanks[side], (self.sources.current, self.sources.baseline)[side]
        asking = {half for half in period.halves if self.questions.lists(categories, measure, half)}
        return tuple(
            unit
            for unit in self.sources.units
            if unit in units
            and (
                self._debts[side][unit] & asking
                or (blanks[unit] and any((category, measure) in blanks[unit] for category in categories))
            )
        )

    def _unasked(self, side: int, measure: Measure, places: Iterable[tuple[int, str]]) -> tuple[Period, ...]:
        """The halves of a year that some of what was recorded is not of, as nobody was asked."""
        found = self.unasked[side]
        return tuple(sorted({half for place in places for half in found.get(place, {}).get(measure, ())}))

    def _owed(self, head: int, period: Period) -> Set[Period]:
        return self.sources.received.owed({head, *self.compared[head].took_over}, period)

    @cached_property
    def _debts(self) -> tuple[Mapping[int, Set[Period]], ...]:
        """The halves each owes: of this period, and of the other."""
        periods = (self.sources.current, self.sources.baseline)
        return tuple({head: self._owed(head, period) for head in self.compared} for period in periods)

    def clearance(self, units: Set[int] | None = None, categories: Set[str] | None = None) -> Clearance | None:
        """The solved among the cases of investigated categories, row by row where both are reported."""
        units = self.compared.keys() if units is None else units
        categories = self.categories if categories is None else categories
        known = [row for head, category, *row in self._investigated if head in units and category in categories]
        return Clearance(sum(solved for solved, _ in known), sum(cases for _, cases in known)) if known else None

    @cached_property
    def _investigated(self) -> tuple[tuple[int, str, int, int], ...]:
        """Unit that stands for it, category, solved and cases of each row of which its clearance can be told."""
        halves, found = self.sources.current.halves, []
        for entry in self.sources.figures:
            place = (entry.category, entry.half)
            if entry.half not in halves or entry.unit not in self.heads or place not in self.questions.investigated:
                continue
            answers = self.questions.answers(entry)
            solved, cases = answers.get(Measure.SOLVED), answers.get(Measure.CASES)
            if solved is not None and cases is not None:
                found.append((self.heads[entry.unit], entry.category, solved, cases))
        return tuple(found)

    def behind(self, measure: Measure, side: str) -> Iterator[tuple[CaseFigures, int | None]]:
        """The rows that add up to the sums of a side, each with its figure."""
        found, taken = self.sources, self.taken[measure]
        period = found.current if side in ("current", "recorded") else found.baseline
        only_taken = side in ("current", "base") and bool(taken.units)
        for entry in found.figures:
            answers = self.questions.answers(entry)
            if entry.unit not in self.heads or entry.half not in period.halves or measure not in answers:
                continue
            if not only_taken or (self.heads[entry.unit] in taken.units and entry.category in taken.categories):
                yield entry, answers[measure]

    # --- activities ----------------------------------------------------------------------

    def activity(self, code: str) -> Compared:
        """An indicator over all units; it is asked in a half-year if somebody reported it."""
        found = self.sources
        entries = [entry for entry in found.indicator_figures if entry.indicator == code and entry.unit in self.heads]
        told = {(entry.unit, entry.half) for entry in entries if entry.value is not None}
        owing = tuple(unit for unit in self._expected if self._leaves_blank(unit, told, found.current))
        owing_base = tuple(unit for unit in self._expected_base if self._leaves_blank(unit, told, found.baseline))
        told_now, told_then = self._told(entries, self.compared.keys())
        now, then = sum_told(told_now, owing), sum_told(told_then, owing_base)
        taken = self.taken_by_activity(code)
        current, base = map(add, self._told(entries, taken)) if taken else (now, None)
        holds_others = any(self.heads[unit] in owing for unit, half in told if half in found.current.halves)
        return Compared(
            current=current,
            base=base,
            recorded=now,
            recorded_base=then,
            units=len(taken),
            expected=len(self._expected),
            expected_base=len(self._expected_base),
            missing=owing,
            missing_base=owing_base if told_then else (),
            is_nought_so_far=now is None and bool(told_now),
            is_nought_so_far_base=then is None and bool(told_then),
            has_parts=holds_others,
            holds_others=holds_others,
            holds_others_base=any(
                self.heads[unit] in owing_base for unit, half in told if half in found.baseline.halves
            ),
            of_all_with_both=taken == self._with_both(self.compared, owing, owing_base),
        )

    def taken_by_activity(self, code: str) -> Set[int]:
        """The units that told an indicator in all of both periods."""
        found = self.sources
        told = {
            (entry.unit, entry.half)
            for entry in found.indicator_figures
            if entry.indicator == code and entry.value is not None
        }
        comparable = [head for head, who in self.compared.items() if who.is_comparable and not self.is_collecting]
        return {
            head
            for head in comparable
            if not any(self._leaves_blank(head, told, period) for period in (found.current, found.baseline))
        }

    @property
    def _expected(self) -> list[int]:
        return [unit for unit in self.sources.units if unit in self.compared and self.compared[unit].is_expected]

    @property
    def _expected_base(self) -> list[int]:
        return [unit for unit in self.sources.units if unit in self.compared and self.compared[unit].was_expected]

    def _leaves_blank(self, head: int, told: Set[tuple[int, Period]], period: Period) -> bool:
        """Whether there is a half in which the unit, or one it took over, was to report and did not tell."""
        family, expected = {head, *self.compared[head].took_over}, self.sources.received.expected
        return any((unit, half) not in told for half in period.halves for unit in expected[half] & family)

    def _told(self, entries: Iterable[ActivityFigure], heads: Set[int]) -> tuple[list[int], list[int]]:
        inside = [entry for entry in entries if self.heads[entry.unit] in heads]
        told = [(entry.half, entry.value) for entry in inside if entry.value is not None]
        now = [value for half, value in told if half in self.sources.current.halves]
        return now, [value for half, value in told if half in self.sources.baseline.halves]


def sum_told(values: Iterable[int | None], missing: Collection[object]) -> int | None:
    """The sum of what was reported; a nought that somebody owes a part of says nothing."""
    found = add(values)
    return None if missing and not found else found


def _moved(found: Sources) -> Set[int]:
    """The units whose area is not the same in both periods; who reported the base's first half was there already."""
    came, went = areas_moved(
        found.units.values(), found.successions, after=found.base_cut_off_on, until=found.current_ends_on
    )
    return (came - found.received.accepted[found.baseline.halves[0]]) | went


def _blanks(
    found: Sources, heads: Mapping[int, int], questions: Questions, period: Period
) -> Mapping[int, Set[tuple[str, Measure]]]:
    """What each unit and those it took over left blank in their accepted reports of a period.

    A category none of them told anything of, in either period, was not asked of them.
    """
    told = {(heads[entry.unit], entry.category) for entry in found.figures if entry.unit in heads and entry.is_told}
    reports = [(unit, half) for half in period.halves for unit in found.received.accepted[half] if unit in heads]
    entries = [entry for entry in found.figures if entry.half in period.halves]
    blanks: dict[int, set[tuple[str, Measure]]] = defaultdict(set)
    for (unit, _half), left in questions.blanks(entries, reports).items():
        blanks[heads[unit]] |= {blank for blank in left if (heads[unit], blank[0]) in told}
    return defaultdict(set, blanks)


def _unasked(found: Sources, heads: Mapping[int, int], questions: Questions, period: Period) -> Unasked:
    """The half of a year in which nobody was asked what a unit told of the other, though it was a member."""
    expected = found.received.expected
    there = {half: {heads[unit] for unit in expected[half] if unit in heads} for half in period.halves}
    halves: dict[tuple[int, str], dict[Measure, set[Period]]] = defaultdict(lambda: defaultdict(set))
    for entry in found.figures:
        if entry.unit not in heads or entry.half not in period.halves or not period.is_full_year:
            continue
        head = heads[entry.unit]
        for measure, value in questions.answers(entry).items():
            if value is not None:
                silent = {half for half in period.halves if measure not in questions.of_half(entry.category, half)}
                halves[head, entry.category][measure] |= {half for half in silent if head in there[half]}
    return halves


def _taken(
    measure: Measure,
    found: Sources,
    compared: Mapping[int, ComparedUnit],
    questions: Questions,
    blanks: Iterable[Mapping[int, Set[tuple[str, Measure]]]],
) -> Taken:
    categories = {
        facts.code
        for facts in found.categories
        if questions.asks(facts.code, measure, found.current) and questions.asks(facts.code, measure, found.baseline)
    }
    units = {
        head
        for head, who in compared.items()
        if categories
        and who.is_comparable
        and not any((category, measure) in side[head] for side in blanks for category in categories)
    }
    family = {unit for head in units for unit in (head, *compared[head].took_over)}
    is_told = any(entry.unit in family and entry.category in categories and entry.is_told for entry in found.figures)
    return Taken(units if is_told else set(), categories)


def _cells(
    found: Sources, heads: Mapping[int, int], questions: Questions
) -> Mapping[tuple[int, str], Mapping[Measure, Sides]]:
    """What was recorded of each unit and category, in this period and in the other."""
    halves: tuple[Callable[[Period], bool], ...] = (
        found.current.halves.__contains__,
        found.baseline.halves.__contains__,
    )
    sums: dict[tuple[int, str], dict[Measure, tuple[list[Any], list[Any]]]] = defaultdict(
        lambda: defaultdict(lambda: ([], []))
    )
    for entry in found.figures:
        if entry.unit in heads:
            for measure, value in questions.answers(entry).items():
                for side, is_of in enumerate(halves):
                    if is_of(entry.half):
                        sums[heads[entry.unit], entry.category][measure][side].append(value)
    return {
        place: {measure: (add(now), add(then)) for measure, (now, then) in by_measure.items()}
        for place, by_measure in sums.items()
    }
