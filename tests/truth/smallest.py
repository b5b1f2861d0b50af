"""The smallest world that still shows a fault: whatever it does not need is taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.truth.worlds import Report, World


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
    for member in world.members:
        yield _without_member(world, member.id)
    for category in world.categories:
        if len(world.categories) > 1:
            yield _without_category(world, category.code)
    for name in ("rounds", "indicators", "handovers"):
        things = getattr(world, name)
        for place in range(len(things)):
            left = things[:place] + things[place + 1 :]
            if name == "rounds":
                reports = [report for report in world.reports if report.half != things[place].half]
                yield replace(world, rounds=left, reports=reports)
            else:
                yield replace(world, **{name: left})
    for place, report in enumerate(world.reports):
        yield world.with_reports(world.reports[:place] + world.reports[place + 1 :])
        for simpler in _simpler(report):
            yield world.with_reports([*world.reports[:place], simpler, *world.reports[place + 1 :]])


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


def _without_member(world: World, unit: int) -> World:
    return replace(
        world,
        members=[member for member in world.members if member.id != unit],
        handovers=[one for one in world.handovers if unit not in (one.old, one.new)],
        reports=[report for report in world.reports if report.unit != unit],
    )


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
