"""The figures of a summary held against the naive result: each row, each measure, every part of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cluster_portal.periods import Period
from reports.comparison.lineage import Succession
from reports.comparison.pair import Compared
from reports.comparison.values import Summary
from reports.content import Measure
from tests.truth import naive
from tests.truth.plain import PlainCategory, PlainReport, PlainUnit, compare
from tests.truth.worlds import MEASURES, When, World


def plainly(world: World) -> World:
    """As the engine names things without a database: by their codes; the catalogue as it always was."""
    return replace(
        world,
        groups=[replace(one, name=one.code) for one in world.groups],
        categories=[replace(one, name=one.code, asks=one.asks[:1]) for one in world.categories],
        indicators=[replace(one, name=one.code, noun="buổi") for one in world.indicators],
    )


def summary_of(world: World, when: When, base: When) -> Summary:
    """By the portal's own rules, without its database."""
    return compare(
        current=Period(*when),
        baseline=Period(*base),
        units=[PlainUnit(one.id, one.kind, one.joined, one.left, one.name) for one in world.members],
        categories=[
            PlainCategory(one.code, one.group, frozenset(map(Measure, one.asks[0].measures)), one.asks[0].investigated)
            for one in world.categories
        ],
        reports=[
            PlainReport(
                one.unit,
                Period(*one.half),
                {code: {Measure(name): value for name, value in row.items()} for code, row in one.rows.items()},
                one.indicators,
            )
            for one in world.reports
            if one.accepted
        ],
        successions=[Succession(one.old, one.new, one.on, one.partial) for one in world.handovers],
        indicators=[one.code for one in world.indicators],
        opened=[Period(*one.half) for one in world.rounds],
    )


def false_figures(summary: Summary, truth: naive.Truth) -> Iterator[str]:
    for address, figures, row in _rows(summary, truth):
        for name in MEASURES:
            whole = truth.total.compared[name]
            yield from _false_figure(
                f"{address}.{name}",
                figures[Measure(name)],
                row.recorded[name],
                row.base_recorded[name],
                row.compared[name],
                whole,
            )
    for found in summary.indicators:
        recorded, base, compared = truth.indicators[found.code]
        yield from _false_figure(f"indicator.{found.code}", found.figure, recorded, base, compared, compared)
    yield from _false_counts(summary, truth)


def _rows(summary: Summary, truth: naive.Truth):
    yield "total", summary.total.figures, truth.total
    yield from ((f"group.{row.code}", row.figures, truth.groups[row.code]) for row in summary.groups)
    yield from ((f"category.{row.code}", row.figures, truth.categories[row.code]) for row in summary.categories)
    yield from ((f"kind.{row.name}", row.figures, truth.kinds[row.name]) for row in summary.kinds)
    yield from ((f"unit.{row.id}", row.figures, truth.units[row.id]) for row in summary.units)


def _false_figure(
    where: str,
    found: Compared,
    recorded: naive.Recorded,
    base: naive.Recorded,
    compared: naive.Compared,
    whole: naive.Compared,
) -> Iterator[str]:
    if not recorded.is_asked:
        if found.asked or found.recorded is not None or found.change is not None:
            yield f"{where}: says {found}, it isn't asked"
        return
    said = {
        "recorded": found.recorded,
        "missing": set(found.missing),
        "unasked": {(half.year, half.half) for half in found.unasked},
        "unasked base": {(half.year, half.half) for half in found.unasked_base},
        "complete": found.complete,
        "recorded base": found.recorded_base,
        "missing base": set(found.missing_base),
        "units": found.units if found.change is not None else 0,
        "current": found.current,
        "base": found.base,
        "change": found.change,
        "percent": None if found.percent is None else abs(int(found.percent * 100)),
    }
    true = {
        "recorded": recorded.value,
        "missing": set(recorded.missing),
        "unasked": set(recorded.unasked),
        "unasked base": set(base.unasked),
        "complete": recorded.complete,
        "recorded base": base.value,
        "missing base": set(base.missing),
        "units": len(compared.units),
        "current": compared.current if whole.units else recorded.value,
        "base": compared.base,
        "change": compared.change,
        "percent": compared.percent,
    }
    # Of a base of nothing nobody asks who is missing in it.
    idle = {"missing base"} if base.value is None else set()
    for name, value in true.items():
        if name not in idle and said[name] != value:
            yield f"{where} {name}: says {said[name]}, true is {value}"


def _false_counts(summary: Summary, truth: naive.Truth) -> Iterator[str]:
    counts = summary.coverage
    said = (counts.expected, counts.current, counts.both)
    true = (len(truth.expected), len(truth.reporting), len(truth.reported_both))
    if said != true:
        yield f"coverage (expected, reported, both): says {said}, true is {true}"
    rate = summary.total.clearance
    if (rate.solved, rate.cases) != (truth.rate.solved, truth.rate.cases) if rate else truth.rate.cases:
        yield f"clearance: says {rate}, true is {truth.rate}"
