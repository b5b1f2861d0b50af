"""No figure and no sentence of a trend, of a unit's sheet, of a home page or of a meeting's summary is false."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_portal.periods import Period
from members.models import Unit
from reports.comparison.scope import WHOLE_CLUSTER, Scope
from reports.comparison.trend import trend
from reports.content import Measure
from reports.layout.trend_tables import build_trend_table, draw_trend_charts, trend_notes
from reports.sheets.layout import layout
from reports.sheets.sheet import build_sheet
from tests.truth import naive
from tests.truth.clusters import knobs
from tests.truth.courses import false_sheet, false_trend
from tests.truth.smallest import unshrunk
from tests.truth.stored import store
from tests.truth.test_kept import (
    FOUR,
    a_category_left_out_of_a_report,
    cluster,
    damage_asked_in_one_half,
    first_told_in_the_second_half,
    left_in_the_year,
    some_blank_in_one_category_only,
    theft,
    unit,
)
from tests.truth.test_truth import hold_true
from tests.truth.worlds import MEASURES, Handover, When, World

pytestmark = pytest.mark.django_db

STORED = max(1, settings().max_examples // 8)
SHEETS = 2


def false_courses(world: World, when: When, base: When) -> list[str]:
    """What is false in the trends up to the period: by half-years, or by years; of one measure, whichever it hits."""
    return false_courses_of(world, when, MEASURES[len(world.reports) % 3 if len(world.members) % 2 else 0])


def false_courses_of(world: World, when: When, measure: str) -> list[str]:
    found = []
    for scope, only in _scopes(world):
        until = naive.halves(when)[-1]
        by_year = when[1] == 0
        with transaction.atomic(), translation.override("vi"):
            store(world)
            shown = trend(until=Period(*until), length=4, by_year=by_year, measure=Measure(measure), scope=scope)
            laid_out = build_trend_table(shown), trend_notes(shown), draw_trend_charts(shown)
            transaction.set_rollback(True)
        periods = [(step.period.year, step.period.half) for step in shown.steps]
        found += [f"trend: {when} is not shown" for when in _left_out(periods, by_year) if naive.expected(world, when)]
        found += false_trend(*laid_out, world=world, periods=periods, measure=measure, only=only)
    return found


def _left_out(periods: list[When], by_year: bool) -> list[When]:
    """The periods before the first that is shown, of the four half-years or two years that were asked for."""
    asked = [periods[-1]]
    while len(asked) < (2 if by_year else 4):
        year, half = asked[0]
        asked.insert(0, (year - 1, 0) if by_year else (year, 1) if half == 2 else (year - 1, 2))
    return asked[: len(asked) - len(periods)]


def _scopes(world: World) -> list[tuple[Scope, set[int] | None]]:
    communes = {member.id for member in world.members if member.kind == "commune"}
    return [(WHOLE_CLUSTER, None), (Scope(kind="commune"), communes)]


def false_sheets(world: World, when: When, base: When) -> list[str]:
    """What is false on the sheets of two of the units that have reported the half-year."""
    half = naive.halves(when)[-1]
    before = (half[0] - 1, half[1])
    ready = [
        member.id
        for member in world.members
        if naive.accepted_report(world, member.id, half)
        and naive.stands_for(world, member.id, half, before) == member.id
    ][-SHEETS:]
    with transaction.atomic(), translation.override("vi"):
        store(world)
        sheets = {whose: layout(build_sheet(Unit.objects.get(pk=whose), Period(*half))) for whose in ready}
        transaction.set_rollback(True)
    return [fault for whose, sheet in sheets.items() for fault in false_sheet(sheet, world, whose, half, before)]


@settings(unshrunk, max_examples=STORED)
@given(knobs, st.data())
def test_every_figure_of_a_trend_is_true(knobs, data):
    hold_true(false_courses, knobs, data)


@settings(unshrunk, max_examples=STORED)
@given(knobs, st.data())
def test_every_figure_of_a_units_sheet_is_true(knobs, data):
    hold_true(false_sheets, knobs, data)


def a_part_moved_before_the_base() -> World:
    """Unit 1 gave unit 2 a part early in the first half-year of the trend: it compares a year later all the same."""
    halves = [(year, half) for year in (2022, 2023) for half in (1, 2)]
    reports = [theft(one, half, 5 + one) for one in (1, 2, 3) for half in halves]
    part = Handover(1, 2, dt.date(2022, 3, 1), partial=True)
    return cluster([unit(1), unit(2), unit(3)], reports, rounds=tuple(halves), handovers=(part,))


def a_category_left_blank_by_who_reported() -> World:
    """Two reports of three, one of them without accidents: “2/3” stood over the accidents of one."""
    world = some_blank_in_one_category_only()
    return replace(world, members=[*world.members, unit(4)])


def solved_left_blank_by_one_of_three() -> World:
    """“Số đơn vị có số liệu 3/3” over the solved cases of two."""
    reports = [theft(one, half, 4, solved=3) for one in (1, 2) for half in FOUR]
    reports += [theft(3, half, 4, solved=None if half >= (2023, 1) else 2) for half in FOUR]
    return cluster([unit(1), unit(2), unit(3)], reports, rounds=FOUR)


@pytest.mark.parametrize(
    "world",
    [
        a_part_moved_before_the_base,
        a_category_left_blank_by_who_reported,
        a_category_left_out_of_a_report,
        damage_asked_in_one_half,
        first_told_in_the_second_half,
        left_in_the_year,
        solved_left_blank_by_one_of_three,
    ],
)
@pytest.mark.parametrize("until", [(2023, 1), (2023, 2)])
def test_a_trend_that_was_false_is_true_now(world, until):
    assert false_courses(world(), until, (until[0] - 1, until[1])) == []


def test_every_measure_of_a_trend_counts_who_told_it():
    """The trends of random clusters take one measure each."""
    world = solved_left_blank_by_one_of_three()
    faults = [fault for measure in MEASURES for fault in false_courses_of(world, (2023, 1), measure)]
    assert faults == []


def test_a_sheet_says_at_least_where_its_comparison_does():
    """“Báo cáo qua các kỳ: 2” under “ít nhất 02 vụ”."""
    assert false_sheets(a_category_left_out_of_a_report(), (2023, 1), (2022, 1)) == []
