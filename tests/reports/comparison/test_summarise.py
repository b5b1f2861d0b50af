"""The comparison of a period: what is added up, what is compared, and what isn't."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, fields, is_dataclass
from decimal import Decimal

import pytest
from django.urls import reverse

from cluster_portal.periods import Period
from members.models import UnitSuccession
from reports.comparison import sources
from reports.comparison.lineage import Comparability
from reports.comparison.summarise import compose, summarise
from reports.comparison.values import Coverage
from reports.content import Measure
from reports.layout.half_year_chart import draw_half_year_chart
from reports.layout.summary_tables import build_tables
from tests.support.factories import UnitFactory
from tests.support.meetings import text_of
from tests.support.reporting import DRUGS, PATROLS, THEFT, TRAFFIC, accepted_report, pair, row, the_round

pytestmark = pytest.mark.django_db

H1 = Period(2022, 1)


def summary(current=H1, **kwargs):
    return summarise(current=current, **kwargs)


def succeeds(successor, predecessor, on, is_partial=False):
    UnitSuccession.objects.create(predecessor=predecessor, successor=successor, on=on, is_partial=is_partial)


def test_the_published_table_adds_up_to_the_last_digit(unit):
    accepted_report(
        unit, "2022-H1", {THEFT: 53, "danh-bac": 127, DRUGS: 7, "moi-truong": 10, TRAFFIC: 120, "chay-no": 1}
    )
    accepted_report(
        unit, "2021-H1", {THEFT: 60, "danh-bac": 123, DRUGS: 7, "moi-truong": 10, TRAFFIC: 103, "chay-no": 0}
    )
    found = summary()
    assert pair(found.total.figures) == (318, 303)
    assert found.total.figures.cases.percent == Decimal("4.95")
    order = row(found.groups, code="trat-tu-xa-hoi")
    assert (pair(order.figures), order.figures.cases.percent) == ((180, 183), Decimal("-1.64"))
    assert row(found.categories, code=THEFT).share == Decimal("29.44")
    assert row(found.categories, code="chay-no").figures.cases.percent is None


def test_missing_is_not_zero(unit, other_unit):
    accepted_report(unit, "2022-H1", {TRAFFIC: {"cases": 4, "deaths": 0}})
    accepted_report(other_unit, "2022-H1", {TRAFFIC: {"cases": 3, "deaths": None}})
    found = summary().total.figures
    assert pair(found) == (7, None)
    assert (found[Measure.DEATHS].recorded, found[Measure.DEATHS].complete) == (None, False)
    assert found[Measure.DEATHS].missing == (other_unit.pk,)
    assert pair(found, Measure.INJURIES) == (None, None)


def test_only_accepted_figures_count(unit):
    submission = accepted_report(unit, "2022-H1", {THEFT: 4})
    submission.status, submission.accepted_version, submission.comment = "returned", None, "sai"
    submission.save()
    found = summary()
    assert pair(found.total.figures) == (None, None)
    assert found.units[0].state is Comparability.MISSING


def test_a_later_version_takes_the_place_of_the_earlier(unit):
    accepted_report(unit, "2022-H1", {THEFT: 4})
    accepted_report(unit, "2022-H1", {THEFT: 5})
    assert pair(summary().total.figures) == (5, None)


def test_coverage_counts_units_that_reported_now_then_and_both(unit, other_unit):
    silent = UnitFactory()
    accepted_report(unit, "2022-H1", {THEFT: 4})
    accepted_report(unit, "2021-H1", {THEFT: 5})
    accepted_report(other_unit, "2022-H1", {THEFT: 1})
    accepted_report(silent, "2021-H1", {THEFT: 9})
    found = summary()
    assert found.coverage == Coverage(expected=3, current=2, baseline=2, both=1, expected_base=3)
    assert [line.state for line in found.units] == [
        Comparability.REPORTED,
        Comparability.BASE_MISSING,
        Comparability.MISSING,
    ]


def test_like_for_like_takes_only_units_with_figures_in_both_periods(unit, other_unit):
    silent = UnitFactory()
    accepted_report(unit, "2022-H1", {THEFT: 4}, {PATROLS: 10})
    accepted_report(unit, "2021-H1", {THEFT: 5}, {PATROLS: 8})
    accepted_report(other_unit, "2022-H1", {THEFT: 1}, {PATROLS: 7})
    accepted_report(silent, "2021-H1", {THEFT: 9})
    found = summary()
    cases = found.total.figures.cases
    assert (cases.current, cases.base, cases.recorded, cases.recorded_base) == (4, 5, 5, 14)
    assert (cases.units, cases.missing, cases.missing_base) == (1, (silent.pk,), (other_unit.pk,))
    patrols = row(found.indicators, code=PATROLS).figure
    assert (patrols.current, patrols.base) == (10, 8)
    assert [line.is_counted for line in found.units] == [True, False, False]


def test_a_unit_without_figures_of_both_periods_shows_no_change(unit):
    accepted_report(unit, "2021-H1", {THEFT: 9})
    the_round("2022-H1")
    (line,) = summary().units
    assert (line.state, line.figures.cases.recorded_base, line.figures.cases.change) == (Comparability.MISSING, 9, None)


def test_a_unit_that_joined_after_the_base_period_is_late_not_missing(unit):
    late = UnitFactory(joined_on=dt.date(2021, 9, 1))
    for period in ("2021-H1", "2022-H1"):
        accepted_report(unit, period, {THEFT: 2})
    accepted_report(late, "2022-H1", {THEFT: 3})
    assert [line.state for line in summary().units] == [Comparability.REPORTED, Comparability.LATE_JOINED]


def test_a_successor_is_compared_with_the_units_it_wholly_took_over(unit, other_unit):
    heir = UnitFactory(joined_on=dt.date(2021, 9, 1))
    for old, cases in ((unit, 4), (other_unit, 6)):
        accepted_report(old, "2021-H1", {THEFT: cases})
        succeeds(heir, old, dt.date(2021, 9, 1))
        old.left_on = dt.date(2021, 9, 1)
        old.save()
    accepted_report(heir, "2022-H1", {THEFT: 7})
    found = summary()
    assert found.coverage == Coverage(expected=1, current=1, baseline=2, both=1, expected_base=2)
    (line,) = found.units
    assert (line.id, line.state, pair(line.figures)) == (heir.pk, Comparability.REPORTED, (7, 10))
    assert line.took_over == (unit.name, other_unit.name)


def test_a_successor_has_no_base_while_one_of_its_predecessors_figures_is_missing(unit, other_unit):
    heir = UnitFactory(joined_on=dt.date(2021, 9, 1))
    accepted_report(unit, "2021-H1", {THEFT: 4})
    for old in (unit, other_unit):
        succeeds(heir, old, dt.date(2021, 9, 1))
        old.left_on = dt.date(2021, 9, 1)
        old.save()
    accepted_report(heir, "2022-H1", {THEFT: 7})
    found = summary()
    cases = found.total.figures.cases
    assert (found.coverage.both, cases.units, cases.change) == (0, 0, None)
    assert (cases.recorded, cases.recorded_base) == (7, 4)


def test_a_unit_that_took_over_only_a_part_is_not_comparable_nor_is_the_giver(unit, other_unit):
    for each, now, then in ((unit, 4, 5), (other_unit, 6, 7)):
        accepted_report(each, "2022-H1", {THEFT: now})
        accepted_report(each, "2021-H1", {THEFT: then})
    succeeds(unit, other_unit, dt.date(2021, 9, 1), is_partial=True)
    found = summary()
    assert [line.state for line in found.units] == [Comparability.NOT_COMPARABLE] * 2
    assert [line.figures.cases.change for line in found.units] == [None, None]
    cases = found.total.figures.cases
    assert (cases.recorded, cases.recorded_base, cases.change) == (10, 12, None)


@pytest.mark.parametrize("on", [dt.date(2021, 1, 1), dt.date(2022, 7, 1)])
def test_a_partial_succession_outside_the_compared_time_changes_nothing(unit, other_unit, on):
    for each in (unit, other_unit):
        accepted_report(each, "2022-H1", {THEFT: 4})
        accepted_report(each, "2021-H1", {THEFT: 5})
    succeeds(unit, other_unit, on, is_partial=True)
    assert [line.state for line in summary().units] == [Comparability.REPORTED] * 2


def test_a_unit_said_to_be_wholly_taken_over_by_two_is_divided():
    old = UnitFactory(left_on=dt.date(2021, 9, 1))
    heirs = [UnitFactory(joined_on=dt.date(2021, 9, 1)) for _ in range(2)]
    accepted_report(old, "2021-H1", {THEFT: 8})
    for heir in heirs:
        succeeds(heir, old, dt.date(2021, 9, 1))
        accepted_report(heir, "2022-H1", {THEFT: 3})
    states = [line.state for line in summary().units]
    assert states == [Comparability.NOT_COMPARABLE, Comparability.NOT_COMPARABLE, Comparability.LEFT]


def test_a_full_year_is_both_halves_and_one_of_them_is_not_enough(unit, other_unit):
    for period, cases in (("2021-H1", 1), ("2021-H2", 2), ("2022-H1", 3), ("2022-H2", 4)):
        accepted_report(unit, period, {THEFT: cases})
    accepted_report(other_unit, "2022-H1", {THEFT: 10})
    found = summary(Period(2022))
    assert (pair(found.total.figures), found.total.figures.cases.recorded) == ((7, 3), 17)
    assert found.coverage == Coverage(expected=2, current=1, baseline=1, both=1, expected_base=2)


def test_a_merger_within_the_year_leaves_one_unit_that_reported_in_both_halves(unit):
    heir = UnitFactory(joined_on=dt.date(2022, 7, 1))
    for period, cases in (("2021-H1", 1), ("2021-H2", 2), ("2022-H1", 3)):
        accepted_report(unit, period, {THEFT: cases})
    unit.left_on = dt.date(2022, 7, 1)
    unit.save()
    succeeds(heir, unit, dt.date(2022, 7, 1))
    accepted_report(heir, "2022-H2", {THEFT: 4})
    found = summary(Period(2022))
    assert (found.coverage, pair(found.total.figures)) == (Coverage(1, 1, 1, 1, 1), (7, 3))


def test_kinds_add_up_their_units(unit):
    school = UnitFactory(kind="school")
    accepted_report(unit, "2022-H1", {THEFT: 4})
    accepted_report(school, "2022-H1", {THEFT: 3})
    assert [(kind.name, pair(kind.figures)) for kind in summary().kinds] == [
        ("commune", (4, None)),
        ("school", (3, None)),
    ]


def test_a_fall_is_good_for_thefts_bad_for_patrols_and_neither_for_drug_cases(unit):
    accepted_report(unit, "2022-H1", {THEFT: {"cases": 4, "solved": 3}, DRUGS: {"cases": 1, "solved": 1}}, {PATROLS: 5})
    accepted_report(unit, "2021-H1", {THEFT: {"cases": 5, "solved": 4}, DRUGS: {"cases": 2, "solved": 2}}, {PATROLS: 9})
    found = summary()
    theft = row(found.categories, code=THEFT)
    assert (theft.tone(Measure.CASES), theft.tone(Measure.SOLVED)) == ("good", "bad")
    assert row(found.categories, code=DRUGS).tone(Measure.CASES) == "neutral"
    assert row(found.indicators, code=PATROLS).tone == "bad"


def test_history_shows_six_half_years_with_gaps(unit):
    accepted_report(unit, "2020-H2", {THEFT: 3})
    accepted_report(unit, "2022-H1", {THEFT: 4})
    found = [(str(point.period), point.cases, point.units) for point in summary().history]
    assert found[0] == ("2019-H2", None, 0)
    assert found[2:] == [("2020-H2", 3, 1), ("2021-H1", None, 0), ("2021-H2", None, 0), ("2022-H1", 4, 1)]


def test_a_course_begins_with_the_first_figures(unit):
    accepted_report(unit, "2020-H2", {THEFT: 3})
    accepted_report(unit, "2022-H1", {THEFT: 4})
    assert [str(point.period) for point in summary().course] == ["2020-H2", "2021-H1", "2021-H2", "2022-H1"]


def test_one_half_year_is_no_course(unit):
    accepted_report(unit, "2022-H1", {THEFT: 4})
    found = summary()
    assert (found.course, build_tables(found).history.lines, draw_half_year_chart(found).bars) == ((), (), ())


def test_a_report_on_one_half_year_has_no_part_on_its_course(as_user, chair, cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 4})
    page = as_user(chair).get(reverse("reports:comparison-detail", args=[H1])).content.decode()
    printed = text_of(as_user(chair).get(reverse("reports:comparison-pdf", args=[H1])).content)
    assert "chart-heading" not in page
    assert "table-history" not in page
    assert "DIỄN BIẾN QUA CÁC KỲ" not in printed


def test_a_summary_holds_plain_values_and_is_frozen(unit):
    accepted_report(unit, "2022-H1", {THEFT: 4}, {PATROLS: 1})
    plain = (str, int, bool, Decimal, dt.date, Period, type(None))
    assert {type(value) for value in leaves(summary())} <= {*plain, Comparability, Measure}
    with pytest.raises(FrozenInstanceError):
        summary().period = None


def leaves(value):
    if isinstance(value, tuple):
        for item in value:
            yield from leaves(item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from (*leaves(key), *leaves(item))
    elif is_dataclass(value) and not isinstance(value, Period):
        for field in fields(value):
            yield from leaves(getattr(value, field.name))
    else:
        yield value


def test_any_other_half_year_can_be_the_base_but_not_a_year(unit):
    accepted_report(unit, "2022-H1", {THEFT: 4})
    accepted_report(unit, "2021-H2", {THEFT: 6})
    assert pair(summary(baseline=Period(2021, 2)).total.figures) == (4, 6)
    with pytest.raises(ValueError, match="can't be compared"):
        summary(baseline=Period(2021))


@pytest.mark.parametrize("count", [1, 3, 28])
def test_the_number_of_queries_is_independent_of_the_number_of_units(count, django_assert_num_queries):
    for unit in UnitFactory.create_batch(count):
        accepted_report(unit, "2022-H1", {THEFT: 1}, {PATROLS: 1})
        accepted_report(unit, "2021-H1", {THEFT: 1}, {PATROLS: 1})
    with django_assert_num_queries(11):
        summary()


def test_a_year_asks_no_more_queries_than_a_half_year(unit, django_assert_num_queries):
    for period in ("2021-H1", "2021-H2", "2022-H1", "2022-H2"):
        accepted_report(unit, period, {THEFT: 1})
    with django_assert_num_queries(11):
        summary(Period(2022))


def test_the_same_figures_are_put_together_once_and_changed_ones_anew(unit, django_assert_num_queries):
    accepted_report(unit, "2022-H1", {DRUGS: 3})
    first = summary()
    assert summary() is first
    unit.name = "Xã Đổi Tên"
    unit.save(update_fields=["name"])
    assert summary().units[0].name == "Xã Đổi Tên"
    found = sources.load(H1, H1.same_period_last_year, past=6)
    with django_assert_num_queries(0):
        compose.__wrapped__(found)
