"""The figures of a period worked out a second time, naively, from the rules of the domain.

Written from the description of the domain alone (“When data are incomplete”), without
looking at `reports.comparison`, and importing nothing of the portal: plain loops over
plain rows. Where the two disagree, one of them is wrong, and a person finds out which.

The rules, in the order of the functions:

- Half-years are cut off at 30/6 and 31/12. A unit is a member on a day by its dates. A
  report is expected of the members on the cut-off day, whether or not anybody called for it.
- A category is asked what the catalogue says, from the half-year on in which anybody uses it:
  one that nobody reported anything of in a half-year was asked of nobody. Where it is absent
  from all reports of a unit (and of whoever was merged into it) that are compared, now and
  then, it was not asked of the unit; where it is absent from some of them, it is blank there.
- What counts is what was accepted. In a report a figure is *reported* where it was
  written, or where the category had no case at all; a blank is not reported. What the
  category does not ask is neither.
- A year is its two halves: a unit has reported it where it reported every half in which
  it was a member. What was told of one half and asked of nobody in the other, in which the
  unit was a member, is no sum of a year: it is “at least”, and a nought of it says nothing.
- Units that were merged between the two periods are one *block*. A block can be compared
  where nothing but whole handovers happened in it: nobody in it joined with an area of
  their own, nobody left for nowhere, no part of a unit was moved.
- For each measure one set of blocks is compared: those that can be, and that left no
  asked figure of it blank in either period. Current, base and change are of that set, in
  the total as in every group, category, kind and unit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tests.truth.worlds import MEASURES, Half, Report, When, World

NOBODY: frozenset[int] = frozenset()
#: Worked out once for a world, which nobody changes; without it sixty units take minutes.
remembered = lru_cache(maxsize=20_000)


# -- days and membership


def cut_off(half: Half) -> dt.date:
    year, number = half
    return dt.date(year, 6, 30) if number == 1 else dt.date(year, 12, 31)


def first_day(half: Half) -> dt.date:
    year, number = half
    return dt.date(year, 1 if number == 1 else 7, 1)


def is_between(day: dt.date, base: When, when: When) -> bool:
    """Whether a handover on the day tells the two periods apart: after the first day of the base."""
    return first_day(halves(base)[0]) < day <= cut_off(halves(when)[-1])


def halves(when: When) -> list[Half]:
    year, number = when
    return [(year, 1), (year, 2)] if number == 0 else [(year, number)]


@remembered
def members_on(world: World, day: dt.date) -> set[int]:
    found = set()
    for member in world.members:
        if member.joined <= day and (member.left is None or member.left > day):
            found.add(member.id)
    return found


def expected(world: World, when: When) -> set[int]:
    """Whoever was a member at the cut-off of a half of the period."""
    found = set()
    for half in halves(when):
        found |= members_on(world, cut_off(half))
    return found


@remembered
def accepted_report(world: World, unit: int, half: Half) -> Report | None:
    for report in world.reports:
        if report.unit == unit and report.half == half and report.accepted:
            return report
    return None


def has_reported(world: World, unit: int, when: When) -> bool:
    """Whether the unit has an accepted report on every half it was a member in, and on one at least."""
    owed = [half for half in halves(when) if unit in members_on(world, cut_off(half))]
    for half in owed:
        if accepted_report(world, unit, half) is None:
            return False
    return len(owed) > 0


def reporting(world: World, when: When) -> set[int]:
    return {unit for unit in expected(world, when) if has_reported(world, unit, when)}


# -- what is asked, what is answered


def has_any(row: dict[str, int | None]) -> bool:
    return any(value is not None for value in row.values())


@remembered
def asked(world: World, code: str, half: Half) -> tuple[frozenset[str], bool]:
    """The measures the category asks in the half-year, and whether it is investigated."""
    if not any(
        report.half == half and report.accepted and has_any(report.rows.get(code, {})) for report in world.reports
    ):
        return frozenset(), False
    return listed(world, code, half)


def listed(world: World, code: str, half: Half) -> tuple[frozenset[str], bool]:
    """The same by the catalogue alone, whether or not anybody uses the category."""
    for category in world.categories:
        if category.code == code:
            found = None
            for ask in category.asks:
                if ask.since <= half and (found is None or ask.since > found.since):
                    found = ask
            if found is None:
                return frozenset(), False
            return found.measures, found.investigated
    raise LookupError(code)


def is_asked(world: World, code: str, measure: str, when: When) -> bool:
    """Whether it is asked in every half of the period."""
    return all(measure in asked(world, code, half)[0] for half in halves(when))


def answer(report: Report, code: str, measure: str) -> int | None:
    """What the report says; None is not reported. Where there was no case, there was nothing of a case."""
    row = report.rows.get(code, {})
    if row.get(measure) is not None:
        return row[measure]
    if measure != "cases" and row.get("cases") == 0:
        return 0
    return None


@remembered
def tells_of(world: World, unit: int, code: str, periods: tuple[When, When]) -> bool:
    """Whether the unit, or one it was merged with, has any figure of the category in any of the compared halves."""
    for one in parts_of(world, {stands_for(world, unit, *periods)}, *periods):
        for half in [*halves(periods[0]), *halves(periods[1])]:
            report = accepted_report(world, one, half)
            if report is not None and has_any(report.rows.get(code, {})):
                return True
    return False


def left_blank(world: World, unit: int, half: Half, measure: str, codes: list[str], periods: tuple[When, When]) -> bool:
    """Whether a figure of the measure that was asked of the unit is missing in its report."""
    report = accepted_report(world, unit, half)
    for code in codes:
        if (
            measure in asked(world, code, half)[0]
            and tells_of(world, unit, code, periods)
            and (report is None or answer(report, code, measure) is None)
        ):
            return True
    return False


# -- who can be compared


@remembered
def blocks(world: World, when: When, base: When) -> list[set[int]]:
    """The units, those together that handed over to one another between the first day and the last."""
    found = [{member.id} for member in world.members]
    for handover in world.handovers:
        if is_between(handover.on, base, when):
            together = set()
            apart = []
            for block in found:
                if handover.old in block or handover.new in block:
                    together |= block
                else:
                    apart.append(block)
            found = [*apart, together]
    return found


def can_be_compared(world: World, block: set[int], when: When, base: When) -> bool:
    """Whether the block stood for one and the same area at every cut-off of both periods."""
    first, last = cut_off(halves(base)[0]), cut_off(halves(when)[-1])
    for handover in world.handovers:
        if (
            is_between(handover.on, base, when)
            and handover.partial
            and (handover.old in block or handover.new in block)
        ):
            return False
    for member in world.members:
        if member.id in block:
            if first < member.joined <= last and not _took_over(world, member.id, member.joined):
                return False
            if member.left and first < member.left <= last and not _handed_over(world, member.id, member.left):
                return False
    return all(block & members_on(world, cut_off(half)) for half in [*halves(base), *halves(when)])


def _took_over(world: World, unit: int, on: dt.date) -> bool:
    return any(handover.new == unit and handover.on == on and not handover.partial for handover in world.handovers)


def _handed_over(world: World, unit: int, on: dt.date) -> bool:
    return any(handover.old == unit and handover.on == on and not handover.partial for handover in world.handovers)


def has_block_reported(world: World, block: set[int], when: When) -> bool:
    for half in halves(when):
        for unit in block & members_on(world, cut_off(half)):
            if accepted_report(world, unit, half) is None:
                return False
    return True


def block_left_blank(
    world: World, block: set[int], when: When, measure: str, codes: list[str], periods: tuple[When, When]
) -> bool:
    for half in halves(when):
        for unit in block & members_on(world, cut_off(half)):
            if left_blank(world, unit, half, measure, codes, periods):
                return True
    return False


@remembered
def compared_codes(world: World, measure: str, when: When, base: When) -> list[str]:
    """The categories that ask the measure in both periods; nothing can be said of a change in the others."""
    return [
        category.code
        for category in world.categories
        if is_asked(world, category.code, measure, when) and is_asked(world, category.code, measure, base)
    ]


@remembered
def compared_blocks(world: World, measure: str, when: When, base: When) -> list[set[int]]:
    """The one set of blocks the measure is compared over."""
    codes = compared_codes(world, measure, when, base)
    found = []
    for block in blocks(world, when, base):
        if (
            can_be_compared(world, block, when, base)
            and has_block_reported(world, block, when)
            and has_block_reported(world, block, base)
            and not block_left_blank(world, block, when, measure, codes, (when, base))
            and not block_left_blank(world, block, base, measure, codes, (when, base))
        ):
            found.append(block)
    return found


@remembered
def stands_for(world: World, unit: int, when: When, base: When) -> int:
    """The unit that the unit has become a part of by the end of the period; itself, where it was merged into none."""
    for handover in world.handovers:
        if is_between(handover.on, base, when) and not handover.partial and handover.old == unit:
            return stands_for(world, handover.new, when, base)
    return unit


def standing(world: World, units: set[int], when: When, base: When) -> set[int]:
    """The units with those that were merged counted as what they became."""
    return {stands_for(world, unit, when, base) for unit in units}


def parts_of(world: World, units: set[int], when: When, base: When) -> set[int]:
    """The units and whoever was merged into them."""
    return {member.id for member in world.members if stands_for(world, member.id, when, base) in units}


def reported_both(world: World, when: When, base: When, units: set[int]) -> set[int]:
    """The units that, with whoever was merged into them, reported both periods, whether or not they compare."""
    found = set()
    for unit in units & members_on(world, cut_off(halves(when)[-1])):
        parts = parts_of(world, {unit}, when, base)
        owed = [parts & members_on(world, cut_off(half)) for half in [*halves(base), *halves(when)]]
        if all(owed) and has_block_reported(world, parts, when) and has_block_reported(world, parts, base):
            found.add(unit)
    return found


def reasons(world: World, unit: int, when: When, base: When) -> set[str]:
    """All that may be said of why the unit, with those merged into it, isn't compared."""
    first, last = cut_off(halves(base)[0]), cut_off(halves(when)[-1])
    (block,) = (block for block in blocks(world, when, base) if unit in block)
    found = set()
    if not has_block_reported(world, block, when):
        found.add("missing")
    if not has_block_reported(world, block, base):
        found.add("base missing")
    for member in world.members:
        if member.id in block:
            if first < member.joined <= last and not _took_over(world, member.id, member.joined):
                found |= {"area"} if len(block) > 1 else set()
                found |= _late(world, unit, base, last)
            if member.left and first < member.left <= last and not _handed_over(world, member.id, member.left):
                found.add("left")
    for handover in world.handovers:
        if (
            is_between(handover.on, base, when)
            and handover.partial
            and (handover.old in block or handover.new in block)
        ):
            found.add("area")
    return found | _of_parts(world, unit, parts_of(world, {unit}, when, base), when, base)


def _of_parts(world: World, unit: int, parts: set[int], when: When, base: When) -> set[str]:
    """What may be said of a unit with those that were merged into it: nothing reported at all, or left."""
    found = set()
    if not _any_reported(world, parts, when):
        found.add("wholly missing")
    if not _any_reported(world, parts, base):
        found.add("base wholly missing")
    if not parts & members_on(world, cut_off(halves(when)[-1])):
        (left,) = (member.left for member in world.members if member.id == unit)
        found.add("left in the period" if left and left > first_day(halves(when)[0]) else "gone")
    return found


def _any_reported(world: World, units: set[int], when: When) -> bool:
    return any(accepted_report(world, unit, half) is not None for unit in units for half in halves(when))


def lacking_base(world: World, units: set[int], when: When, base: When) -> set[int]:
    """Who owes a report of the base, or was merged of one that does."""
    found = set()
    for unit in units:
        for half in halves(base):
            for one in parts_of(world, {unit}, when, base) & members_on(world, cut_off(half)):
                if accepted_report(world, one, half) is None:
                    found.add(unit)
    return found


def _late(world: World, unit: int, base: When, last: dt.date) -> set[str]:
    """Whether the unit itself joined after the base, or within it."""
    (joined,) = (member.joined for member in world.members if member.id == unit)
    found = {"joined in a year or later"} if cut_off(halves(base)[0]) < joined <= last else set()
    return found | ({"joined later"} if cut_off(halves(base)[-1]) < joined <= last else set())


# -- sums


@dataclass(frozen=True)
class Recorded:
    """What was reported by all: a sum (None: by nobody), and who of those expected is missing in it."""

    value: int | None
    missing: frozenset[int]
    is_asked: bool = True
    #: The sum of those units only that owe nothing in it.
    of_whole: int | None = None
    #: Whether anybody told anything, be it a nought that is not all.
    told: bool = True
    #: The halves of a year in which nobody was asked some of what was told of the other half; and by whom it was.
    unasked: frozenset[Half] = frozenset()
    of_a_half: frozenset[int] = NOBODY
    #: Who told some of it, be it a nought.
    told_by: frozenset[int] = NOBODY

    @property
    def holds_others(self) -> bool:
        """Whether some of it was told by one that is missing with another part."""
        return bool(self.told_by & self.missing)

    @property
    def complete(self) -> bool:
        return not self.missing and not self.unasked and (self.value is not None or not self.is_asked)


@dataclass(frozen=True)
class Compared:
    """Current and base of the same units; both None where there are no such units."""

    current: int | None
    base: int | None
    units: frozenset[int] = NOBODY

    @property
    def change(self) -> int | None:
        if self.current is None or self.base is None:
            return None
        return self.current - self.base

    @property
    def percent(self) -> int | None:
        """Hundredths of a per cent, rounded half up, without a sign; None on a base of nought."""
        if self.change is None or not self.base:
            return None
        return half_up(abs(self.change) * 10_000, self.base)


def half_up(numerator: int, denominator: int) -> int:
    """The quotient to the nearest whole number; halves go up."""
    return (2 * numerator + denominator) // (2 * denominator)


def said(total: int | None, missing: Collection[object]) -> int | None:
    """Nothing at all, and none of what is not all there, are both no figure."""
    return None if missing and not total else total


def recorded(
    world: World, when: When, periods: tuple[When, When], measure: str, codes: list[str], units: set[int]
) -> Recorded:
    """The sum of what the units reported of the categories; who has sent no report owes all that is listed."""
    total, missing, unasked, of_a_half, told_by = None, set(), set(), set(), set()
    for half in halves(when):
        for unit in units & members_on(world, cut_off(half)):
            report = accepted_report(world, unit, half)
            for code in codes:
                if report is None and measure in listed(world, code, half)[0]:
                    missing.add(unit)
                if report is not None and measure in asked(world, code, half)[0]:
                    value = answer(report, code, measure)
                    if value is None and tells_of(world, unit, code, periods):
                        missing.add(unit)
                    elif value is not None:
                        total = (total or 0) + value
                        told_by.add(unit)
                        family = parts_of(world, {stands_for(world, unit, *periods)}, *periods)
                        others = other_halves_unasked(world, family, code, measure, when, half)
                        unasked |= others
                        of_a_half |= {unit} if others else set()
    is_asked = any(measure in listed(world, code, half)[0] for code in codes for half in halves(when))
    return Recorded(
        said(total, [*missing, *unasked]),
        frozenset(missing),
        is_asked,
        told=total is not None,
        unasked=frozenset(unasked),
        of_a_half=frozenset(of_a_half),
        told_by=frozenset(told_by),
    )


def other_halves_unasked(world: World, family: set[int], code: str, measure: str, when: When, told: Half) -> set[Half]:
    """The other half of a year, if the category was not asked the measure in it, though the family was there."""
    found = set()
    for half in halves(when):
        if half != told and measure not in asked(world, code, half)[0] and family & members_on(world, cut_off(half)):
            found.add(half)
    return found


def sum_of_block(world: World, block: set[int], when: When, measure: str, codes: list[str]) -> int:
    total = 0
    for half in halves(when):
        for unit in block & members_on(world, cut_off(half)):
            report = accepted_report(world, unit, half)
            for code in codes:
                if report is not None:
                    total += answer(report, code, measure) or 0
    return total


def compared(world: World, when: When, base: When, measure: str, codes: list[str], units: set[int]) -> Compared:
    """Over the blocks whose members at the last cut-off are among `units`."""
    codes = [code for code in codes if code in compared_codes(world, measure, when, base)]
    last = cut_off(halves(when)[-1])
    current, before, counted = 0, 0, set()
    for block in compared_blocks(world, measure, when, base):
        standing = block & members_on(world, last)
        if standing and standing <= units:
            current += sum_of_block(world, block, when, measure, codes)
            before += sum_of_block(world, block, base, measure, codes)
            counted |= standing
    told = any(tells_of(world, unit, code, (when, base)) for unit in counted for code in codes)
    if not counted or not told:
        return Compared(None, None)
    return Compared(current, before, frozenset(counted))


# -- indicators: the same with one figure a report


def indicator_recorded(world: World, when: When, code: str, units: set[int]) -> Recorded:
    total, missing, told_by = None, set(), set()
    for half in halves(when):
        for unit in units & members_on(world, cut_off(half)):
            report = accepted_report(world, unit, half)
            value = None if report is None else report.indicators.get(code)
            if value is None:
                missing.add(unit)
            else:
                total = (total or 0) + value
                told_by.add(unit)
    return Recorded(said(total, missing), frozenset(missing), told=total is not None, told_by=frozenset(told_by))


def indicator_compared(world: World, when: When, base: When, code: str, units: set[int]) -> Compared:
    last = cut_off(halves(when)[-1])
    sums, counted = {when: 0, base: 0}, set()
    for block in blocks(world, when, base):
        standing = block & members_on(world, last)
        if not standing or not standing <= units or not can_be_compared(world, block, when, base):
            continue
        values = {when: [], base: []}
        for period in (when, base):
            for half in halves(period):
                for unit in block & members_on(world, cut_off(half)):
                    report = accepted_report(world, unit, half)
                    values[period].append(None if report is None else report.indicators.get(code))
        if None in values[when] or None in values[base]:
            continue
        counted |= standing
        for period in (when, base):
            sums[period] += sum(values[period])
    if not counted:
        return Compared(None, None)
    return Compared(sums[when], sums[base], frozenset(counted))


# -- rates and shares


@dataclass(frozen=True)
class Rate:
    """Solved of all cases, over the rows of investigated categories in which both are reported."""

    solved: int
    cases: int

    @property
    def percent(self) -> int | None:
        return half_up(self.solved * 10_000, self.cases) if self.cases else None


def clearance(world: World, when: When, codes: list[str], units: set[int]) -> Rate:
    solved, cases = 0, 0
    for half in halves(when):
        for unit in units & members_on(world, cut_off(half)):
            report = accepted_report(world, unit, half)
            for code in codes:
                measures, investigated = asked(world, code, half)
                if report is None or not investigated or "solved" not in measures:
                    continue
                if answer(report, code, "solved") is not None and answer(report, code, "cases") is not None:
                    solved += answer(report, code, "solved")
                    cases += answer(report, code, "cases")
    return Rate(solved, cases)


def share(part: int | None, whole: int | None) -> int | None:
    """Hundredths of a per cent; None where there is no whole."""
    return half_up(part * 10_000, whole) if part is not None and whole else None


def one_period_categories(world: World, when: When, base: When, only: set[int] | None) -> dict[str, set[str]]:
    """In each measure that is compared, the categories that are not, although there are figures of it."""
    everybody = standing(world, {member.id for member in world.members}, when, base)
    everybody = everybody if only is None else everybody & only
    parts = parts_of(world, everybody, when, base)
    codes = [category.code for category in world.categories]
    found: dict[str, set[str]] = {measure: set() for measure in MEASURES}
    for measure in MEASURES:
        if compared(world, when, base, measure, codes, parts).units:
            for code in set(codes) - set(compared_codes(world, measure, when, base)):
                for half in [*halves(when), *halves(base)]:
                    for report in world.reports:
                        is_counted = report.accepted and report.half == half and report.unit in parts
                        if is_counted and measure in asked(world, code, half)[0] and answer(report, code, measure):
                            found[measure].add(code)
    return found


# -- half-years one after the other


def past_halves(when: When, length: int = 6) -> list[Half]:
    """The last half-years up to the end of the period, oldest first."""
    found = [halves(when)[-1]]
    while len(found) < length:
        year, number = found[0]
        found.insert(0, (year, 1) if number == 2 else (year - 1, 2))
    return found


def half_year(world: World, half: Half, past: list[Half], only: set[int] | None) -> tuple[int, int, Recorded]:
    """How many have told all cases of the half-year, how many were to, and the cases, as beside the year before.

    Of `only` with whom they took over since the first of `past`.
    """
    units = set()
    for unit in members_on(world, cut_off(half)):
        if only is None or stands_for(world, unit, past[-1], past[0]) in only:
            units.add(unit)
    codes = [category.code for category in world.categories]
    found = recorded_by_heads(world, half, (half, year_before(half)), "cases", codes, units)
    return len(units - found.missing) if found.told else 0, len(units), found


def of_a_course(
    world: World, when: When, span: tuple[When, When], measure: str, codes: list[str], only: set[int] | None
) -> Recorded:
    """What was recorded of a period in a span of several, its first and last; units that merge in it are one."""
    sums: dict[int, int] = {}
    missing, told, unasked, of_a_half = set(), False, set(), set()
    for half in halves(when):
        for unit in members_on(world, cut_off(half)):
            head = stands_for(world, unit, span[1], span[0])
            if only is not None and head not in only:
                continue
            report = accepted_report(world, unit, half)
            for code in codes:
                if report is None and measure in listed(world, code, half)[0]:
                    missing.add(head)
                if report is not None and measure in asked(world, code, half)[0]:
                    value = answer(report, code, measure)
                    if value is not None:
                        sums[head], told = sums.get(head, 0) + value, True
                        family = parts_of(world, {head}, span[1], span[0])
                        others = other_halves_unasked(world, family, code, measure, when, half)
                        unasked |= others
                        of_a_half |= {head} if others else set()
                    elif family_tells(world, head, code, when, span):
                        missing.add(head)
    total = sum(sums.values()) if told else None
    whole = sum(value for head, value in sums.items() if head not in missing | of_a_half)
    is_asked = any(measure in listed(world, code, half)[0] for code in codes for half in halves(when))
    return Recorded(
        said(total, [*missing, *unasked]),
        frozenset(missing),
        is_asked,
        whole,
        told,
        frozenset(unasked),
        told_by=frozenset(sums),
    )


def year_before(when: When) -> When:
    return when[0] - 1, when[1]


def family_tells(world: World, head: int, code: str, when: When, span: tuple[When, When]) -> bool:
    """Whether the family has a figure of the category in the period or the year before, as beside its usual base."""
    for member in world.members:
        if stands_for(world, member.id, span[1], span[0]) == head:
            for half in [*halves(when), *halves(year_before(when))]:
                report = accepted_report(world, member.id, half)
                if report is not None and has_any(report.rows.get(code, {})):
                    return True
    return False


def course_reports(
    world: World, when: When, span: tuple[When, When], measure: str, only: set[int] | None
) -> tuple[set[int], set[int]]:
    """Who was to report a period of a span, and who has told all of a measure, merged units as one."""
    expected = set()
    for half in halves(when):
        for unit in members_on(world, cut_off(half)):
            head = stands_for(world, unit, span[1], span[0])
            if only is None or head in only:
                expected.add(head)
    found = of_a_course(world, when, span, measure, [category.code for category in world.categories], only)
    return expected, expected - found.missing if found.told else set()


def is_half_silent(world: World, when: When, span: tuple[When, When], only: set[int] | None) -> bool:
    """Whether a half of the period is not there of those looked at."""
    parts = parts_of(world, {member.id for member in world.members} if only is None else only, span[1], span[0])
    return len(silent_halves(world, when, parts)) > 0


def silent_halves(world: World, when: When, units: set[int]) -> list[Half]:
    """The halves that none of the units has reported; not those in which none of them was a member, though others were.

    Where none of them was a member in any half, there is nothing to tell of all of it.
    """
    found, nobody_there = [], True
    for half in halves(when):
        there = units & members_on(world, cut_off(half))
        nobody_there = nobody_there and not there
        heard_of_them = any(accepted_report(world, unit, half) is not None for unit in there)
        heard = any(accepted_report(world, unit, half) is not None for unit in members_on(world, cut_off(half)))
        if not heard_of_them and (there or not heard):
            found.append(half)
    return halves(when) if nobody_there else found


# -- the state of a period


def state(world: World, when: When) -> str:
    """``none``, ``open``, ``collecting`` or ``complete``; a year is complete where both halves are."""
    states = []
    for half in halves(when):
        called = [one for one in world.rounds if one.half == half]
        if not called:
            states.append("none")
        elif not any(accepted_report(world, unit, half) for unit in members_on(world, cut_off(half))):
            states.append("open")
        elif called[0].closed or all(accepted_report(world, unit, half) for unit in members_on(world, cut_off(half))):
            states.append("complete")
        else:
            states.append("collecting")
    if all(one == "complete" for one in states):
        return "complete"
    return "none" if all(one == "none" for one in states) else "collecting"


# -- a meeting


@dataclass(frozen=True)
class Attendance:
    """Each of those invited is exactly one of these; their sum is the number invited."""

    in_person: int = 0
    represented: int = 0
    absent_with_notice: int = 0
    absent_without: int = 0


def attendance(ticks: list[str]) -> Attendance:
    counts = dict.fromkeys(("in_person", "represented", "absent_with_notice", "absent_without"), 0)
    for tick in ticks:
        counts[tick] += 1
    return Attendance(**counts)


# -- the whole, row by row


@dataclass
class Row:
    recorded: dict[str, Recorded] = field(default_factory=dict)
    base_recorded: dict[str, Recorded] = field(default_factory=dict)
    compared: dict[str, Compared] = field(default_factory=dict)


@dataclass
class Truth:
    """All that can be said of a period beside its base: by row, by measure."""

    total: Row
    groups: dict[str, Row]
    categories: dict[str, Row]
    kinds: dict[str, Row]
    units: dict[int, Row]
    indicators: dict[str, tuple[Recorded, Recorded, Compared]]
    rate: Rate
    expected: set[int]
    reporting: set[int]
    base_expected: set[int]
    base_reporting: set[int]
    #: Of those expected, by the kind of unit.
    kinds_expected: dict[str, set[int]]
    group_of: dict[str, str]
    reported_both: set[int]
    #: Those of them that can be compared.
    comparable: set[int]
    reasons: dict[int, set[str]]
    lacking_base: set[int]
    #: The halves of the period that nobody has reported.
    silent: list[Half]
    silent_base: list[Half]


def row(world: World, when: When, base: When, codes: list[str], units: set[int]) -> Row:
    """Of the units, each with those that were merged into it."""
    units = parts_of(world, units, when, base)
    found = Row()
    for measure in MEASURES:
        found.recorded[measure] = recorded_by_heads(world, when, (when, base), measure, codes, units)
        found.base_recorded[measure] = recorded_by_heads(world, base, (when, base), measure, codes, units)
        found.compared[measure] = compared(world, when, base, measure, codes, units)
    return found


def recorded_by_heads(
    world: World, period: When, periods: tuple[When, When], measure: str, codes: list[str], units: set[int]
) -> Recorded:
    """What was recorded of a period; who is missing is named as what it became by the end of the later one."""
    found = recorded(world, period, periods, measure, codes, units)
    missing = standing(world, set(found.missing), *periods)
    in_part = missing | standing(world, set(found.of_a_half), *periods)
    whole = recorded(world, period, periods, measure, codes, units - parts_of(world, in_part, *periods))
    told_by = standing(world, set(found.told_by), *periods)
    return replace(found, missing=frozenset(missing), of_whole=whole.value, told_by=frozenset(told_by))


def indicator_row(
    world: World, when: When, base: When, code: str, units: set[int]
) -> tuple[Recorded, Recorded, Compared]:
    units = parts_of(world, units, when, base)
    now, before = indicator_recorded(world, when, code, units), indicator_recorded(world, base, code, units)
    missing = standing(world, now.missing, when, base)
    whole = indicator_recorded(world, when, code, units - parts_of(world, missing, when, base))
    return (
        replace(_by_heads(world, now, when, base), of_whole=whole.value),
        _by_heads(world, before, when, base),
        indicator_compared(world, when, base, code, units),
    )


def _by_heads(world: World, found: Recorded, when: When, base: When) -> Recorded:
    missing, told_by = (frozenset(standing(world, units, when, base)) for units in (found.missing, found.told_by))
    return replace(found, missing=missing, told_by=told_by)


def truth(world: World, when: When, base: When, only: set[int] | None = None) -> Truth:
    """Of all units, or only of those named (and of whoever was merged into them)."""
    everybody = standing(world, {member.id for member in world.members}, when, base)
    if only is not None:
        everybody &= only
    all_parts = parts_of(world, everybody, when, base)
    codes = [category.code for category in world.categories]
    of_kind = {
        kind: {member.id for member in world.members if member.kind == kind and member.id in everybody}
        for kind in sorted({member.kind for member in world.members if member.id in everybody})
    }
    expected_now = standing(world, expected(world, when) & all_parts, when, base)
    missing_now = {unit for unit in expected(world, when) & all_parts if not has_reported(world, unit, when)}
    # Of the base it is told who there was at its end.
    expected_then = standing(world, expected(world, base) & all_parts, base, base)
    missing_then = {unit for unit in expected(world, base) & all_parts if not has_reported(world, unit, base)}
    return Truth(
        total=row(world, when, base, codes, everybody),
        groups={
            group.code: row(
                world,
                when,
                base,
                [category.code for category in world.categories if category.group == group.code],
                everybody,
            )
            for group in world.groups
        },
        categories={code: row(world, when, base, [code], everybody) for code in codes},
        kinds={kind: row(world, when, base, codes, units) for kind, units in of_kind.items()},
        units={unit: row(world, when, base, codes, {unit}) for unit in sorted(everybody)},
        indicators={
            indicator.code: indicator_row(world, when, base, indicator.code, everybody)
            for indicator in world.indicators
        },
        rate=clearance(world, when, codes, all_parts),
        expected=expected_now,
        reporting=expected_now - standing(world, missing_now, when, base),
        base_expected=expected_then,
        base_reporting=expected_then - standing(world, missing_then, base, base),
        kinds_expected={kind: units & expected_now for kind, units in of_kind.items()},
        group_of={category.code: category.group for category in world.categories},
        reported_both=reported_both(world, when, base, all_parts),
        comparable={
            unit
            for unit in reported_both(world, when, base, all_parts)
            for block in blocks(world, when, base)
            if unit in block and can_be_compared(world, block, when, base)
        },
        lacking_base=lacking_base(world, everybody, when, base),
        reasons={unit: reasons(world, unit, when, base) for unit in all_parts},
        silent=silent_halves(world, when, all_parts),
        silent_base=silent_halves(world, base, all_parts),
    )
