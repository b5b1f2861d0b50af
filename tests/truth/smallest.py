"""The smallest world that still shows a fault: whatever it does not need is taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from hypothesis import Phase, settings

from tests.truth.worlds import Handover, Indicator, Report, Round, When, World

#: Knobs say little of what in a cluster is at fault; `smallest` takes the place of shrinking.
unshrunk = settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))


def smallest_fault(world: World, when: When, base: When, false_in: Callable[[World, When, When], list[str]]) -> str:
    """The first fault, told in the smallest world that has one like it; empty where all is true."""
    faults = false_in(world, when, base)
    if not faults:
        return ""
    like = skeleton(faults[0])
    world = smallest(world, lambda smaller: like in map(skeleton, false_in(smaller, when, base)))
    fault = next(fault for fault in false_in(world, when, base) if skeleton(fault) == like)
    return f"{fault}\n{when} against {base} in {world}"


def skeleton(fault: str) -> str:
    """The fault without its figures and rows."""
    return re.sub(r"\d[\d.,]*|[(){}\[\],]|-|(unit|group|category|kind|indicator)\.[\w-]+|None|set", "", fault)


def smallest(world: World, fails: Callable[[World], bool]) -> World:
    """Take out one thing after the other for as long as `fails` still holds."""
    shrunk = True
    while shrunk:
        shrunk = False
        for smaller in _smaller(world):
            if fails(smaller):
                world, shrunk = smaller, True
                break
    return world


def _smaller(world: World) -> Iterator[World]:
    yield from _fewer_members(world)
    for category in world.categories:
        if len(world.categories) > 1:
            yield _without_category(world, category.code)
    for name in ("rounds", "indicators", "handovers"):
        for thing in getattr(world, name):
            yield _without(world, name, thing)
    for place, report in enumerate(world.reports):
        yield world.with_reports(world.reports[:place] + world.reports[place + 1 :])
        for simpler in _simpler(report):
            yield world.with_reports([*world.reports[:place], simpler, *world.reports[place + 1 :]])


def _fewer_members(world: World) -> Iterator[World]:
    """Without a half of them, a quarter …, one."""
    size = len(world.members) // 2
    while size:
        for start in range(0, len(world.members), size):
            yield _without_members(world, {member.id for member in world.members[start : start + size]})
        size //= 2


def _without(world: World, name: str, thing: Round | Indicator | Handover) -> World:
    reports = world.reports
    if isinstance(thing, Round):
        reports = [report for report in reports if report.half != thing.half]
    if isinstance(thing, Indicator):
        reports = [_without_indicator(report, thing.code) for report in reports]
    return replace(world, reports=reports, **{name: [one for one in getattr(world, name) if one != thing]})


def _simpler(report: Report) -> Iterator[Report]:
    for code, row in report.rows.items():
        for measure, value in row.items():
            for less in (0, 1):
                if value is not None and value > less and not (measure == "cases" and less < _most_of(row)):
                    yield replace(report, rows={**report.rows, code: {**row, measure: less}})
    for code, value in report.indicators.items():
        if value:
            yield replace(report, indicators={**report.indicators, code: 0})


def _most_of(row: dict[str, int | None]) -> int:
    return max((row.get(measure) or 0) for measure in row if measure != "cases") if len(row) > 1 else 0


def _without_members(world: World, units: set[int]) -> World:
    return replace(
        world,
        members=[member for member in world.members if member.id not in units],
        handovers=[one for one in world.handovers if not {one.old, one.new} & units],
        reports=[report for report in world.reports if report.unit not in units],
    )


def _without_indicator(report: Report, code: str) -> Report:
    return replace(report, indicators={name: value for name, value in report.indicators.items() if name != code})


def _without_category(world: World, code: str) -> World:
    categories = [category for category in world.categories if category.code != code]
    return replace(
        world,
        categories=categories,
        groups=[group for group in world.groups if any(one.group == group.code for one in categories)],
        reports=[
            replace(report, rows={name: row for name, row in report.rows.items() if name != code})
            for report in world.reports
        ],
    )
