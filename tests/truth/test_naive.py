"""The naive implementation is itself held to the published rows and to the sums it must keep."""

from __future__ import annotations

import datetime as dt

from hypothesis import given

from tests.truth import naive
from tests.truth.clusters import knobs, made
from tests.truth.worlds import MEASURES, Ask, Category, Group, Handover, Member, Report, Round, World

FOUNDED = dt.date(2015, 1, 1)
THEFT = Category("theft", "Trộm cắp tài sản", "order", (Ask((1975, 1), frozenset({"cases", "damage"}), True),))


def world(members, reports, handovers=(), halves=((2021, 1), (2022, 1))):
    return World(
        list(members),
        [Group("order", "Trật tự xã hội")],
        [THEFT],
        [],
        [Round(half) for half in halves],
        [
            Report(unit, half, rows={"theft": {"cases": cases, "damage": damage}})
            for unit, half, cases, damage in reports
        ],
        list(handovers),
    )


def of(found, when=(2022, 1), base=(2021, 1), measure="cases"):
    result = naive.truth(found, when, base).total.compared[measure]
    return result.current, result.base, result.change, result.percent


def test_published_rows_come_out():
    for current, base, change, percent in [
        (318, 303, 15, 495),
        (180, 183, -3, 164),
        (3558, 3334, 224, 672),
        (38, 23, 15, 6522),
        (9398, 12407, -3009, 2425),
        (1, 0, 1, None),
        (4, 4, 0, 0),
    ]:
        one = Member(1, "commune", FOUNDED)
        found = world([one], [(1, (2021, 1), base, 0), (1, (2022, 1), current, 0)])
        assert of(found) == (current, base, change, percent)
    assert naive.share(53, 180) == 2944


def test_who_did_not_report_is_on_neither_side():
    two = [Member(1, "commune", FOUNDED), Member(2, "school", FOUNDED)]
    found = world(two, [(1, (2021, 1), 5, 0), (2, (2021, 1), 9, 0), (1, (2022, 1), 4, 0)])
    assert of(found) == (4, 5, -1, 2000)
    assert naive.truth(found, (2022, 1), (2021, 1)).total.recorded["cases"].missing == {2}


def test_a_blank_takes_a_unit_out_of_that_measure_only():
    two = [Member(1, "commune", FOUNDED), Member(2, "school", FOUNDED)]
    found = world(two, [(1, (2021, 1), 5, 7), (2, (2021, 1), 9, 8), (1, (2022, 1), 4, 6), (2, (2022, 1), 1, None)])
    assert of(found) == (5, 14, -9, 6429)
    assert of(found, measure="damage") == (6, 7, -1, 1429)


def test_whole_mergers_go_on_and_partial_ones_end_it():
    day = dt.date(2021, 7, 1)
    three = [
        Member(1, "commune", FOUNDED, day),
        Member(2, "commune", FOUNDED, day),
        Member(3, "commune", day),
    ]
    reports = [(1, (2021, 1), 5, 0), (2, (2021, 1), 9, 0), (3, (2022, 1), 10, 0)]
    whole = [Handover(1, 3, day), Handover(2, 3, day)]
    assert of(world(three, reports, whole)) == (10, 14, -4, 2857)
    assert of(world(three, reports, [Handover(1, 3, day, partial=True), whole[1]])) == (None, None, None, None)


def test_a_year_needs_both_halves():
    one = [Member(1, "commune", FOUNDED)]
    halves = ((2021, 1), (2021, 2), (2022, 1), (2022, 2))
    all_four = [(1, half, 10, 0) for half in halves]
    assert of(world(one, all_four, halves=halves), (2022, 0), (2021, 0)) == (20, 20, 0, 0)
    assert of(world(one, all_four[:3], halves=halves), (2022, 0), (2021, 0)) == (None, None, None, None)


@given(knobs)
def test_groups_kinds_and_units_add_up(knobs):
    """Whoever is compared is in one unit's, one kind's and every group's row."""
    found = naive.truth(made(knobs), (2023, 1), (2022, 1))
    for measure in MEASURES:
        total = found.total.compared[measure]
        for rows in (found.groups, found.kinds):
            for side in ("current", "base"):
                added = sum(getattr(row.compared[measure], side) or 0 for row in rows.values())
                assert added == (getattr(total, side) or 0)
        assert sum(row.recorded[measure].value or 0 for row in found.units.values()) == (
            found.total.recorded[measure].value or 0
        )
