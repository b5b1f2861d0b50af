"""A place among the others: ties, medians, and when there is none because it would tell on somebody."""

from decimal import Decimal

import pytest

from cluster_portal.periods import Period
from reports.comparison.ranking import Among, Rank, RankedBy, Withheld, median, rank_among, rankings
from reports.comparison.summarise import summarise
from tests.support.factories import UnitFactory
from tests.support.reporting import THEFT, accepted_report

H1 = Period(2022, 1)


def cluster_of(*cases, kind="commune", base=None):
    """Units with these cases, and all of them with `base` cases a year before; the first unit is returned."""
    units = UnitFactory.create_batch(len(cases), kind=kind)
    for unit, now in zip(units, cases, strict=True):
        accepted_report(unit, "2022-H1", {THEFT: now})
        if base is not None:
            accepted_report(unit, "2021-H1", {THEFT: base})
    return units[0]


def found(unit, figure=RankedBy.CASES, among=Among.CLUSTER):
    told = {(item.figure, item.among): item.found for item in rankings(summarise(current=H1), unit.pk)}
    return told.get((figure, among))


@pytest.mark.parametrize(
    ("values", "middle"),
    [([3], "3"), ([9, 1, 5], "5"), ([1, 2, 3, 4], "2.5"), ([4, 0, 0, 4], "2"), ([-3, -2], "-2.5")],
)
def test_the_median_is_the_value_in_the_middle(values, middle):
    assert median(values) == Decimal(middle)


def test_the_smallest_figure_stands_first():
    assert rank_among(5, [9, 1, 7, 3, 8]).place == 3


def test_ties_share_the_better_place():
    assert [rank_among(own, [2, 4, 4, 4, 9, 1]).place for own in (4, 5)] == [3, 6]
    assert [rank_among(own, [2, 4, 4, 4, 9, 1]).is_shared for own in (4, 5)] == [True, False]


def test_everybodys_sheet_gives_the_same_median():
    figures = [3, 8, 1, 9, 12, 40]
    assert {rank_among(own, [v for v in figures if v != own]).median for own in figures} == {Decimal("8.5")}


def test_a_place_counts_all_units_with_figures(db):
    unit = cluster_of(5, 9, 1, 7, 3, 8)
    UnitFactory()
    assert found(unit) == Rank(own=5, place=3, out_of=6, is_shared=False, median=Decimal(6))


def test_a_change_is_placed_from_the_largest_fall(db):
    unit = cluster_of(12, 9, 1, 7, 3, 20, base=10)
    assert found(unit, RankedBy.CHANGE) == Rank(own=2, place=5, out_of=6, is_shared=False, median=Decimal(-2))


def test_with_fewer_than_five_other_units_there_is_none(db):
    unit = cluster_of(5, 9, 1, 7, 3)
    assert found(unit) is Withheld.TOO_FEW
    cluster_of(2)
    assert isinstance(found(unit), Rank)


def test_units_without_a_base_do_not_count_for_the_change(db):
    unit = cluster_of(12, 9, 1, 7, 3, base=10)
    cluster_of(4)
    assert (found(unit).out_of, found(unit, RankedBy.CHANGE)) == (6, Withheld.TOO_FEW)


def test_a_unit_without_the_figure_has_no_place(db):
    cluster_of(5, 9, 1, 7, 3, 8)
    assert found(UnitFactory()) is Withheld.OWN_MISSING


def test_among_its_kind_a_unit_has_a_place_of_its_own(db):
    unit = cluster_of(5, 9, 1, 7, 3, 8)
    cluster_of(0, 0, 0, 0, 0, kind="school")
    assert (found(unit).place, found(unit).out_of) == (8, 11)
    assert (found(unit, among=Among.KIND).place, found(unit, among=Among.KIND).out_of) == (3, 6)


def test_the_only_unit_of_another_kind_is_not_given_away_by_two_places(db):
    unit = cluster_of(5, 9, 1, 7, 3, 8)
    cluster_of(4, kind="school")
    assert found(unit, among=Among.KIND) is Withheld.OTHER_KINDS_TOO_FEW


def test_a_kind_with_too_few_units_has_no_places(db):
    cluster_of(5, 9, 1, 7, 3, 8)
    assert found(cluster_of(4, 6, kind="school"), among=Among.KIND) is Withheld.TOO_FEW


def test_where_all_units_are_of_one_kind_a_place_is_told_once(db):
    unit = cluster_of(5, 9, 1, 7, 3, 8)
    assert found(unit, among=Among.KIND) is None


def test_one_case_more_than_all_the_others_would_tell_that_they_had_none(db):
    unit = cluster_of(1, 0, 0, 0, 0, 0)
    assert found(unit) is Withheld.TELLING


def test_two_places_would_tell_that_all_other_kinds_had_none(db):
    unit = cluster_of(1, 9, 2, 7, 3, 8)
    cluster_of(0, 0, 0, 0, 0, kind="school")
    assert isinstance(found(unit), Rank)
    assert found(unit, among=Among.KIND) is Withheld.TELLING
