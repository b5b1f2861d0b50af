"""What is said where data are missing: each is a sentence that was once printed and false."""

import datetime as dt
from decimal import Decimal

import pytest

from cluster_portal.periods import Period
from reports.comparison.lineage import Comparability
from reports.content import Measure
from reports.prose import narrative, phrases
from tests.support.reporting import row
from tests.truth.plain import PlainCategory, PlainReport, PlainUnit, compare

NOW, THEN = Period(2022, 1), Period(2021, 1)
THEFT = PlainCategory("theft", "order", frozenset({Measure.CASES, Measure.SOLVED, Measure.PERSONS, Measure.DAMAGE}))
TRAFFIC = PlainCategory("traffic", "roads", frozenset({Measure.CASES, Measure.DEATHS}), is_investigated=False)


def report(unit, half, *, activities=None, **figures):
    """`theft=5` or `theft={"cases": 5, "solved": 3}`."""
    named = {code: given if isinstance(given, dict) else {"cases": given} for code, given in figures.items()}
    values = {code: {Measure(name): value for name, value in given.items()} for code, given in named.items()}
    return PlainReport(unit, half, values, activities or {})


def compared(*reports, units=3, categories=(THEFT, TRAFFIC), **kwargs):
    members = [PlainUnit(number) for number in range(1, units + 1)] if isinstance(units, int) else units
    return compare(**{"current": NOW, "units": members, "categories": categories, "reports": reports, **kwargs})


def text(summary):
    return "\n".join(line for passage in narrative.narrative(summary) for line in passage.paragraphs)


def whole(half, cases, *units):
    full = {"cases": cases, "solved": 1, "persons": 3, "damage": 10}
    return [report(unit, half, theft=full, traffic=0) for unit in units]


def test_blank_persons_and_damage_of_a_theft_are_not_none():
    blank = {"cases": 5, "solved": 1, "persons": None, "damage": None}
    found = compared(*whole(THEN, 4, 1), report(1, NOW, theft=blank, traffic=0), units=1)
    persons = found.total.figures[Measure.PERSONS]
    assert (persons.recorded, persons.change, persons.complete, persons.missing) == (None, None, False, (1,))
    assert "không có đối tượng" not in text(found)
    assert "thiệt hại" not in text(found)


def test_a_sum_with_a_blank_part_is_at_least_and_carries_no_change():
    blank = {"cases": 5, "solved": 1, "persons": None, "damage": 10}
    found = compared(*whole(THEN, 4, 1, 2), report(1, NOW, theft=blank, traffic=0), *whole(NOW, 4, 2), units=2)
    told = "xử lý ít nhất 03 đối tượng (1/2 đơn vị); trong 01 đơn vị có số liệu cả hai kỳ: 03 đối tượng, bằng cùng kỳ"
    assert told in text(found)
    assert "Đối tượng: không so sánh 01 đơn vị để trống số liệu: Đơn vị 1." in text(found)


def test_a_blank_on_either_side_takes_the_unit_out_of_that_measure_in_all_categories():
    blank = {"cases": 5, "solved": None, "persons": 3, "damage": 10}
    found = compared(report(1, THEN, theft=blank, traffic=0), *whole(THEN, 4, 2), *whole(NOW, 6, 1, 2), units=2)
    figures = found.total.figures
    assert (figures[Measure.SOLVED].units, figures.cases.units) == (1, 2)
    assert [figures[Measure.SOLVED].current, figures[Measure.SOLVED].base] == [1, 1]
    for measure in (Measure.CASES, Measure.SOLVED):
        assert sum(unit.figures[measure].current or 0 for unit in found.units) == figures[measure].current
        assert sum(group.figures[measure].current or 0 for group in found.groups) == figures[measure].current


def test_the_clearance_rate_is_of_investigated_cases_it_is_reported_for():
    other = PlainCategory("fraud", "order", THEFT.asks)
    theft = {"cases": 40, "solved": 30, "persons": 1, "damage": 1}
    fraud = {"cases": 10, "solved": None, "persons": 1, "damage": 1}
    found = compared(report(1, NOW, theft=theft, fraud=fraud, traffic=10), units=1, categories=(THEFT, other, TRAFFIC))
    assert (found.total.clearance.solved, found.total.clearance.cases) == (30, 40)
    assert found.total.clearance.percent == Decimal("75.00")
    assert "đạt 75,00% (30/40 vụ thuộc diện điều tra, đã có số liệu làm rõ)" in text(found)


def test_what_a_category_does_not_ask_is_neither_reported_nor_missing():
    found = compared(*whole(NOW, 4, 1), *whole(THEN, 5, 1), units=1)
    traffic = row(found.categories, code="traffic").figures
    assert [traffic[measure].asked for measure in (Measure.DEATHS, Measure.SOLVED)] == [True, False]
    assert (traffic[Measure.SOLVED].complete, traffic[Measure.SOLVED].recorded) == (True, None)


def test_partial_coverage_tells_what_was_recorded_and_what_can_be_compared():
    found = compared(*whole(NOW, 5, 1, 2), *whole(THEN, 6, 1, 3))
    assert narrative.headline(found) == (
        "6 tháng đầu năm 2022, trên địa bàn cụm ghi nhận 10 vụ việc (2/3 đơn vị); "
        "trong 01 đơn vị có số liệu cả hai kỳ: 05 vụ, giảm 01 vụ (16,67%) so với cùng kỳ năm 2021."
    )


def test_one_report_of_many_makes_no_statement_on_the_others():
    found = compared(*whole(NOW, 7, 1), *whole(THEN, 50, 1, 2, 3))
    assert (found.total.figures.cases.change, found.total.figures.cases.units) == (-43, 1)
    assert "ghi nhận 07 vụ việc (1/3 đơn vị); trong 01 đơn vị" in narrative.headline(found)


def test_an_incomplete_nought_is_never_none_happened():
    found = compared(*whole(NOW, 0, 1), *whole(THEN, 0, 2), units=2)
    assert "không xảy ra" not in text(found)
    assert "chưa có đủ số liệu (1/2 đơn vị)" in narrative.headline(found)


def test_full_coverage_reads_as_ever():
    found = compared(*whole(NOW, 5, 1, 2, 3), *whole(THEN, 6, 1, 2, 3))
    assert found.is_whole
    assert narrative.headline(found) == (
        "6 tháng đầu năm 2022, trên địa bàn cụm ghi nhận 15 vụ việc, giảm 03 vụ (16,67%) so với cùng kỳ năm 2021."
    )


def test_a_late_joiner_raises_nothing():
    units = [PlainUnit(1), PlainUnit(2, joined_on=dt.date(2021, 9, 1))]
    found = compared(*whole(NOW, 5, 1, 2), *whole(THEN, 6, 1), units=units)
    kind = found.kinds[0].figures.cases
    assert (kind.current, kind.base, kind.recorded, kind.expected_base) == (5, 6, 10, 1)
    assert found.units[1].state is Comparability.LATE_JOINED


def test_a_year_without_one_half_is_no_year():
    halves = [half for year in (2021,) for half in Period(year).halves]
    full = [entry for half in halves for entry in whole(half, 6, 1, 2)]
    found = compared(*full, *whole(NOW, 4, 1, 2), units=2, current=Period(2022))
    assert (found.has_figures, found.lacking) == (False, (Period(2022, 2),))
    assert found.total.figures.cases.change is None
    assert narrative.headline(found) == "Chưa đủ số liệu năm 2022: chưa có số liệu 6 tháng cuối năm 2022."


def test_a_half_year_is_no_base_of_a_year():
    full = [entry for half in Period(2022).halves for entry in whole(half, 6, 1)]
    found = compared(*full, *whole(THEN, 4, 1), units=1, current=Period(2022))
    assert (found.has_base, found.total.figures.cases.change) == (False, None)
    assert "chưa đủ số liệu cả hai kỳ năm 2021 để so sánh" in narrative.headline(found)


def test_a_round_that_was_never_opened_says_nothing_about_membership():
    found = compared(*whole(THEN, 4, 1, 2, 3))
    assert {unit.state for unit in found.units} == {Comparability.MISSING}
    told = " ".join(phrases.warnings(found))
    assert "Chưa mở đợt báo cáo 6 tháng đầu năm 2022" in told
    assert "thành viên" not in told
    assert "03 đơn vị" not in told


def test_members_all_along_did_not_join_after_a_base_without_a_round():
    units = [PlainUnit(number, joined_on=dt.date(2020, 3, 1)) for number in range(1, 6)]
    found = compared(*whole(Period(2025, 1), 4, 1, 2, 3, 4, 5), units=units, current=Period(2025, 1))
    assert {unit.state for unit in found.units} == {Comparability.BASE_MISSING}
    assert "tham gia" not in " ".join(phrases.warnings(found))


def test_without_any_base_it_is_said_once_and_not_beside_every_figure():
    found = compared(*whole(NOW, 5, 1, 2, 3))
    assert text(found).count("chưa có số liệu cùng kỳ") == 1
    assert "Chưa có số liệu cùng kỳ năm 2021 để so sánh." in phrases.warnings(found)


def test_a_category_in_one_period_only_is_recorded_but_not_compared():
    old = [report(unit, THEN, theft={"cases": 4, "solved": 1, "persons": 3, "damage": 1}) for unit in (1, 2)]
    new = [report(unit, NOW, theft={"cases": 4, "solved": 1, "persons": 3, "damage": 1}, traffic=3) for unit in (1, 2)]
    found = compared(*old, *new, units=2)
    cases = found.total.figures.cases
    assert (cases.current, cases.base, cases.recorded) == (8, 8, 14)
    assert "trong 02 đơn vị và các loại vụ việc so sánh được: 08 vụ, bằng" in narrative.headline(found)
    assert "Không so sánh các loại vụ việc chỉ có số liệu một kỳ: traffic." in phrases.warnings(found)


def test_activities_are_of_the_same_units_too():
    reports = [
        report(1, NOW, activities={"patrols": 10}),
        report(1, THEN, activities={"patrols": 8}),
        report(2, NOW, activities={"patrols": 7}),
        report(2, THEN, activities={"patrols": None}),
    ]
    (found,) = compared(*reports, units=2, indicators=["patrols"]).indicators
    assert (found.figure.current, found.figure.base, found.figure.recorded) == (10, 8, 17)


@pytest.mark.parametrize(("solved", "told"), [(0, "chưa làm rõ vụ nào"), (None, "chưa có đủ số liệu")])
def test_a_known_nought_is_told_and_an_unknown_is_not(solved, told):
    now = {"cases": 5, "solved": solved, "persons": 1, "damage": 1}
    found = compared(report(1, NOW, theft=now, traffic=0), report(1, THEN, theft=now, traffic=0), units=1)
    line = {"solved": found.total.figures[Measure.SOLVED]}
    assert ("chưa làm rõ vụ nào" in text(found)) == (solved == 0)
    assert (line["solved"].recorded is None) == (solved is None), told
