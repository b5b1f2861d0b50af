"""The rows of a summary, made from what was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from members.models import Unit
from reports.comparison import sources
from reports.comparison.lineage import Comparability, ComparedUnit, Lineages, families, trace
from reports.comparison.pair import share
from reports.comparison.reading import Reading
from reports.comparison.scope import Scope
from reports.comparison.sources import CategoryFacts
from reports.comparison.values import (
    CategoryRow,
    ComparedRow,
    Coverage,
    Figures,
    GroupRow,
    HalfYear,
    IndicatorRow,
    KindRow,
    LeftOut,
    Registered,
    Summary,
    UnitRow,
)
from reports.content import MEASURES, Measure


def compose_summary(found: Reading) -> Summary:
    """The summary of sources that are at hand."""
    total = found.figures()
    current, baseline = found.sources.current, found.sources.baseline
    return Summary(
        period=current,
        baseline=baseline,
        scope=found.scope,
        coverage=_coverage(found),
        total=ComparedRow(name="total", figures=total, clearance=found.clearance()),
        groups=_groups(found, total),
        kinds=_kinds(found),
        units=_units(found),
        indicators=_indicators(found),
        history=_history(found),
        registered=_registered(found),
        left_out=_left_out(found),
        unopened=tuple(half for half in current.halves if half not in found.sources.received.opened),
        lacking=found.lacking(current),
        lacking_base=found.lacking(baseline),
        incomplete_because=_incomplete_because(found),
        is_collecting=found.is_collecting,
    )


def _incomplete_because(found: Reading) -> str:
    counts = _coverage(found)
    return found.sources.closed_because if counts.current < counts.expected else ""


def _left_out(found: Reading) -> tuple[LeftOut, ...]:
    reporting = [unit for unit in found.sources.units if unit in found.compared and found.compared[unit].is_comparable]
    left = []
    for measure in MEASURES:
        taken = found.taken[measure]
        units = tuple(unit for unit in reporting if taken.units and unit not in taken.units)
        told = {category for (_unit, category), cell in found.cells.items() if any(cell.get(measure, ()))}
        categories = tuple(
            facts.code
            for facts in found.sources.categories
            if taken.units and facts.code in told and facts.code not in taken.categories
        )
        if units or categories:
            left.append(LeftOut(measure, units, categories))
    return tuple(left)


def _registered(found: Reading) -> Registered:
    counted = (cases for unit, cases in found.sources.registered.items() if unit in found.heads)
    return Registered(sum(counted), found.sources.current_starts_on, found.sources.current_ends_on)


def _coverage(found: Reading) -> Coverage:
    expected = [who for who in found.compared.values() if who.is_expected]
    then = _families_then(found)
    return Coverage(
        expected=len(expected),
        current=sum(who.has_current for who in expected),
        baseline=sum(found.sources.received.is_complete(frozenset(family), found.sources.baseline) for family in then),
        both=sum(who.has_both for who in expected),
        expected_base=len(then),
    )


def _families_then(found: Reading) -> list[set[int]]:
    """The units of the base period, as they stood at its end."""
    lineages = trace(found.sources.successions, after=found.sources.base_starts_on, until=found.sources.base_ends_on)
    known = found.sources.received.units_in(found.sources.baseline) & found.heads.keys()
    return list(families(known, lineages).values())


def _history(found: Reading) -> tuple[HalfYear, ...]:
    """The last half-years of the units looked at, with all they took over since the first of them.

    Each is read as it was beside the year before, so that it says what its own comparison says.
    """
    read = found.sources
    if not read.past:
        return ()
    lineages = trace(read.successions, after=read.past[0].current_starts_on, until=read.current_ends_on)
    return tuple(_half_year(Reading.of(past), found.scope, lineages) for past in read.past)


def _half_year(past: Reading, scope: Scope, lineages: Lineages) -> HalfYear:
    known = past.sources.units
    units = frozenset(unit for unit in past.compared if scope.takes(known[lineages.head_of(unit)]))
    cases = past.figure(Measure.CASES, units)
    return HalfYear(
        period=past.sources.current,
        cases=cases.recorded,
        units=cases.reported,
        expected=cases.expected,
        owing=tuple(known[unit].name for unit in cases.missing),
        is_a_part=cases.has_parts,
        is_nought=cases.is_nought_so_far,
    )


def _groups(found: Reading, total: Figures) -> tuple[GroupRow, ...]:
    used = {category for _unit, category in found.cells}
    return tuple(
        _group(found, members, total) for members in sources.shown_groups(found.sources.categories, used).values()
    )


def _group(found: Reading, members: list[CategoryFacts], total: Figures) -> GroupRow:
    codes = frozenset(facts.code for facts in members)
    figures = found.figures(categories=codes)
    return GroupRow(
        code=members[0].group_code,
        name=members[0].group_name,
        figures=figures,
        polarity=sources.polarity_of_group(members),
        clearance=found.clearance(categories=codes),
        share=share(figures.cases.recorded, total.cases.recorded),
        categories=tuple(_category(found, facts, figures) for facts in members),
    )


def _category(found: Reading, facts: CategoryFacts, group: Figures) -> CategoryRow:
    codes = frozenset({facts.code})
    figures = found.figures(categories=codes)
    return CategoryRow(
        code=facts.code,
        name=facts.name,
        group=facts.group_code,
        polarity=facts.polarity,
        figures=figures,
        clearance=found.clearance(categories=codes),
        share=share(figures.cases.recorded, group.cases.recorded),
    )


def _kinds(found: Reading) -> tuple[KindRow, ...]:
    members: dict[str, list[ComparedUnit]] = {kind: [] for kind in Unit.Kind.values}
    for who in found.compared.values():
        members[found.kind_of(who.unit)].append(who)
    return tuple(
        KindRow(
            name=kind,
            figures=found.figures(units=(units := frozenset(who.unit for who in standing))),
            clearance=found.clearance(units=units),
            expected=sum(who.is_expected for who in standing),
            reported=sum(who.is_expected and who.has_current for who in standing),
        )
        for kind, standing in members.items()
        if standing
    )


def _units(found: Reading) -> tuple[UnitRow, ...]:
    return tuple(_unit(found, who) for who in _in_order(found))


def _unit(found: Reading, who: ComparedUnit) -> UnitRow:
    facts, only = found.sources.units[who.unit], frozenset({who.unit})
    return UnitRow(
        id=who.unit,
        name=facts.name,
        short_name=facts.short_name,
        kind=facts.kind,
        took_over=tuple(found.sources.units[unit].name for unit in who.took_over),
        state=who.state,
        is_counted=found.is_compared(who.unit),
        lacks_base=who.was_expected and not who.has_base,
        left_within=facts.left_on is not None and facts.left_on > found.sources.current_starts_on,
        figures=found.figures(units=only),
        clearance=found.clearance(units=only),
    )


def _in_order(found: Reading) -> Iterable[ComparedUnit]:
    """The units in the order of the cluster's list, those that left last."""
    listed = [found.compared[unit] for unit in found.sources.units if unit in found.compared]
    return sorted(listed, key=lambda who: who.state is Comparability.LEFT)


def _indicators(found: Reading) -> tuple[IndicatorRow, ...]:
    used: dict[str, bool] = defaultdict(bool)
    for entry in found.sources.indicator_figures:
        used[entry.indicator] |= entry.unit in found.heads
    return tuple(
        IndicatorRow(
            code=facts.code,
            name=facts.name,
            noun=facts.noun,
            polarity=facts.polarity,
            figure=found.activity(facts.code),
        )
        for facts in found.sources.indicators
        if facts.is_active or used[facts.code]
    )
