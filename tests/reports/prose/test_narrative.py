"""The summary in words, and as JSON: the phrasing of published reports."""

import datetime as dt
import json

import pytest

from cluster_portal.periods import Period
from members.models import UnitSuccession
from reports.comparison.summarise import summarise
from reports.files import json_file as json_export
from reports.layout.summary_tables import build_tables
from reports.prose import narrative, phrases
from tests.support.factories import UnitFactory
from tests.support.reporting import DRUGS, PATROLS, THEFT, TRAFFIC, accepted_report, row, the_round

pytestmark = pytest.mark.django_db

H1 = Period(2022, 1)


def told(code, **kwargs):
    """The paragraphs of one passage."""
    passages = narrative.narrative(summarise(current=H1, **kwargs))
    return [text for passage in passages if passage.code == code for text in passage.paragraphs]


def exported(period=H1, **kwargs):
    return json.loads(json_export.write(summarise(current=period, **kwargs)))


def test_the_headline_tells_the_period_in_one_sentence(unit):
    accepted_report(unit, "2022-H1", {THEFT: 41})
    accepted_report(unit, "2021-H1", {THEFT: 48})
    assert narrative.headline(summarise(current=H1)) == (
        "6 tháng đầu năm 2022, trên địa bàn cụm ghi nhận 41 vụ việc, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021."
    )


def test_the_headline_of_a_quiet_period(unit):
    accepted_report(unit, "2022-H1", {THEFT: 0})
    accepted_report(unit, "2021-H1", {THEFT: 0})
    assert "không ghi nhận vụ việc nào, bằng cùng kỳ năm 2021." in narrative.headline(summarise(current=H1))


def test_the_headline_without_reports_says_so(db):
    assert narrative.headline(summarise(current=H1)) == "Chưa có số liệu 6 tháng đầu năm 2022."


def test_a_full_year_is_compared_with_the_year_before(unit):
    for period, cases in (("2021-H1", 4), ("2021-H2", 4), ("2022-H1", 3), ("2022-H2", 4)):
        accepted_report(unit, period, {THEFT: cases})
    assert narrative.headline(summarise(current=Period(2022))) == (
        "Năm 2022, trên địa bàn cụm ghi nhận 07 vụ việc, giảm 01 vụ (12,50%) so với năm 2021."
    )


def test_a_group_is_told_with_its_share_and_its_most_frequent_categories(unit):
    accepted_report(unit, "2022-H1", {THEFT: 53, "danh-bac": 127, DRUGS: 138})
    accepted_report(unit, "2021-H1", {THEFT: 60, "danh-bac": 123, DRUGS: 120})
    assert told("groups")[0] == (
        "Trật tự xã hội: xảy ra 180 vụ, giảm 03 vụ (1,64%) so với cùng kỳ năm 2021, chiếm 56,60% tổng số vụ. "
        "Trong đó: đánh bạc 127 vụ (chiếm 70,56%), tăng 04 vụ (3,25%); "
        "trộm cắp tài sản 53 vụ (chiếm 29,44%), giảm 07 vụ (11,67%)."
    )


def test_traffic_accidents_are_told_by_their_three_criteria(unit):
    accepted_report(unit, "2022-H1", {TRAFFIC: {"cases": 12, "deaths": 2, "injuries": 9}})
    accepted_report(unit, "2021-H1", {TRAFFIC: {"cases": 15, "deaths": 2, "injuries": 6}})
    assert told("traffic") == [
        "Xảy ra 12 vụ, làm chết 02 người, bị thương 09 người. So với cùng kỳ năm 2021: "
        "số vụ giảm 03 vụ (20,00%), số người chết không thay đổi, số người bị thương tăng 03 người (50,00%); "
        "giảm 01 tiêu chí, tăng 01 tiêu chí."
    ]


def test_criteria_nobody_reported_are_left_out(unit):
    accepted_report(unit, "2022-H1", {TRAFFIC: {"cases": 12, "deaths": 0}})
    accepted_report(unit, "2021-H1", {TRAFFIC: {"cases": 15}})
    assert told("traffic") == [
        "Xảy ra 12 vụ, giảm 03 vụ (20,00%) so với cùng kỳ năm 2021; không có người chết, chưa có số liệu cùng kỳ."
    ]


def test_consequences_are_told_in_the_units_people_use(unit):
    figures = {"cases": 4, "solved": 3, "persons": 0, "damage": 1_250_000_000}
    accepted_report(unit, "2022-H1", {THEFT: figures})
    accepted_report(unit, "2021-H1", {THEFT: {"cases": 4, "solved": 2, "persons": 1, "damage": 1_000_000_000}})
    assert told("general")[1] == (
        "Trong đó (so với cùng kỳ năm 2021): điều tra làm rõ 03 vụ, tăng 01 vụ (50,00%); "
        "tỷ lệ làm rõ đạt 75,00% (3/4 vụ thuộc diện điều tra, đã có số liệu làm rõ); "
        "không có đối tượng, giảm 01 đối tượng (100,00%). "
        "Hậu quả: thiệt hại về tài sản 1,25 tỷ đồng, tăng 250 triệu đồng (25,00%)."
    )


def test_activities_are_told_one_by_one(unit):
    accepted_report(unit, "2022-H1", {}, {PATROLS: 120})
    accepted_report(unit, "2021-H1", {}, {PATROLS: 108})
    assert told("activities") == ["Số buổi tuần tra: 120 buổi, tăng 12 buổi (11,11%) so với cùng kỳ năm 2021."]


def test_a_fall_is_told_of_those_who_reported_while_a_unit_is_missing(unit, other_unit):
    accepted_report(unit, "2022-H1", {THEFT: 4})
    for each in (unit, other_unit):
        accepted_report(each, "2021-H1", {THEFT: 5})
    coverage, missing = told("coverage")
    assert coverage.startswith(
        "1/2 đơn vị có đủ báo cáo cả hai kỳ; 1/2 đơn vị có đủ báo cáo 6 tháng đầu năm 2022; 02 đơn vị"
    )
    assert missing == "01 đơn vị chưa có báo cáo kỳ này: Xã Thử Hai."
    assert (
        "ghi nhận 04 vụ việc (1/2 đơn vị); trong 01 đơn vị có số liệu cả hai kỳ: 04 vụ, giảm 01 vụ"
        in told("general")[0]
    )


def test_units_that_were_divided_are_named(unit, other_unit):
    for period in ("2022-H1", "2021-H1"):
        for each in (unit, other_unit):
            accepted_report(each, period, {THEFT: 5})
    UnitSuccession.objects.create(predecessor=unit, successor=other_unit, on=dt.date(2021, 9, 1), is_partial=True)
    assert "02 đơn vị không so sánh được" in " ".join(told("coverage"))


def test_like_for_like_is_said_in_headline_and_coverage(unit, other_unit):
    for each, period in ((unit, "2022-H1"), (unit, "2021-H1"), (other_unit, "2022-H1")):
        accepted_report(each, period, {THEFT: 5})
    assert "ghi nhận 10 vụ việc (2/2 đơn vị); trong 01 đơn vị có số liệu cả hai kỳ: 05 vụ, bằng" in told("general")[0]
    assert "01/02" not in told("coverage")[0]
    assert "1/2 đơn vị có đủ báo cáo cùng kỳ năm 2021" in told("coverage")[0]


def test_json_tells_each_measure_with_its_phrase(unit):
    accepted_report(unit, "2022-H1", {THEFT: {"cases": 41, "solved": 0}})
    accepted_report(unit, "2021-H1", {THEFT: {"cases": 48, "solved": 0}})
    theft = next(category for category in exported()["categories"] if category["code"] == THEFT)
    sentence = "xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021"
    assert theft["name"] == "Trộm cắp tài sản"
    assert theft["sentence"] == sentence
    halves = {"missing_halves": [], "missing_halves_base": []}
    whole = {"asked": True, "complete": True, "missing": [], "complete_base": True, "missing_base": [], **halves}
    assert theft["cases"] == {
        **{"current": 41, "base": 48, "change": -7, "percent": "-14.58", "sentence": sentence},
        **{"units": 1, "recorded": 41, "recorded_base": 48, **whole},
    }
    nothing = dict.fromkeys(("current", "base", "change", "percent", "recorded", "recorded_base"))
    assert theft["deaths"] == {**nothing, **whole, "units": 0, "asked": False, "sentence": "không thống kê"}
    owed = {"complete": False, "missing": ["Xã Thử Một"], "complete_base": False, "missing_base": ["Xã Thử Một"]}
    assert theft["damage"] == {**nothing, **owed, **halves, "units": 0, "asked": True, "sentence": "chưa có số liệu"}


@pytest.mark.parametrize(
    ("current", "base", "percent"),
    [(318, 303, "+4.95"), (4, 4, "0.00"), (1, 0, None), (9398, 12407, "-24.25"), (0, 0, None)],
)
def test_json_signs_percentages(unit, current, base, percent):
    accepted_report(unit, "2022-H1", {THEFT: current})
    accepted_report(unit, "2021-H1", {THEFT: base})
    assert exported()["total"]["cases"]["percent"] == percent


def test_json_names_periods_and_coverage(unit, other_unit):
    accepted_report(unit, "2022-H1", {THEFT: 1})
    the_round("2021-H1")
    found = exported()
    assert (found["period"], found["baseline"]) == ("2022-H1", "2021-H1")
    counts = {"expected": 2, "current": 1, "baseline": 0, "both": 0, "expected_base": 2}
    assert found["coverage"] == counts | {"incomplete_because": ""}


def test_json_tells_a_units_state(unit):
    late = UnitFactory(name="Xã đến sau", joined_on=dt.date(2021, 9, 1))
    the_round("2021-H1")
    accepted_report(late, "2022-H1", {THEFT: 1})
    states = {line["name"]: line["state"] for line in exported()["units"]}
    assert states == {"Xã Thử Một": "missing", "Xã đến sau": "late_joined"}


def test_categories_nobody_reported_are_not_noughts(unit):
    accepted_report(unit, "2022-H1", {THEFT: 1})
    drugs = row(summarise(current=H1).categories, code=DRUGS)
    assert drugs.figures.cases.current is None


def test_a_unit_that_reported_half_a_year_is_told_as_incomplete(unit, other_unit):
    accepted_report(unit, "2022-H1", {THEFT: 1})
    for half in ("2022-H1", "2022-H2"):
        accepted_report(other_unit, half, {THEFT: 1})
    assert "01 đơn vị chưa đủ báo cáo kỳ này: Xã Thử Một." in phrases.warnings(summarise(current=Period(2022)))
    lines = build_tables(summarise(current=Period(2022))).units.lines
    assert [cell.text for cell in lines[1].cells] == ["Xã Thử Một", "chưa đủ báo cáo", "≥ 1"]


def test_what_fell_to_none_among_those_compared_is_told_as_the_others_are(unit, other_unit):
    """The units compared are named once, also where none of them had a death any more."""
    for each, now, before in ((unit, (4, 0, 3, 0), (5, 2, 1, 7)), (other_unit, (2, 1, 1, 5), None)):
        for period, values in (("2022-H1", now), ("2021-H1", before)):
            if values:
                measures = ("cases", "deaths", "injuries", "damage")
                accepted_report(each, period, {TRAFFIC: dict(zip(measures, values, strict=True))})
    (traffic,) = told("traffic")
    assert traffic == (
        "Ghi nhận 06 vụ (2/2 đơn vị); trong 01 đơn vị có số liệu cả hai kỳ: 04 vụ, giảm 01 vụ (20,00%) "
        "so với cùng kỳ năm 2021; làm chết 01 người, so sánh được 0 người, giảm 02 người (100,00%); "
        "bị thương 04 người, so sánh được 03 người, tăng 02 người (200,00%)."
    )
    assert "thiệt hại về tài sản 5 đồng, so sánh được 0 đồng, giảm 7 đồng (100,00%)" in told("general")[1]
